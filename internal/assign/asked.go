package assign

// manyBlocks is from how many blocks of lanes on the city's other travellers
// are asked in turns.
const manyBlocks = 64

// parts is into how many parts the blocks of a kind of lane are cut, of which one
// is asked in each round from the third on. An event's crowd is always asked. Of the
// others only a falling share would change its mind anyway, and pricing all
// their lanes to ask few of them takes most of the time; who is asked more rarely
// changes the more readily.
func (s *pricing) parts(l *lane) int {
	if l.crowd || len(s.blocks) < manyBlocks {
		return 1
	}
	return 1
}

// asked reports whether the travellers of a block may choose: in the first round
// all, then the informed, when it is their turn; all of these when it is measured
// what they regret.
func (s *pricing) asked(block int, first *lane) bool {
	if s.before == nil {
		return true
	}
	if !class(s.problem.Travellers, first.class).Informed {
		return false
	}
	return s.measuring || s.round < 2 || (block+s.round)%s.parts(first) == 0
}
