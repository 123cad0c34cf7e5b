package utm

import "fmt"

// LinkError is one fault of a link. It wraps [ErrLink].
type LinkError struct {
	Kind      Defect `json:"kind"`
	Parameter string `json:"parameter,omitzero"` // as it stands in the link, shortened; "" for the link as a whole
	Value     string `json:"value"`              // of the parameter, or the link; shortened
	Problem   string `json:"problem"`            // what is wrong and what would be right

	// Format and Args are the Problem as a format of package fmt and its values, for who translates it.
	Format string `json:"-"`
	Args   []any  `json:"-"`
}

// linkError is a fault of a link as a whole.
func linkError(kind Defect, link, format string, args ...any) *LinkError {
	return parameterError(kind, "", link, format, args...)
}

func parameterError(kind Defect, parameter, value, format string, args ...any) *LinkError {
	return &LinkError{kind, shorten(parameter), shorten(value), problem{format, args}.String(), format, args}
}

// Error names the parameter, its value and the problem, or the link and the problem:
//
//	invalid link: utm_souce "instagram": is no UTM parameter; write utm_source
//	invalid link "shop.example": it must begin with https:// or http://
func (e *LinkError) Error() string {
	if e.Parameter == "" {
		return fmt.Sprintf("%s %q: %s", ErrLink, e.Value, e.Problem)
	}
	return fmt.Sprintf("%s: %s %q: %s", ErrLink, e.Parameter, e.Value, e.Problem)
}

// Unwrap returns [ErrLink].
func (e *LinkError) Unwrap() error { return ErrLink }
