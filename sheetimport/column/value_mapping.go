package column

import (
	"fmt"
	"slices"
	"strings"
	"unicode"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/sentence"
	"github.com/getklar/influencercrm/sheetimport/internal/texts"
)

// ValueMapping says what words of a team's own mean in their columns: that "Stage B" is signed, "Main" is Instagram, "Mi" is
// Mira Schulz. As JSON it can be kept beside the [Mapping] of the columns, under sheetimport.Plan.HeaderKey.
type ValueMapping []MappedValue

// MappedValue is the meaning of what a cell says. Values are compared without regard to case, dashes, and signs such as emoji
// around them.
type MappedValue struct {
	Field Field  `json:"field"` // one of ValueFields
	Value string `json:"value"` // as in the sheet
	// Meaning is what the cell is read as: a status (draft, negotiating, signed, cancelled), a platform, yes or no, a name. Empty
	// means that the cell is blank.
	Meaning string `json:"meaning"`
}

// ValueFields lists the fields whose values can be mapped.
func ValueFields() []Field {
	return []Field{Status, Platform, LastTouch, Influencer, Responsible, Campaign}
}

// statusMeanings and answers are the meanings of a status and of a yes/no cell.
var (
	statusMeanings = []string{"draft", "negotiating", "signed", "cancelled"}
	answers        = []string{"yes", "no"}
)

// Check returns what is wrong with a mapping, as [Mapping.Check] does.
func (m ValueMapping) Check() error {
	bad := func(n int, field, value, problem string, args ...any) error {
		return &crm.Error{Family: crm.ErrInvalid, Field: fmt.Sprintf("values[%d].%s", n, field),
			Value: crm.Shorten(value), Problem: sentence.Of(problem, args...)}
	}
	seen := map[[2]string]bool{}
	for n, v := range m {
		at := [2]string{string(v.Field), valueKey(v.Value)}
		switch {
		case n == maxMapped:
			return bad(n, "value", v.Value, "a mapping has at most %d values", maxMapped)
		case !slices.Contains(ValueFields(), v.Field):
			return bad(n, "field", string(v.Field), "is not a field whose values can be mapped; it is one of %s", joined(ValueFields()))
		case at[1] == "":
			return bad(n, "value", v.Value, "a value that is mapped must not be blank")
		case seen[at]:
			return bad(n, "value", v.Value, "is mapped twice; name each value once")
		case v.Field == Status && v.Meaning != "" && !slices.Contains(statusMeanings, v.Meaning):
			return bad(n, "meaning", v.Meaning, "is not a status; it is one of %s", strings.Join(statusMeanings, ", "))
		case v.Field == LastTouch && v.Meaning != "" && !slices.Contains(answers, v.Meaning):
			return bad(n, "meaning", v.Meaning, "is neither yes nor no")
		}
		seen[at] = true
	}
	return nil
}

// Over returns the mapping with what an earlier one says of other values.
func (m ValueMapping) Over(earlier ValueMapping) ValueMapping {
	type place struct {
		field Field
		key   string
	}
	said := map[place]bool{}
	for _, v := range m {
		said[place{v.Field, valueKey(v.Value)}] = true
	}
	all := slices.Clone(m)
	for _, v := range earlier {
		if !said[place{v.Field, valueKey(v.Value)}] {
			all = append(all, v)
		}
	}
	return all
}

func joined(fields []Field) string {
	names := make([]string, len(fields))
	for n, f := range fields {
		names[n] = string(f)
	}
	return strings.Join(names, ", ")
}

// Meanings is a mapping made ready for looking up.
type Meanings map[Field]map[string]string

// Meanings makes the mapping ready for looking up.
func (m ValueMapping) Meanings() Meanings {
	index := Meanings{}
	for _, v := range m {
		if index[v.Field] == nil {
			index[v.Field] = map[string]string{}
		}
		index[v.Field][valueKey(v.Value)] = v.Meaning
	}
	return index
}

// Of returns what a text means in the column of a field, and whether the mapping says so.
func (m Meanings) Of(f Field, text string) (meaning string, ok bool) {
	if len(m[f]) == 0 {
		return "", false
	}
	meaning, ok = m[f][valueKey(text)]
	return meaning, ok
}

// valueKey is the form in which values are compared. A text of signs alone, such as one emoji, is itself.
func valueKey(text string) string {
	text = texts.Trim(text)
	bare := strings.TrimFunc(text, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	if bare == "" {
		return text
	}
	return texts.PlainWords(bare)
}
