#include "go_asm.h"
#include "textflag.h"

// What registers hold all the time:
// R0 the rows, R3 the step, R1 the event, R2 the last one,
// R4 board, R5 wait, R6 idle, R7 least, R19 whether the rows are timed,
// V31 Never, V30 idling, V29 ones.
// And of one event, in two halves: V0 and V1 best, V2 and V3 choice, V4 and V5 ends.

// Instructions that the assembler does not know, on four signed words.
// SMIN and CMGT: d is the smaller of n and m; all ones where n is above m.
#define SMIN(m, n, d) WORD $(0x4EA06C00 | (m)<<16 | (n)<<5 | (d))
#define SMAX(m, n, d) WORD $(0x4EA06400 | (m)<<16 | (n)<<5 | (d))
#define CMGT(m, n, d) WORD $(0x4EA03400 | (m)<<16 | (n)<<5 | (d))
// The least and the greatest of four words; UMAXV of unsigned ones.
#define SMINV(n, d) WORD $(0x4EB1A800 | (n)<<5 | (d))
#define SMAXV(n, d) WORD $(0x4EB0A800 | (n)<<5 | (d))
#define UMAXV(n, d) WORD $(0x6EB0A800 | (n)<<5 | (d))
// BIC: the bits of n that m has not. BIT and BIF: d takes the bits of n where
// m has them, or has them not.
#define BIC(m, n, d) WORD $(0x4E601C00 | (m)<<16 | (n)<<5 | (d))
#define BIT(m, n, d) WORD $(0x6EA01C00 | (m)<<16 | (n)<<5 | (d))
#define BIF(m, n, d) WORD $(0x6EE01C00 | (m)<<16 | (n)<<5 | (d))
// XTN: words to halves, into the lower and the upper four; then halves to bytes.
#define XTNLOW(n, d) WORD $(0x0E612800 | (n)<<5 | (d))
#define XTNHIGH(n, d) WORD $(0x4E612800 | (n)<<5 | (d))
#define XTNBYTES(n, d) WORD $(0x0E212800 | (n)<<5 | (d))

#define WORST(out) \
	SMAX(1, 0, 6) \
	SMAXV(6, 6) \
	VMOV V6.S[0], out

// func scanNEON(l *rows, e, until Event) Event
TEXT ·scanNEON(SB), NOSPLIT, $0-20
	MOVD  l+0(FP), R0
	MOVW  e+8(FP), R1
	MOVW  until+12(FP), R2
	MOVD  rows_board(R0), R4
	MOVD  rows_wait(R0), R5
	MOVD  rows_idle(R0), R6
	MOVD  rows_least(R0), R7
	MOVD  $step__size, R8
	MUL   R8, R1, R8
	MOVD  rows_steps(R0), R3
	ADD   R8, R3, R3
	MOVBU rows_timed(R0), R19
	MOVD  $const_Never, R8
	VDUP  R8, V31.S4
	MOVW  rows_idling(R0), R8
	VDUP  R8, V30.S4
	MOVD  $1, R8
	VDUP  R8, V29.S4

event:
	VMOV V31.B16, V0.B16
	VMOV V31.B16, V1.B16
	VEOR V2.B16, V2.B16, V2.B16
	VEOR V3.B16, V3.B16, V3.B16
	VEOR V4.B16, V4.B16, V4.B16
	VEOR V5.B16, V5.B16, V5.B16

	// staying
	MOVW step_on(R3), R8
	TBNZ $31, R8, walking
	LSL  $5, R8, R8
	ADD  R4, R8, R9
	VLD1 (R9), [V6.S4, V7.S4]
	MOVW step_stand(R3), R10
	VDUP R10, V8.S4
	VADD V8.S4, V6.S4, V6.S4
	VADD V8.S4, V7.S4, V7.S4
	SMIN(31, 6, 0)
	SMIN(31, 7, 1)
	CBZ  R19, walking
	MOVD rows_ends(R0), R9
	ADD  R9, R8, R9
	VLD1 (R9), [V4.S4, V5.S4]

