package utm

import (
	"fmt"
	"strings"
)

// Field is one of the five UTM parameters. Its number is its place in a link.
type Field uint8

// The five fields, in the order in which [Build] writes them.
const (
	Source Field = iota
	Medium
	Campaign
	Term
	Content
)

// NumFields is the number of UTM fields. Arrays of this length are indexed by [Field].
const NumFields = 5

const keyPrefix = "utm_"

// Fields returns all fields in their order.
func Fields() [NumFields]Field {
	return [NumFields]Field{Source, Medium, Campaign, Term, Content}
}

// ParseField reads a field's name, with or without the prefix "utm_", in any case: "source",
// "utm_source", "UTM_Source". Anything else is an error that wraps [ErrInvalid].
func ParseField(s string) (Field, error) {
	name := strings.ToLower(strings.TrimSpace(s))
	name = strings.TrimPrefix(name, keyPrefix)
	for _, f := range Fields() {
		if name == f.String() {
			return f, nil
		}
	}
	return 0, fmt.Errorf("%w UTM field %q: use source, medium, campaign, term or content", ErrInvalid, shorten(s))
}

// String returns the short name, such as "source".
func (f Field) String() string {
	switch f {
	case Source:
		return "source"
	case Medium:
		return "medium"
	case Campaign:
		return "campaign"
	case Term:
		return "term"
	case Content:
		return "content"
	}
	return fmt.Sprintf("field(%d)", uint8(f))
}

// Key returns the name that the parameter has in a link, such as "utm_source".
func (f Field) Key() string { return keyPrefix + f.String() }

// MarshalText writes the short name. A number that is no field is an error that wraps [ErrInvalid].
func (f Field) MarshalText() ([]byte, error) {
	if f >= NumFields {
		return nil, fmt.Errorf("%w UTM field number %d: the fields are 0 to %d", ErrInvalid, uint8(f), NumFields-1)
	}
	return []byte(f.String()), nil
}

// UnmarshalText reads what [ParseField] reads.
func (f *Field) UnmarshalText(text []byte) error {
	parsed, err := ParseField(string(text))
	if err != nil {
		return err
	}
	*f = parsed
	return nil
}
