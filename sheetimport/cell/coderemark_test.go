package cell_test

import (
	"strings"
	"testing"

	"github.com/getklar/influencercrm/sheetimport/cell"
)

func TestCutCodeRemarks(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ text, codes, remarks string }{
		{"PAM10 (old)", "PAM10", "PAM10 (old)"},
		{"KIM10 (bis 30.06.)", "KIM10", "KIM10 (bis 30.06.)"},
		{"PAM10 (old), PAM15 (new)", "PAM10, PAM15", "PAM10 (old)|PAM15 (new)"},
		{"PAM10 (alt)\nPAM15", "PAM10\nPAM15", "PAM10 (alt)"},
		{"PAM10 (gilt bis 30.6., nur DE)", "PAM10", "PAM10 (gilt bis 30.6., nur DE)"},
		{"PAM10 [inaktiv] KIM10", "PAM10, KIM10", "PAM10 [inaktiv]"},
		{"ANA10 (Juni26)", "ANA10", "ANA10 (Juni26)"},
		{"ANA10 (Story2)", "ANA10", "ANA10 (Story2)"},
		{"ANA10 (ab 01.06., v2)", "ANA10", "ANA10 (ab 01.06., v2)"},
		{"ANA10 (30d)", "ANA10", "ANA10 (30d)"},
		{"LISA (nur Story)", "LISA", "LISA (nur Story)"},
		{"ANA10(IG)", "ANA10", "ANA10 (IG)"},
		{"ANA10 (KW23)", "ANA10", "ANA10 (KW23)"},
		{"ANA10 (ab 50 €) (DE)", "ANA10", "ANA10 (ab 50 €)|ANA10 (DE)"},
		{"Code: ANA10 (until June)", "Code: ANA10", "ANA10 (until June)"},
		{"contains CLEO (all)", "contains CLEO", "contains CLEO (all)"},
		{"enthält PAM (alle Shops), PAM* (alt)", "enthält PAM, PAM*", "enthält PAM (alle Shops)|PAM* (alt)"},
		// These stay as they are.
		{"ANNA15 (15%)", "ANNA15 (15%)", ""},
		{"ANNA15 (15 % off)", "ANNA15 (15 % off)", ""},
		{"PAM(10)", "PAM(10)", ""},
		{"PAM (10)", "PAM (10)", ""},
		{"PAM[10]", "PAM[10]", ""},
		{"PAM10 (?)", "PAM10 (?)", ""},
		{"PAM10 (oder PAM15)", "PAM10 (oder PAM15)", ""},
		{"PAM10 (now PAM15)", "PAM10 (now PAM15)", ""},
		{"PAM10 (noch nicht angelegt)", "PAM10 (noch nicht angelegt)", ""},
		{"PAM10 (maybe)", "PAM10 (maybe)", ""},
		{"PAM10 (wrong)", "PAM10 (wrong)", ""},
		{"PAM10 (tbc)", "PAM10 (tbc)", ""},
		{"PAM (ana15)", "PAM (ana15)", ""},
		{"PAM10 (x15)", "PAM10 (x15)", ""},
		{"PAM [Ana_15]", "PAM [Ana_15]", ""},
		{"PAM (ana15, kim10)", "PAM (ana15, kim10)", ""},
		{"see brief (old)", "see brief (old)", ""},
		{"PAM10 KIM10 (old)", "PAM10 KIM10 (old)", ""},
		{"(PAM10)", "(PAM10)", ""},
		{"", "", ""},
	} {
		codes, remarks := cell.CutCodeRemarks(test.text)
		if got := strings.Join(remarks, "|"); codes != test.codes || got != test.remarks {
			t.Errorf("CutCodeRemarks(%q) = %q, %q, want %q, %q", test.text, codes, got, test.codes, test.remarks)
		}
	}
}