walking:
	MOVW  step_off(R3), R8
	TBNZ  $31, R8, ride
	MOVD  rows_near(R0), R9
	MOVBU (R9)(R8), R10
	CBZ   R10, changing
	LSL   $5, R8, R8
	MOVD  rows_home(R0), R9
	ADD   R9, R8, R9
	VLD1  (R9), [V6.S4, V7.S4]
	CMGT(0, 6, 8)  // where home is dearer
	CMGT(1, 7, 9)
	SMIN(6, 0, 0)
	SMIN(7, 1, 1)
	BIC(8, 29, 2)
	BIC(9, 29, 3)
	CBZ   R19, changing
	MOVD  rows_last(R0), R9
	ADD   R9, R8, R9
	VLD1  (R9), [V10.S4, V11.S4]
	MOVW  step_arrive(R3), R10
	VDUP  R10, V12.S4
	VADD  V12.S4, V10.S4, V10.S4
	VADD  V12.S4, V11.S4, V11.S4
	BIF(8, 10, 4)
	BIF(9, 11, 5)

changing:
	MOVWU step_count(R3), R12
	CBZ   R12, ride
	MOVWU step_first(R3), R13
	LSL   $4, R13, R13
	MOVD  rows_caught(R0), R9
	ADD   R9, R13, R13
	WORST(R14)

catch:
	MOVW catch_event(R13), R15
	LSL  $2, R15, R8
	MOVW (R7)(R8), R8
	MOVW catch_low(R13), R9
	ADDW R8, R9, R9
	CMPW R14, R9
	BGE  passed
	LSL  $5, R15, R15
	ADD  R5, R15, R8
	VLD1 (R8), [V6.S4, V7.S4]
	MOVW catch_cost(R13), R9
	VDUP R9, V8.S4
	VADD V8.S4, V6.S4, V6.S4
	VADD V8.S4, V7.S4, V7.S4
	ADD  R6, R15, R8
	VLD1 (R8), [V9.S4, V10.S4]
	MOVW catch_long(R13), R9
	VDUP R9, V8.S4
	VADD V8.S4, V9.S4, V9.S4
	VADD V8.S4, V10.S4, V10.S4
	SMIN(9, 6, 11)
	SMIN(10, 7, 12)
	CMGT(11, 0, 13) // where it is cheaper
	CMGT(12, 1, 14)
	VORR V13.B16, V14.B16, V15.B16
	UMAXV(15, 15)
	VMOV V15.S[0], R8
	CBZW R8, passed
	SMIN(11, 0, 0)
	SMIN(12, 1, 1)
	MOVWU step_count(R3), R8
	SUBW R12, R8, R8
	ADDW $const_alightLink, R8, R8
	VDUP R8, V16.S4
	BIT(13, 16, 2)
	BIT(14, 16, 3)
	CBZ  R19, worst
	CMGT(9, 6, 17)  // where the long wait is cheaper
	CMGT(10, 7, 18)
	MOVD rows_reach(R0), R8
	ADD  R8, R15, R8
	VLD1 (R8), [V20.S4, V21.S4]
	MOVD rows_after(R0), R8
	ADD  R8, R15, R8
	VLD1 (R8), [V22.S4, V23.S4]
	BIT(17, 22, 20)
	BIT(18, 23, 21)
	BIT(13, 20, 4)
	BIT(14, 21, 5)

worst:
	WORST(R14)

passed:
	ADD  $catch__size, R13, R13
	SUBW $1, R12, R12
	CBNZW R12, catch

