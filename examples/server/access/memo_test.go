package access

import (
	"testing"
	"time"
)

// What was read before something was forgotten is not remembered after it: nobody would forget it again.
func TestForgottenWhileRead(t *testing.T) {
	t.Parallel()
	m := newMemo[string](time.Now)
	find := func(read func() string) string {
		value, found, err := m.find("hash", func() (string, bool, error) { return read(), true, nil })
		if !found || err != nil {
			t.Fatal(found, err)
		}
		return value
	}
	first := find(func() string {
		defer m.forget() // somebody revokes what was just read
		return "before"
	})
	second := find(func() string { return "after" })
	third := find(func() string { return "once more" })
	if first != "before" || second != "after" || third != "after" {
		t.Errorf("found %q, then %q, then %q", first, second, third)
	}
}
