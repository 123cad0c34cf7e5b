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
			return f.month(m)
		}
	}
	if n, rest, ok := numbered(name, "profiles"); ok && strings.HasPrefix(rest, ".") {
		if rule, part, ok := numbered(rest[1:], "rules"); ok {
			return f.say("Profile %d: %s", n+1, f.say("Code")+" "+strconv.Itoa(rule+1)+", "+f.partLabel(strings.TrimPrefix(part, ".")))
		}
		return f.say("Profile %d: %s", n+1, f.partLabel(rest[1:]))
	}
	if rule, _, ok := numbered(name, "rules"); ok {
		return f.say("Code") + " " + strconv.Itoa(rule+1)
	}
	if label := f.settingLabel(name); label != settingName(name) {
		return label
	}
	switch name {
	case "budget":
		return f.say("Budget")
	case "amount":
		return f.say("Budget")
	case "link":
		return f.say("Link")
	case "at":
		return f.say("Placed at")
	case "codes":
		return f.say("Discount codes")
	case "clone_name":
		return f.say("Name of the copy")
	case "new_field.name":
		return f.say("Name of the field")
	case "new_field.value":
		return f.say("Its value")
	case "expires":
		return f.say("Last day")
	}
	name = strings.ReplaceAll(strings.TrimPrefix(name, "period."), "cancellation.", "cancellation_")
	if label := f.fieldLabel(name); label != strings.ReplaceAll(name, "_", " ") {
		return label
	}
	return ""
}
