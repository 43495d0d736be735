#include "go_asm.h"
#include "textflag.h"

// What registers hold all the time:
// DI the rows, SI the step, R8 the event, R9 the last one,
// R10 board, R11 wait, R12 idle, R13 least,
// Y15 Never, Y14 idling, Y13 ones.
// And of one event: Y0 best, Y1 choice, Y2 ends.

#define WORST(out) \
	VEXTRACTI128 $1, Y0, X3 \
	VPMAXSD X3, X0, X3 \
	VPSHUFD $0x4E, X3, X4 \
	VPMAXSD X4, X3, X3 \
	VPSHUFD $0xB1, X3, X4 \
	VPMAXSD X4, X3, X3 \
	VMOVD X3, out

// func scanAVX2(l *rows, e, until Event) Event
TEXT ·scanAVX2(SB), NOSPLIT, $0-20
	MOVQ    l+0(FP), DI
	MOVLQSX e+8(FP), R8
	MOVLQSX until+12(FP), R9
	MOVQ    rows_board(DI), R10
	MOVQ    rows_wait(DI), R11
	MOVQ    rows_idle(DI), R12
	MOVQ    rows_least(DI), R13
	IMUL3Q  $step__size, R8, SI
	ADDQ    rows_steps(DI), SI
	MOVL    $const_Never, AX
	VMOVD   AX, X15
	VPBROADCASTD X15, Y15
	VPBROADCASTD rows_idling(DI), Y14
	VPCMPEQD Y13, Y13, Y13
	VPSRLD  $31, Y13, Y13

event:
	VMOVDQA Y15, Y0
	VPXOR   Y1, Y1, Y1
	VPXOR   Y2, Y2, Y2

	// staying
	MOVLQSX step_on(SI), AX
	TESTQ   AX, AX
	JLT     walking
	SHLQ    $5, AX
	VPBROADCASTD step_stand(SI), Y3
	VPADDD  (R10)(AX*1), Y3, Y3
	VPMINSD Y15, Y3, Y0
	CMPB    rows_timed(DI), $0
	JEQ     walking
	MOVQ    rows_ends(DI), DX
	VMOVDQU (DX)(AX*1), Y2

walking:
	MOVLQSX step_off(SI), AX
	TESTQ   AX, AX
	JLT     ride
	MOVQ    rows_near(DI), DX
	CMPB    (DX)(AX*1), $0
	JEQ     changing
	SHLQ    $5, AX
	MOVQ    rows_home(DI), DX
	VMOVDQU (DX)(AX*1), Y3
	VPCMPGTD Y0, Y3, Y4 // where home is dearer
	VPMINSD Y3, Y0, Y0
	VPANDN  Y13, Y4, Y1
	CMPB    rows_timed(DI), $0
	JEQ     changing
	MOVQ    rows_last(DI), DX
	VPBROADCASTD step_arrive(SI), Y5
	VPADDD  (DX)(AX*1), Y5, Y5
	VPBLENDVB Y4, Y2, Y5, Y2

changing:
	MOVL    step_count(SI), CX
	TESTL   CX, CX
	JEQ     ride
	MOVL    step_first(SI), BX
	SHLQ    $4, BX
	ADDQ    rows_caught(DI), BX
	WORST(AX)

catch:
	MOVLQSX catch_event(BX), R15
	MOVL    (R13)(R15*4), DX
	ADDL    catch_low(BX), DX
	CMPL    DX, AX
	JGE     passed
	SHLQ    $5, R15
	VPBROADCASTD catch_cost(BX), Y3
	VPADDD  (R11)(R15*1), Y3, Y3
	VPBROADCASTD catch_long(BX), Y4
	VPADDD  (R12)(R15*1), Y4, Y4
	VPMINSD Y4, Y3, Y5
	VPCMPGTD Y5, Y0, Y6 // where it is cheaper
	VPTEST  Y6, Y6
	JEQ     passed
	VPMINSD Y5, Y0, Y0
	MOVL    step_count(SI), DX
	SUBL    CX, DX
	ADDL    $const_alightLink, DX
	VMOVD   DX, X7
	VPBROADCASTD X7, Y7
	VPBLENDVB Y6, Y7, Y1, Y1
	CMPB    rows_timed(DI), $0
	JEQ     worst
	VPCMPGTD Y4, Y3, Y8 // where the long wait is cheaper
	MOVQ    rows_reach(DI), DX
	VMOVDQU (DX)(R15*1), Y9
	MOVQ    rows_after(DI), DX
	VPBLENDVB Y8, (DX)(R15*1), Y9, Y9
	VPBLENDVB Y6, Y9, Y2, Y2

