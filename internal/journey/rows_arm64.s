#include "go_asm.h"
#include "textflag.h"

// What registers hold all the time:
// R0 the rows, R3 the step, R1 the event, R2 the last one,
// R4 offers, R5 endings, R7 least, R19 whether the rows are timed,
// V31 lost, V30 idling, V29 ones.
// And of one event, in two halves: V0 and V1 best, V2 and V3 choice, V4 and V5 ends.

// Instructions that the assembler does not know, on eight unsigned halves of words.
// UQADD: d is n and m, lost at most. UMIN, UMAX: the smaller or the greater of n and m.
// CMEQ: all ones where n is m.
#define UQADD(m, n, d) WORD $(0x6E600C00 | (m)<<16 | (n)<<5 | (d))
#define UMIN(m, n, d) WORD $(0x6E606C00 | (m)<<16 | (n)<<5 | (d))
#define UMAX(m, n, d) WORD $(0x6E606400 | (m)<<16 | (n)<<5 | (d))
#define CMEQ(m, n, d) WORD $(0x6E608C00 | (m)<<16 | (n)<<5 | (d))
// The greatest and the least of eight.
#define UMAXV(n, d) WORD $(0x6E70A800 | (n)<<5 | (d))
#define UMINV(n, d) WORD $(0x6E71A800 | (n)<<5 | (d))
// BIT and BIF: d takes the bits of n where m has them, or has them not.
#define BIT(m, n, d) WORD $(0x6EA01C00 | (m)<<16 | (n)<<5 | (d))
#define BIF(m, n, d) WORD $(0x6EE01C00 | (m)<<16 | (n)<<5 | (d))
// XTN: to bytes, into the lower and the upper eight.
#define XTNLOW(n, d) WORD $(0x0E212800 | (n)<<5 | (d))
#define XTNHIGH(n, d) WORD $(0x4E212800 | (n)<<5 | (d))

// The place of an event among offers.
#define OFFER(e) \
	ADD e<<1, e, e \
	LSL $5, e, e

#define WORST(out) \
	UMAX(1, 0, 6) \
	UMAXV(6, 6) \
	VMOV V6.H[0], out

// func scanNEON(l *rows, e, until Event)
TEXT ·scanNEON(SB), NOSPLIT, $0-16
	MOVD  l+0(FP), R0
	MOVW  e+8(FP), R1
	MOVW  until+12(FP), R2
	MOVD  rows_offers(R0), R4
	MOVD  rows_endings(R0), R5
	MOVD  rows_least(R0), R7
	MOVD  $step__size, R8
	MUL   R8, R1, R8
	MOVD  rows_steps(R0), R3
	ADD   R8, R3, R3
	MOVBU rows_timed(R0), R19
	MOVD  $0xFFFF, R8
	VDUP  R8, V31.H8
	MOVHU rows_idling(R0), R8
	VDUP  R8, V30.H8
	MOVD  $1, R8
	VDUP  R8, V29.H8

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
	OFFER(R8)
	ADD  R4, R8, R9
	VLD1 (R9), [V6.H8, V7.H8]
	MOVHU step_stand(R3), R10
	VDUP R10, V8.H8
	UQADD(8, 6, 0)
	UQADD(8, 7, 1)
	CBZ  R19, walking
	ADD  R5, R8, R9
	VLD1 (R9), [V6.H8, V7.H8]
	MOVHU step_onward(R3), R10
	VDUP R10, V8.H8
	UQADD(8, 6, 4)
	UQADD(8, 7, 5)

walking:
	MOVW  step_off(R3), R8
	TBNZ  $31, R8, ride
	MOVD  rows_near(R0), R9
	MOVBU (R9)(R8), R10
	CBZ   R10, changing
	LSL   $5, R8, R8
	MOVD  rows_home(R0), R9
	ADD   R9, R8, R9
	VLD1  (R9), [V6.H8, V7.H8]
	UMIN(6, 0, 0)
	UMIN(7, 1, 1)
	CMEQ(6, 0, 8) // where home is no dearer
	CMEQ(7, 1, 9)
	VAND  V29.B16, V8.B16, V2.B16
	VAND  V29.B16, V9.B16, V3.B16
	CBZ   R19, changing
	MOVD  rows_last(R0), R9
	ADD   R9, R8, R9
	VLD1  (R9), [V10.H8, V11.H8]
	MOVHU step_rode(R3), R10
	VDUP  R10, V12.H8
	UQADD(12, 10, 10)
	UQADD(12, 11, 11)
	BIT(8, 10, 4)
	BIT(9, 11, 5)

