package cell_test

import (
	"testing"

	"github.com/getklar/influencercrm/sheetimport/cell"
)

func TestWithoutEmoji(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"🔥KIM10🔥":           "KIM10",
		"LEA10 🎉":           "LEA10",
		"💸 MAX10":           "MAX10",
		"❤️NIA10":           "NIA10",
		"👩‍👧 OLA10 👍🏽":      "OLA10",
		"KIM10🔥, LEA10🔥":    "KIM10, LEA10",
		"KIM🔥10":            "KIM🔥10",
		"equals 🔥KIM10":     "equals 🔥KIM10",
		"ist gleich KIM10🔥": "ist gleich KIM10🔥",
		"✅ KIM10":           "✅ KIM10", // a tick is told apart elsewhere
		"1️⃣KIM🔥":           "1️⃣KIM",
		"KIM1️⃣0️⃣":         "KIM1️⃣0️⃣",
		"KIM10™":            "KIM10™",
		"🔥":                 "🔥",
		"JÖRG10":            "JÖRG10",
		"":                  "",
	} {
		if got := cell.WithoutEmoji(text); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}
