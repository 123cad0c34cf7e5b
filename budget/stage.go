package budget

import (
	"strings"
)

// Stage says how certain a cooperation is. A cancellation is not a stage: see
// Cancellation.
type Stage string

// The stages, as stored and as written in JSON.
const (
	Draft       Stage = "draft"
	Negotiating Stage = "negotiating"
	Signed      Stage = "signed"
)

// Stages returns the stages in the order of a planning report: the most certain first.
func Stages() []Stage { return []Stage{Signed, Negotiating, Draft} }

// ParseStage reads the name of a stage in any case, with spaces around it. Other
// words are ErrStage.
func ParseStage(s string) (Stage, error) {
	if stage := Stage(strings.ToLower(strings.TrimSpace(s))); stage.Validate() == nil {
		return stage, nil
	}
	return "", Stage(s).Validate()
}

// Validate returns ErrStage unless s is one of the three stages.
func (s Stage) Validate() error {
	if s.index() < 0 {
		return wrong(ErrStage, "%q, want %s, %s or %s", short(string(s)), Draft, Negotiating, Signed)
	}
	return nil
}

// index returns the position of s in Stages, -1 when s is none of them.
func (s Stage) index() int {
	switch s {
	case Signed:
		return 0
	case Negotiating:
		return 1
	case Draft:
		return 2
	}
	return -1
}