changing:
	MOVHU step_count(R3), R12
	CBZ   R12, ride
	MOVWU step_first(R3), R13
	ADD   R13<<1, R13, R13
	LSL   $2, R13, R13
	MOVD  rows_caught(R0), R9
	ADD   R9, R13, R13
	MOVD  $const_alightLink, R11
	WORST(R14)

catch:
	MOVW  catch_event(R13), R15
	LSL   $1, R15, R8
	MOVHU (R7)(R8), R8
	MOVHU catch_low(R13), R9
	ADDW  R8, R9, R9
	CMPW  R14, R9
	BGE   passed
	OFFER(R15)
	ADD   R4, R15, R8
	ADD   $offer_wait, R8, R9
	VLD1  (R9), [V6.H8, V7.H8]
	MOVHU catch_cost(R13), R9
	VDUP  R9, V8.H8
	UQADD(8, 6, 6)
	UQADD(8, 7, 7)
	ADD   $offer_idle, R8, R9
	VLD1  (R9), [V9.H8, V10.H8]
	MOVHU catch_long(R13), R9
	VDUP  R9, V8.H8
	UQADD(8, 9, 9)
	UQADD(8, 10, 10)
	UMIN(9, 6, 11)
	UMIN(10, 7, 12)
	UMIN(11, 0, 13)
	UMIN(12, 1, 14)
	CMEQ(13, 0, 15) // where it is no cheaper
	CMEQ(14, 1, 16)
	VMOV  V13.B16, V0.B16
	VMOV  V14.B16, V1.B16
	VDUP  R11, V17.H8
	BIF(15, 17, 2)
	BIF(16, 17, 3)
	CBZ   R19, worst
	CMEQ(11, 6, 18) // where the short wait is no dearer
	CMEQ(12, 7, 19)
	ADD   R5, R15, R8
	ADD   $offer_wait, R8, R9
	VLD1  (R9), [V20.H8, V21.H8]
	ADD   $offer_idle, R8, R9
	VLD1  (R9), [V22.H8, V23.H8]
	BIT(18, 20, 22)
	BIT(19, 21, 23)
	MOVHU catch_gap(R13), R9
	VDUP  R9, V24.H8
	UQADD(24, 22, 22)
	UQADD(24, 23, 23)
	BIF(15, 22, 4)
	BIF(16, 23, 5)

worst:
	WORST(R14)

passed:
	ADD  $catch__size, R13
	ADDW $1, R11
	SUBW $1, R12
	CBNZW R12, catch

ride:
	MOVHU step_hop(R3), R8
	VDUP  R8, V6.H8
	UQADD(6, 0, 0)
	UQADD(6, 1, 1)
	XTNLOW(2, 2)
	XTNHIGH(3, 2)
	MOVWU step_visit(R3), R8
	LSL   $4, R8, R8
	MOVD  rows_alight(R0), R9
	ADD   R9, R8, R9
	VST1  [V2.B16], (R9)
	ADD   R1<<1, R1, R16
	LSL   $5, R16, R16
	ADD   R4, R16, R8
	VST1  [V0.H8, V1.H8], (R8)
	CBZ   R19, weigh
	ADD   R5, R16, R8
	VST1  [V4.H8, V5.H8], (R8)

