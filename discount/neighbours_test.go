package discount_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/getklar/influencercrm/discount"
)

func TestNeighbours(t *testing.T) {
	t.Parallel()
	codes := []string{"PAM10", "EMMA15", "RENÉ10", "SOLO", "IO", "SUMMER-SALE", ""}
	x := discount.NewNeighbours(codes)
	for typed, want := range map[string]string{
		"PAM10":                      "",
		"pam 10":                     "PAM10 separator",
		"P-A-M-1-0":                  "PAM10 separator",
		"PAMIO":                      "PAM10 look_alike",
		"PAM1O":                      "PAM10 look_alike",
		"PAM15":                      "PAM10 letter",
		"PAM1":                       "PAM10 letter",
		"PAM100":                     "PAM10 letter",
		"XPAM10":                     "PAM10 letter",
		"PMA10":                      "PAM10 swapped",
		"PAM01":                      "PAM10 swapped",
		"PAM10-SHOP":                 "PAM10 added",
		"DE_PAM10":                   "PAM10 added",
		"RENE10":                     "RENÉ10 accent",
		"EMMA51":                     "EMMA15 swapped",
		"EMA15":                      "EMMA15 letter",
		"summersale":                 "SUMMER-SALE separator",
		"xxIO":                       "",
		"PAM2026":                    "",
		"":                           "",
		"MAP10":                      "",
		"50L0":                       "SOLO look_alike",
		"SOLOSOLOSOLO":               "SOLO added",
		strings.Repeat("PAM10", 100): "",
	} {
		var got []string
		for _, n := range x.Find(typed, 10) {
			got = append(got, fmt.Sprint(codes[n.Position], " ", n.Slip))
		}
		if diff := cmp.Diff(want, strings.Join(got, ", ")); diff != "" {
			t.Errorf("%q (-want +got):\n%s", typed, diff)
		}
	}
	if got := discount.NewNeighbours([]string{"X", "AB"}).Find("", 10); got != nil {
		t.Errorf("for no code: %v", got)
	}
	if got := x.Find("PAM15", 0); len(got) > 0 {
		t.Errorf("beyond the limit: %v", got)
	}
}

// What is found is what a look at each code finds, with the same slip, and each code with one slip in it finds the code that
// was meant.
func TestNeighboursFindEverySlip(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		code := rapid.OneOf(rapid.StringMatching(`[A-Z]{4,8}[0-9]{2}`), rapid.StringMatching(`[AB0O1I]{1,5}`), awkwardText(1, 6))
		codes := rapid.SliceOfNDistinct(code, 1, 50, rapid.ID).Draw(t, "codes")
		at := rapid.IntRange(0, len(codes)-1).Draw(t, "meant")
		meant := codes[at]
		n := rapid.IntRange(0, max(0, len(meant)-2)).Draw(t, "where")
		typed := rapid.SampledFrom([]string{
			meant[:n] + meant[min(n+1, len(meant)):], meant[:n] + "X" + meant[n+1:], meant[:n] + "X" + meant[n:],
			meant[:n] + meant[min(n+1, len(meant)):min(n+2, len(meant))] + meant[n:min(n+1, len(meant))] + meant[min(n+2, len(meant)):],
			meant[:n] + "-" + meant[n:], meant + "-DE", "DE " + meant,
			strings.ReplaceAll(strings.ReplaceAll(meant, "O", "0"), "I", "1"),
		}).Draw(t, "typed")
		want := map[int]discount.Slip{}
		for i, there := range codes {
			if slip := discount.SlipOf(typed, there); slip != "" {
				want[i] = slip
			}
		}
		got := map[int]discount.Slip{}
		for _, found := range discount.NewNeighbours(codes).Find(typed, len(codes)) {
			got[found.Position] = found.Slip
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatalf("%q (-scan +index):\n%s", typed, diff)
		}
	})
}

// With a limit the best ones are found, of however many.
func TestNeighboursFindTheBest(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		codes := rapid.SliceOfNDistinct(rapid.StringMatching(`[AB0O-]{3,6}`), 1, 200, rapid.ID).Draw(t, "codes")
		typed := rapid.StringMatching(`[AB0O-]{3,6}`).Draw(t, "typed")
		limit := rapid.IntRange(1, 40).Draw(t, "limit")
		var want []discount.Neighbour
		for _, slip := range []discount.Slip{
			discount.Accent, discount.Separator, discount.LookAlike, discount.Letter, discount.Swapped, discount.Added,
		} {
			for n, there := range codes {
				if discount.SlipOf(typed, there) == slip {
					want = append(want, discount.Neighbour{Position: n, Slip: slip})
				}
			}
		}
		got := discount.NewNeighbours(codes).Find(typed, limit)
		if diff := cmp.Diff(want[:min(len(want), limit)], got); diff != "" {
			t.Fatalf("%q of %q (-scan +index):\n%s", typed, codes, diff)
		}
	})
}
