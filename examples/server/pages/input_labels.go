package pages

import (
	"strconv"
	"strings"

	"github.com/getklar/influencercrm/budget"
)

// inputLabel is what an input of a form is called, for what is wrong with it; empty for one that its problem names.
func (f *face) inputLabel(name string) string {
	if text, ok := strings.CutPrefix(name, "month."); ok {
		if m, err := budget.ParseMonth(text); err == nil {
			return f.Month(m)
		}
	}
	if n, rest, ok := numbered(name, "profiles"); ok && strings.HasPrefix(rest, ".") {
		if rule, part, ok := numbered(rest[1:], "rules"); ok {
			return f.Say("Profile %d: %s", n+1, f.Say("Code")+" "+strconv.Itoa(rule+1)+", "+f.partLabel(strings.TrimPrefix(part, ".")))
		}
		return f.Say("Profile %d: %s", n+1, f.partLabel(rest[1:]))
	}
	if rule, _, ok := numbered(name, "rules"); ok {
		return f.Say("Code") + " " + strconv.Itoa(rule+1)
	}
	if label := f.settingLabel(name); label != settingName(name) {
		return label
	}
	switch name {
	case "budget":
		return f.Say("Budget")
	case "amount":
		return f.Say("Budget")
	case "link":
		return f.Say("Link")
	case "at":
		return f.Say("Placed at")
	case "codes":
		return f.Say("Discount codes")
	case "clone_name":
		return f.Say("Name of the copy")
	case "new_field.name":
		return f.Say("Name of the field")
	case "new_field.value":
		return f.Say("Its value")
	case "expires":
		return f.Say("Last day")
	}
	name = strings.ReplaceAll(strings.TrimPrefix(name, "period."), "cancellation.", "cancellation_")
	if label := f.FieldLabel(name); label != strings.ReplaceAll(name, "_", " ") {
		return label
	}
	return ""
}
