#include "go_asm.h"
#include "textflag.h"

// What registers hold all the time:
// DI the rows, SI the step, R8 the event, R9 the last one,
// R10 offers, R11 least, R12 endings,
// Y15 lost, Y14 idling, Y13 ones.
// And of one event: Y0 best, Y1 choice, Y2 ends, all in words.

// The dearest of Y0: the cheapest of what it lacks to lost.
#define WORST(out) \
	VPXOR Y15, Y0, Y3 \
	VEXTRACTI128 $1, Y3, X4 \
	VPMINUW X4, X3, X3 \
	VPHMINPOSUW X3, X3 \
	VMOVD X3, out \
	MOVWLZX out, out \
	XORL $0xFFFF, out

// What the departure at R15 costs that can be caught: Y3 after a short wait, Y5 at best;
// Y6 the best of all then, Y7 where that is what it was.
#define COST \
	IMUL3Q  $offer__size, R15, R15 \
	VPBROADCASTW catch_cost(BX), Y3 \
	VPADDUSW offer_wait(R10)(R15*1), Y3, Y3 \
	VPBROADCASTW catch_long(BX), Y4 \
	VPADDUSW offer_idle(R10)(R15*1), Y4, Y4 \
	VPMINUW Y4, Y3, Y5 \
	VPMINUW Y5, Y0, Y6 \
	VPCMPEQW Y6, Y0, Y7

// It is the choice now where it is cheaper.
#define CHOOSE \
	VMOVDQA Y6, Y0 \
	VMOVD   R13, X8 \
	VPBROADCASTW X8, Y8 \
	VPBLENDVB Y7, Y1, Y8, Y1

// And what ends then.
#define CHOOSEEND \
	VPCMPEQW Y5, Y3, Y9 \
	VMOVDQU offer_idle(R12)(R15*1), Y10 \
	VPBLENDVB Y9, offer_wait(R12)(R15*1), Y10, Y10 \
	VPBROADCASTW catch_gap(BX), Y11 \
	VPADDUSW Y11, Y10, Y10 \
	VPBLENDVB Y7, Y2, Y10, Y2

// Up to so many links are all followed: which are worth it is a coin's toss for a
// processor that guesses, and a wrong guess costs more than they do.
#define FEW 3

// func scanAVX2(l *rows, e, until Event)
TEXT ·scanAVX2(SB), NOSPLIT, $0-16
	MOVQ    l+0(FP), DI
	MOVLQSX e+8(FP), R8
	MOVLQSX until+12(FP), R9
	MOVQ    rows_offers(DI), R10
	MOVQ    rows_least(DI), R11
	MOVQ    rows_endings(DI), R12
	IMUL3Q  $step__size, R8, SI
	ADDQ    rows_steps(DI), SI
	VPCMPEQW Y15, Y15, Y15
	VPBROADCASTW rows_idling(DI), Y14
	VPSRLW  $15, Y15, Y13

event:
	VMOVDQA Y15, Y0
	VPXOR   Y1, Y1, Y1
	VPXOR   Y2, Y2, Y2

	// staying
	MOVLQSX step_on(SI), AX
	TESTQ   AX, AX
	JLT     walking
	IMUL3Q  $offer__size, AX, AX
	VPBROADCASTW step_stand(SI), Y3
	VPADDUSW offer_board(R10)(AX*1), Y3, Y0
	CMPB    rows_timed(DI), $0
	JEQ     walking
	VPBROADCASTW step_onward(SI), Y4
	VPADDUSW offer_board(R12)(AX*1), Y4, Y2

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
	VPMINUW Y3, Y0, Y0
	VPCMPEQW Y3, Y0, Y5 // where home is no dearer
	VPAND   Y13, Y5, Y1
	CMPB    rows_timed(DI), $0
	JEQ     changing
	MOVQ    rows_last(DI), DX
	VPBROADCASTW step_rode(SI), Y6
	VPADDUSW (DX)(AX*1), Y6, Y6
	VPBLENDVB Y5, Y6, Y2, Y2

changing:
	MOVWLZX step_count(SI), CX
	TESTL   CX, CX
	JEQ     ride
	MOVL    step_first(SI), BX
	IMUL3Q  $catch__size, BX, BX
	ADDQ    rows_caught(DI), BX
	MOVL    $const_alightLink, R13

	CMPL    CX, $FEW
	JGT     many

few:
	MOVLQSX catch_event(BX), R15
	COST
	CHOOSE
	CMPB    rows_timed(DI), $0
	JEQ     followed
	CHOOSEEND

followed:
	ADDQ    $catch__size, BX
	INCL    R13
	DECL    CX
	JNE     few
	JMP     ride

many:
	WORST(AX)