ride:
	MOVW step_hop(R3), R8
	VDUP R8, V6.S4
	VADD V6.S4, V0.S4, V0.S4
	VADD V6.S4, V1.S4, V1.S4
	SMIN(31, 0, 0)
	SMIN(31, 1, 1)
	XTNLOW(2, 6)
	XTNHIGH(3, 6)
	XTNBYTES(6, 6)
	MOVD rows_alight(R0), R9
	MOVWU step_visit(R3), R8
	LSL  $3, R8, R8
	ADD  R9, R8, R9
	FMOVD F6, (R9)
	LSL  $5, R1, R8 // of the event's row, from here on
	ADD  R4, R8, R9
	VST1 [V0.S4, V1.S4], (R9)
	CBZ  R19, weigh
	MOVD rows_ends(R0), R9
	ADD  R9, R8, R9
	VST1 [V4.S4, V5.S4], (R9)

weigh:
	MOVWU step_kind(R3), R9
	CMPW  $const_leaves, R9
	BLT   next // nobody gets on
	BGT   done // a queue

	VMOV V31.B16, V6.B16
	VMOV V31.B16, V7.B16
	VMOV V31.B16, V9.B16
	VMOV V31.B16, V10.B16
	VEOR V12.B16, V12.B16, V12.B16
	VEOR V13.B16, V13.B16, V13.B16
	VEOR V14.B16, V14.B16, V14.B16
	VEOR V15.B16, V15.B16, V15.B16
	MOVW step_next(R3), R9
	TBNZ $31, R9, board
	LSL  $5, R9, R9
	ADD  R5, R9, R10
	VLD1 (R10), [V6.S4, V7.S4]
	MOVW step_little(R3), R10
	VDUP R10, V8.S4
	VADD V8.S4, V6.S4, V6.S4
	VADD V8.S4, V7.S4, V7.S4
	SMIN(31, 6, 6)
	SMIN(31, 7, 7)
	ADD  R6, R9, R10
	VLD1 (R10), [V9.S4, V10.S4]
	MOVW step_long(R3), R10
	VDUP R10, V8.S4
	VADD V8.S4, V9.S4, V9.S4
	VADD V8.S4, V10.S4, V10.S4
	SMIN(31, 9, 9)
	SMIN(31, 10, 10)
	CBZ  R19, board
	MOVD rows_reach(R0), R10
	ADD  R10, R9, R10
	VLD1 (R10), [V12.S4, V13.S4]
	MOVD rows_after(R0), R10
	ADD  R10, R9, R10
	VLD1 (R10), [V14.S4, V15.S4]

board:
	CBZ  R19, stand
	CMGT(6, 0, 16) // where waiting is cheaper
	CMGT(7, 1, 17)
	BIF(16, 4, 12)
	BIF(17, 5, 13)
	CMGT(9, 0, 16)
	CMGT(10, 1, 17)
	BIF(16, 4, 14)
	BIF(17, 5, 15)
	MOVD rows_reach(R0), R10
	ADD  R10, R8, R10
	VST1 [V12.S4, V13.S4], (R10)
	MOVD rows_after(R0), R10
	ADD  R10, R8, R10
	VST1 [V14.S4, V15.S4], (R10)

stand:
	SMIN(0, 6, 6)
	SMIN(1, 7, 7)
	SMIN(0, 9, 9)
	SMIN(1, 10, 10)
	ADD  R5, R8, R10
	VST1 [V6.S4, V7.S4], (R10)
	ADD  R6, R8, R10
	VST1 [V9.S4, V10.S4], (R10)
	VADD V30.S4, V9.S4, V9.S4
	VADD V30.S4, V10.S4, V10.S4
	SMIN(9, 6, 6)
	SMIN(10, 7, 7)
	SMIN(7, 6, 6)
	SMIN(31, 6, 6)
	SMINV(6, 6)
	VMOV V6.S[0], R10
	LSL  $2, R1, R9
	ADD  R7, R9, R9
	MOVW R10, (R9)

next:
	SUB $step__size, R3, R3
	SUB $1, R1, R1
	CMP R2, R1
	BGE event

done:
	MOVW R1, ret+16(FP)
	RET
