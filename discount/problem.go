package discount

import "fmt"

// problem is what is wrong with a text: a format of package fmt and its values. Without values the format is the text.
type problem struct {
	format string
	args   []any
}

func problemf(format string, args ...any) problem { return problem{format, args} }

func (p problem) isZero() bool { return p.format == "" }

func (p problem) String() string {
	if len(p.args) == 0 {
		return p.format
	}
	return fmt.Sprintf(p.format, p.args...)
}

// The codes of warnings.
const (
	BroadRule     = "broad_rule"     // it may match more, or less, than was meant
	OddCharacters = "odd_characters" // a customer who types the pattern types another code
)

// Warning is a sentence about something that is allowed but probably not meant: a format of package fmt and its values,
// so that it can be translated. The code is BroadRule or OddCharacters.
type Warning struct {
	Code   string
	Format string
	Args   []any
}

// String returns the sentence.
func (w Warning) String() string { return fmt.Sprintf(w.Format, w.Args...) }