weigh:
	MOVBU step_kind(R3), R17
	CBZ   R17, next // nobody gets on
	VMOV  V31.B16, V6.B16 // wait
	VMOV  V31.B16, V7.B16
	VMOV  V31.B16, V8.B16 // idle
	VMOV  V31.B16, V9.B16
	VEOR  V10.B16, V10.B16, V10.B16 // what ends then
	VEOR  V11.B16, V11.B16, V11.B16
	VEOR  V12.B16, V12.B16, V12.B16
	VEOR  V13.B16, V13.B16, V13.B16
	CMPW  $const_leaves, R17
	BGT   queue

	MOVW  step_next(R3), R8
	TBNZ  $31, R8, board
	OFFER(R8)
	ADD   R4, R8, R9
	ADD   $offer_wait, R9, R10
	VLD1  (R10), [V6.H8, V7.H8]
	MOVHU step_little(R3), R10
	VDUP  R10, V14.H8
	UQADD(14, 6, 6)
	UQADD(14, 7, 7)
	ADD   $offer_idle, R9, R10
	VLD1  (R10), [V8.H8, V9.H8]
	MOVHU step_gap(R3), R10
	VDUP  R10, V14.H8
	UQADD(14, 8, 8)
	UQADD(14, 9, 9)
	CBZ   R19, board
	ADD   R5, R8, R9
	ADD   $offer_wait, R9, R10
	VLD1  (R10), [V10.H8, V11.H8]
	UQADD(14, 10, 10)
	UQADD(14, 11, 11)
	ADD   $offer_idle, R9, R10
	VLD1  (R10), [V12.H8, V13.H8]
	UQADD(14, 12, 12)
	UQADD(14, 13, 13)
	B     board

queue:
	MOVBU step_turns(R3), R12
	CBZ   R12, queued
	MOVWU step_turn(R3), R13
	LSL   $3, R13, R13
	MOVD  rows_queued(R0), R9
	ADD   R9, R13, R13

turn:
	MOVW  queued_event(R13), R15
	OFFER(R15)
	ADD   R4, R15, R9
	VLD1  (R9), [V14.H8, V15.H8]
	MOVHU queued_steep(R13), R10
	VDUP  R10, V16.H8
	MOVHU queued_wait(R13), R10
	VDUP  R10, V17.H8
	UQADD(16, 14, 18)
	UQADD(16, 15, 19)
	UQADD(17, 14, 14)
	UQADD(17, 15, 15)
	UMIN(6, 18, 20)
	UMIN(7, 19, 21)
	UMIN(8, 14, 22)
	UMIN(9, 15, 23)
	CBZ   R19, turned
	ADD   R5, R15, R9
	VLD1  (R9), [V24.H8, V25.H8]
	UQADD(17, 24, 24)
	UQADD(17, 25, 25)
	CMEQ(20, 6, 26) // where it is no cheaper
	BIF(26, 24, 10)
	CMEQ(21, 7, 26)
	BIF(26, 25, 11)
	CMEQ(22, 8, 26)
	BIF(26, 24, 12)
	CMEQ(23, 9, 26)
	BIF(26, 25, 13)

turned:
	VMOV  V20.B16, V6.B16
	VMOV  V21.B16, V7.B16
	VMOV  V22.B16, V8.B16
	VMOV  V23.B16, V9.B16
	ADD   $queued__size, R13
	SUBW  $1, R12
	CBNZW R12, turn

queued:
	CMPW  $const_asks, R17
	BEQ   stand

board:
	UMIN(0, 6, 6)
	UMIN(1, 7, 7)
	UMIN(0, 8, 8)
	UMIN(1, 9, 9)
	CBZ   R19, stand
	CMEQ(6, 0, 14) // where waiting is no cheaper
	BIT(14, 4, 10)
	CMEQ(7, 1, 14)
	BIT(14, 5, 11)
	CMEQ(8, 0, 14)
	BIT(14, 4, 12)
	CMEQ(9, 1, 14)
	BIT(14, 5, 13)

stand:
	ADD   R4, R16, R9
	ADD   $offer_wait, R9, R10
	VST1  [V6.H8, V7.H8], (R10)
	ADD   $offer_idle, R9, R10
	VST1  [V8.H8, V9.H8], (R10)
	UQADD(30, 8, 8)
	UQADD(30, 9, 9)
	UMIN(8, 6, 6)
	UMIN(9, 7, 7)
	UMIN(7, 6, 6)
	UMINV(6, 6)
	VMOV  V6.H[0], R8
	LSL   $1, R1, R9
	MOVH  R8, (R7)(R9)
	CBZ   R19, next
	ADD   R5, R16, R9
	ADD   $offer_wait, R9, R10
	VST1  [V10.H8, V11.H8], (R10)
	ADD   $offer_idle, R9, R10
	VST1  [V12.H8, V13.H8], (R10)

next:
	SUB  $step__size, R3
	SUB  $1, R1
	CMP  R2, R1
	BGE  event
	RET
