package attribution

import (
	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/discount"
)

// ignoredCodes are the codes of a workspace's list. They are compared as rules are, and as the workspace's shop compares: what
// redeems an ignored code is ignored.
type ignoredCodes struct {
	comparison discount.Comparison
	byForm     map[string]bool // by normal form
	byKey      map[string]bool // by the shop's key; empty if that is the normal form
}

func newIgnoredCodes(ws crm.Workspace) ignoredCodes {
	i := ignoredCodes{comparison: ws.CodeComparison, byForm: map[string]bool{}, byKey: map[string]bool{}}
	for _, code := range ws.IgnoredCodes {
		i.byForm[discount.Normalize(code)] = true
		if i.comparison.IsLoose() {
			i.byKey[i.comparison.Key(code)] = true
		}
	}
	return i
}

// has reports whether a code is ignored.
func (i *ignoredCodes) has(code string) bool {
	if len(i.byForm) == 0 {
		return false
	}
	var room [keyRoom]byte
	if i.byForm[string(discount.Exact.AppendKey(room[:0], code))] {
		return true
	}
	return len(i.byKey) > 0 && i.byKey[string(i.comparison.AppendKey(room[:0], code))]
}
