package column

import (
	"strings"
	"unicode"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/sheetimport/internal/texts"
)

// customMark begins the header of a custom field whose own name would mean something else.
const customMark = "Custom: "

// CustomHeader is the header under which an import finds the custom field of a name: the name itself or, where a header
// of that name means another field or is not read as it stands, the name with a mark. It is false for a name that no
// header can carry.
func CustomHeader(name string) (header string, ok bool) {
	for _, header := range []string{name, customMark + name} {
		field, _ := lookUp(header)
		marked := strings.HasPrefix(header, customMark)
		if (marked || field == Custom && header != "profile_name") && CustomName(texts.Trim(header)) == name {
			return header, true
		}
	}
	return "", false
}

// CustomName is the name of the custom field under a header: the header in one line, or what stands after the mark that
// an export puts before a name.
func CustomName(header string) string {
	if name, marked := strings.CutPrefix(header, customMark); marked {
		return crm.Clean(name)
	}
	return crm.Clean(strings.Join(strings.FieldsFunc(header, func(r rune) bool { return unicode.IsSpace(r) || unicode.IsControl(r) }), " "))
}
