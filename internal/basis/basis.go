// Package basis says where a number comes from: a fact, a formula, a standard or an assumption.
package basis

// Kind tells how far a number can be trusted.
type Kind string

// The kinds, from the firmest to the softest.
const (
	Fact       Kind = "fact"       // a published source was read
	Computed   Kind = "computed"   // follows from other numbers by a formula
	Standard   Kind = "standard"   // the named standard reference, not read again
	Assumption Kind = "assumption" // a working value, to be calibrated
)

// Known reports whether k is one of the kinds.
func (k Kind) Known() bool {
	switch k {
	case Fact, Computed, Standard, Assumption:
		return true
	}
	return false
}

// Number is one input of a result with its origin. ID names it in the message
// catalogue ("assumption." + ID); Subject is what it is about where one ID
// stands for many (a route, a vehicle), else "".
type Number struct {
	ID      string `json:"id"`
	Subject string `json:"subject,omitempty"`
	Value   string `json:"value"`
	Unit    string `json:"unit,omitempty"`
	Kind    Kind   `json:"kind"`
	Source  string `json:"source,omitempty"`
}

// Credit names whose data is shown and under which licence.
type Credit struct {
	Holder  string `json:"holder"`
	Licence string `json:"licence"`
	For     string `json:"for"`
}