catch:
	MOVLQSX catch_event(BX), R15
	MOVWLZX (R11)(R15*2), DX
	MOVWLZX catch_low(BX), R14
	ADDL    R14, DX
	CMPL    DX, AX
	JGE     passed
	COST
	VPMOVMSKB Y7, DX
	CMPL    DX, $-1
	JEQ     passed
	CHOOSE
	CMPB    rows_timed(DI), $0
	JEQ     worst
	CHOOSEEND

worst:
	WORST(AX)

passed:
	ADDQ    $catch__size, BX
	INCL    R13
	DECL    CX
	JNE     catch

ride:
	VPBROADCASTW step_hop(SI), Y3
	VPADDUSW Y3, Y0, Y0
	VEXTRACTI128 $1, Y1, X3
	VPACKUSWB X3, X1, X1
	MOVQ    rows_alight(DI), DX
	MOVL    step_visit(SI), AX
	SHLQ    $4, AX
	VMOVDQU X1, (DX)(AX*1)
	IMUL3Q  $offer__size, R8, BX
	VMOVDQU Y0, offer_board(R10)(BX*1)
	CMPB    rows_timed(DI), $0
	JEQ     weigh
	VMOVDQU Y2, offer_board(R12)(BX*1)

weigh:
	MOVBLZX step_kind(SI), AX
	TESTL   AX, AX
	JEQ     next // nobody gets on
	VMOVDQA Y15, Y3
	VMOVDQA Y15, Y4
	VPXOR   Y5, Y5, Y5
	VPXOR   Y6, Y6, Y6
	CMPL    AX, $const_leaves
	JGT     queue

	MOVLQSX step_next(SI), DX
	TESTQ   DX, DX
	JLT     board
	IMUL3Q  $offer__size, DX, DX
	VPBROADCASTW step_little(SI), Y3
	VPADDUSW offer_wait(R10)(DX*1), Y3, Y3
	VPBROADCASTW step_gap(SI), Y7
	VPADDUSW offer_idle(R10)(DX*1), Y7, Y4
	CMPB    rows_timed(DI), $0
	JEQ     board
	VPADDUSW offer_wait(R12)(DX*1), Y7, Y5
	VPADDUSW offer_idle(R12)(DX*1), Y7, Y6
	JMP     board

queue:
	MOVBLZX step_turns(SI), CX
	TESTL   CX, CX
	JEQ     queued
	MOVL    step_turn(SI), R13
	MOVQ    rows_queued(DI), DX
	LEAQ    (DX)(R13*queued__size), R13

turn:
	MOVLQSX queued_event(R13), R15
	IMUL3Q  $offer__size, R15, R15
	VMOVDQU offer_board(R10)(R15*1), Y9
	VPBROADCASTW queued_steep(R13), Y7
	VPADDUSW Y9, Y7, Y7
	VPBROADCASTW queued_wait(R13), Y8
	VPADDUSW Y9, Y8, Y9
	VPMINUW Y7, Y3, Y10
	VPMINUW Y9, Y4, Y11
	CMPB    rows_timed(DI), $0
	JEQ     turned
	VPADDUSW offer_board(R12)(R15*1), Y8, Y8
	VPCMPEQW Y10, Y3, Y7 // where it is no cheaper
	VPBLENDVB Y7, Y5, Y8, Y5
	VPCMPEQW Y11, Y4, Y7
	VPBLENDVB Y7, Y6, Y8, Y6

turned:
	VMOVDQA Y10, Y3
	VMOVDQA Y11, Y4
	ADDQ    $queued__size, R13
	DECL    CX
	JNE     turn

queued:
	CMPL    AX, $const_asks
	JEQ     stand

board:
	VPMINUW Y0, Y3, Y3
	VPMINUW Y0, Y4, Y4
	CMPB    rows_timed(DI), $0
	JEQ     stand
	VPCMPEQW Y3, Y0, Y7 // where waiting is no cheaper
	VPBLENDVB Y7, Y2, Y5, Y5
	VPCMPEQW Y4, Y0, Y7
	VPBLENDVB Y7, Y2, Y6, Y6

stand:
	VMOVDQU Y3, offer_wait(R10)(BX*1)
	VMOVDQU Y4, offer_idle(R10)(BX*1)
	VPADDUSW Y14, Y4, Y4
	VPMINUW Y4, Y3, Y3
	VEXTRACTI128 $1, Y3, X4
	VPMINUW X4, X3, X3
	VPHMINPOSUW X3, X3
	VMOVD   X3, DX
	MOVW    DX, (R11)(R8*2)
	CMPB    rows_timed(DI), $0
	JEQ     next
	VMOVDQU Y5, offer_wait(R12)(BX*1)
	VMOVDQU Y6, offer_idle(R12)(BX*1)

next:
	SUBQ    $step__size, SI
	DECQ    R8
	CMPQ    R8, R9
	JGE     event

	VZEROUPPER
	RET
