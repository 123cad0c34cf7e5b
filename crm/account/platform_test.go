package account_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/getklar/influencercrm/crm/account"
)

func ExamplePlatforms() {
	for _, p := range account.Platforms()[:4] {
		fmt.Println(p.ID, p.Name)
	}
	// Output:
	// blog Blog
	// facebook Facebook
	// instagram Instagram
	// linkedin LinkedIn
}

// Each platform that can be chosen is known, under its id and its name.
func TestPlatforms(t *testing.T) {
	t.Parallel()
	all := account.Platforms()
	for _, p := range all {
		for _, typed := range []string{p.ID, p.Name} {
			if id, known := account.ParsePlatform(typed); id != p.ID || !known {
				t.Errorf("%q is %q, known %t, want %q", typed, id, known, p.ID)
			}
		}
		if account.PlatformName(p.ID) != p.Name {
			t.Errorf("%s is shown as %s, want %s", p.ID, account.PlatformName(p.ID), p.Name)
		}
	}
	all[0] = account.Platform{}
	if len(all) < 10 || slices.Contains(account.Platforms(), account.Platform{}) {
		t.Errorf("%d platforms, or a list that callers share", len(all))
	}
}