worst:
	WORST(AX)

passed:
	ADDQ    $catch__size, BX
	DECL    CX
	JNE     catch

ride:
	VPBROADCASTD step_hop(SI), Y3
	VPADDD  Y3, Y0, Y0
	VPMINSD Y15, Y0, Y0
	VEXTRACTI128 $1, Y1, X3
	VPACKUSDW X3, X1, X1
	VPACKUSWB X1, X1, X1
	MOVQ    rows_alight(DI), DX
	MOVL    step_visit(SI), AX
	VMOVQ   X1, (DX)(AX*8)
	MOVQ    R8, BX
	SHLQ    $5, BX
	VMOVDQU Y0, (R10)(BX*1)
	CMPB    rows_timed(DI), $0
	JEQ     weigh
	MOVQ    rows_ends(DI), DX
	VMOVDQU Y2, (DX)(BX*1)

weigh:
	MOVL    step_kind(SI), AX
	CMPL    AX, $const_leaves
	JLT     next // nobody gets on
	JGT     done // a queue

	VMOVDQA Y15, Y3
	VMOVDQA Y15, Y4
	VPXOR   Y5, Y5, Y5
	VPXOR   Y6, Y6, Y6
	MOVLQSX step_next(SI), AX
	TESTQ   AX, AX
	JLT     board
	SHLQ    $5, AX
	VPBROADCASTD step_little(SI), Y3
	VPADDD  (R11)(AX*1), Y3, Y3
	VPMINSD Y15, Y3, Y3
	VPBROADCASTD step_long(SI), Y4
	VPADDD  (R12)(AX*1), Y4, Y4
	VPMINSD Y15, Y4, Y4
	CMPB    rows_timed(DI), $0
	JEQ     board
	MOVQ    rows_reach(DI), DX
	VMOVDQU (DX)(AX*1), Y5
	MOVQ    rows_after(DI), DX
	VMOVDQU (DX)(AX*1), Y6

board:
	CMPB    rows_timed(DI), $0
	JEQ     stand
	VPCMPGTD Y3, Y0, Y7 // where waiting is cheaper
	VPBLENDVB Y7, Y5, Y2, Y5
	VPCMPGTD Y4, Y0, Y7
	VPBLENDVB Y7, Y6, Y2, Y6
	MOVQ    rows_reach(DI), DX
	VMOVDQU Y5, (DX)(BX*1)
	MOVQ    rows_after(DI), DX
	VMOVDQU Y6, (DX)(BX*1)

stand:
	VPMINSD Y0, Y3, Y3
	VPMINSD Y0, Y4, Y4
	VMOVDQU Y3, (R11)(BX*1)
	VMOVDQU Y4, (R12)(BX*1)
	VPADDD  Y14, Y4, Y4
	VPMINSD Y4, Y3, Y3
	VEXTRACTI128 $1, Y3, X4
	VPMINSD X4, X3, X3
	VPMINSD X15, X3, X3
	VPSHUFD $0x4E, X3, X4
	VPMINSD X4, X3, X3
	VPSHUFD $0xB1, X3, X4
	VPMINSD X4, X3, X3
	VMOVD   X3, (R13)(R8*4)

next:
	SUBQ    $step__size, SI
	DECQ    R8
	CMPQ    R8, R9
	JGE     event

done:
	MOVL    R8, ret+16(FP)
	VZEROUPPER
	RET
