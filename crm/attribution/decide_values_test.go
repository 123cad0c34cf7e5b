package attribution_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/attribution"
)

// How codes are compared, a case each: does the rule know the code?
func TestDecideCodes(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name, rule, code string
		want             bool
	}{
		{"lower case", "=PAM10", "pam10", true},
		{"mixed case in the rule", "=PaM10", "PAM10", true},
		{"blanks around", "=PAM10", "  PAM10\t", true},
		{"a blank inside", "=PAM10", "PAM 10", false},
		{"a dash inside", "=PAM10", "PAM-10", false},
		{"a dash that both have", "=PAM-10", "pam-10", true},
		{"another dash", "=PAM-10", "PAM–10", false},
		{"a zero-width space", "=PAM10", "PAM\u200b10", true},
		{"a byte order mark", "=PAM10", "\ufeffPAM10", true},
		{"full width", "=PAM10", "ＰＡＭ１０", true},
		{"superscript digits", "=PAM10", "PAM¹⁰", true},
		{"an accent", "=RENÉ10", "RENE10", false},
		{"an accent taken apart", "=RENÉ10", "RENE\u030110", true},
		{"an accent in lower case", "=RENÉ10", "rené10", true},
		{"ß for ss", "=STRASSE10", "straße10", true},
		{"an umlaut is not ae", "=JÄGER10", "JAEGER10", false},
		{"O for zero", "=PAM10", "PAM1O", false},
		{"cyrillic letters that look alike", "=AHA10", "АНА10", false},
		{"one letter less", "=PAM10", "PAM1", false},
		{"one letter more", "=PAM10", "PAM100", false},
		{"the start is all", "^PAM10", "PAM10", true},
		{"the start in lower case", "^PAM", "pam-anything", true},
		{"the start is at the end", "^PAM", "10PAM", false},
		{"shorter than the start", "^PAM10", "PAM", false},
		{"the end is all", "$PAM10", "PAM10", true},
		{"the end is at the start", "$PAM", "PAM10", false},
		{"shorter than the end", "$PAM10", "10", false},
		{"contained at the start", "*PAM", "PAM10", true},
		{"contained at the end", "*PAM", "10PAM", true},
		{"contained, and all", "*PAM10", "PAM10", true},
		{"contained but for a letter", "*PAM", "PA-M", false},
		{"overlapping itself", "*AA", "XAAAX", true},
		{"a character of two bytes at the seam", "^Ä", "Äx", true},
		{"a code of one character", "=A", "a", true},
		{"64 characters", "=" + strings.Repeat("A", 64), strings.Repeat("a", 64), true},
		{"a blank code", "=PAM10", "   ", false},
	} {
		want := "nobody"
		if test.want {
			want = "A code"
		}
		o := order("06-10T12:00")
		o.Codes = []string{test.code}
		if diff := cmp.Diff(want, outcome(must(index(t, crm.Workspace{}, "A 06-01..06-30 "+test.rule).Decide(o)))); diff != "" {
			t.Errorf("%s: %q and %q (-want +got):\n%s", test.name, test.rule, test.code, diff)
		}
	}
}

// How visits are compared, a case each: does the UTM set describe the visit?
func TestDecideVisits(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name, set, visit string
		want             bool
	}{
		{"all five fields", "source=ig&medium=influencer&campaign=summer&term=pam&content=story",
			"source=ig&medium=influencer&campaign=summer&term=pam&content=story", true},
		{"a field more in the visit", "campaign=summer", "campaign=summer&term=anyone", true},
		{"a field less in the visit", "campaign=summer&term=pam", "campaign=summer", false},
		{"one field differs", "campaign=summer&term=pam", "campaign=summer&term=pan", false},
		{"upper case", "campaign=summer", "campaign=SUMMER", true},
		{"upper case in the set", "campaign=Summer&term=Pam", "campaign=summer&term=pam", true},
		{"an escape", "campaign=summer%20sale", "campaign=summer%20sale", true},
		{"an accent", "term=rené", "term=rene", false},
		{"an accent taken apart", "term=rené", "term=rene\u0301", true},
		{"full width", "term=pam", "term=ｐａｍ", true},
		{"a dash for an underscore", "campaign=summer-sale", "campaign=summer_sale", false},
		{"the values change places", "campaign=summer&term=pam", "campaign=pam&term=summer", false},
		{"content alone", "content=pam-story", "content=pam-story&source=ig", true},
		{"term alone", "term=pam", "term=pam", true},
		{"source alone", "source=ig", "source=ig", false},
		{"medium alone", "medium=influencer", "medium=influencer", false},
		{"an empty visit", "campaign=summer", "campaign=", false},
		{"an empty field of the set", "campaign=summer&term=", "campaign=summer&term=pam", true},
		{"a part of a value", "campaign=summer", "campaign=summer-2026", false},
	} {
		want := "nobody"
		if test.want {
			want = "A utm"
		}
		x := index(t, crm.Workspace{}, "A 06-01..06-30 utm:"+test.set)
		if diff := cmp.Diff(want, outcome(must(x.Decide(order("06-10T12:00 @06-09T12:00 "+test.visit))))); diff != "" {
			t.Errorf("%s: %q and %q (-want +got):\n%s", test.name, test.set, test.visit, diff)
		}
	}
}

// The day of an order is that of the workspace's zone, whatever the order's time is written in.
func TestDecideZones(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name, zone, at, days, want string
	}{
		{"Berlin's midnight in UTC", "Europe/Berlin", "2026-06-30T22:00:00Z", "06-01..06-30", "nobody; A too_late 1"},
		{"before Berlin's midnight", "Europe/Berlin", "2026-06-30T21:59:59Z", "06-01..06-30", "A code"},
		{"Berlin's first second", "Europe/Berlin", "2026-05-31T22:00:00Z", "06-01..06-30", "A code"},
		{"an offset of New York", "Europe/Berlin", "2026-06-30T18:00:00-04:00", "06-01..06-30", "nobody; A too_late 1"},
		{"New York's evening", "America/New_York", "2026-07-01T03:59:59Z", "06-01..06-30", "A code"},
		{"New York's midnight", "America/New_York", "2026-07-01T04:00:00Z", "06-01..06-30", "nobody; A too_late 1"},
		{"Kolkata is half an hour off", "Asia/Kolkata", "2026-06-30T18:29:59Z", "06-01..06-30", "A code"},
		{"Kolkata's midnight", "Asia/Kolkata", "2026-06-30T18:30:00Z", "06-01..06-30", "nobody; A too_late 1"},
		{"Auckland is a day ahead", "Pacific/Auckland", "2026-05-31T12:00:00Z", "06-01..06-30", "A code"},
		{"UTC", "UTC", "2026-06-30T23:59:59Z", "06-01..06-30", "A code"},
		{"New York's day of 25 hours", "America/New_York", "2026-11-02T04:59:59Z", "11-01..11-01", "A code"},
		{"after it", "America/New_York", "2026-11-02T05:00:00Z", "11-01..11-01", "nobody; A too_late 1"},
		{"New York's day of 23 hours", "America/New_York", "2026-03-09T03:59:59Z", "03-08..03-08", "A code"},
		{"after it, in summer time", "America/New_York", "2026-03-09T04:00:00Z", "03-08..03-08", "nobody; A too_late 1"},
		{"a midnight that there is not", "Africa/Cairo", "2026-04-23T22:00:00Z", "04-24..04-24", "A code"},
	} {
		s := snapshot(crm.Workspace{}, []string{"A " + test.days + " =PAM10"})
		s.Workspace.TimeZone = test.zone
		o := attribution.Order{ID: "1", At: must(time.Parse(time.RFC3339, test.at)), Codes: []string{"PAM10"}}
		if diff := cmp.Diff(test.want, outcome(must(must(attribution.NewIndex(s, nil)).Decide(o)))); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.name, diff)
		}
	}
}

// Streams of orders, refunds and cancelled orders, each with what every one of them credits. An order is "id code amount",
// a refund "id<order amount", and ! in front is cancelled.
func TestDecideRefunds(t *testing.T) {
	t.Parallel()
	x := index(t, crm.Workspace{}, "A 06-01..06-30 =PAM10", "B 06-01..06-30 =EMMA10")
	for _, test := range []struct{ name, stream, want string }{
		{"an order", "1 PAM10 100", "1 A 100.00 EUR"},
		{"a whole refund", "1 PAM10 100, r<1 100", "1 A 100.00 EUR, r A -100.00 EUR"},
		{"a part", "1 PAM10 100, r<1 0.01", "1 A 100.00 EUR, r A -0.01 EUR"},
		{"in two parts", "1 PAM10 100, r<1 40, s<1 60", "1 A 100.00 EUR, r A -40.00 EUR, s A -60.00 EUR"},
		{"of nothing", "1 PAM10 100, r<1 0", "1 A 100.00 EUR, r A 0.00 EUR"},
		{"before its order", "r<1 30, 1 PAM10 100", "1 A 100.00 EUR, r A -30.00 EUR"},
		{"two before their order", "r<1 30, s<1 40, 1 PAM10 100", "1 A 100.00 EUR, r A -30.00 EUR, s A -40.00 EUR"},
		{"before and after", "r<1 30, 1 PAM10 100, s<1 40", "1 A 100.00 EUR, r A -30.00 EUR, s A -40.00 EUR"},
		{"each to its own", "1 PAM10 100, 2 EMMA10 50, r<2 5, s<1 10", "1 A 100.00 EUR, 2 B 50.00 EUR, r B -5.00 EUR, s A -10.00 EUR"},
		{"of an order of nobody", "1 X 100, r<1 100", "1 nobody, r nobody"},
		{"of an order that never comes", "r<9 100, 1 PAM10 1", "1 A 1.00 EUR, r nobody"},
		{"a cancelled order", "!1 PAM10 100", "1 A 0.00 EUR"},
		{"a refund of a cancelled order", "!1 PAM10 100, r<1 100", "1 A 0.00 EUR, r A 0.00 EUR"},
		{"a cancelled refund", "1 PAM10 100, !r<1 100", "1 A 100.00 EUR, r A 0.00 EUR"},
		{"a refund of a refund", "1 PAM10 100, r<1 100, s<r 10", "1 A 100.00 EUR, r A -100.00 EUR, s nobody"},
		{"more than was paid", "1 PAM10 100, r<1 150", "1 A 100.00 EUR, r A -150.00 EUR"},
	} {
		var orders []attribution.Order
		for _, text := range strings.Split(test.stream, ", ") {
			text, cancelled := strings.CutPrefix(text, "!")
			words := strings.Fields(text)
			var o attribution.Order
			if id, of, is := strings.Cut(words[0], "<"); is {
				o = refund(id, of, words[1])
			} else {
				o = numbered(id, order("06-10T12:00 "+words[1]))
				o.Amount = refund("", "", words[2]).Amount
			}
			o.Cancelled = cancelled
			orders = append(orders, o)
		}
		var got []string
		for d, err := range x.DecideAll(t.Context(), stream(orders, nil)) {
			if err != nil {
				t.Fatal(err)
			}
			got = append(got, strings.TrimSpace(fmt.Sprintf("%s %s %s", d.Decision.Order, name(d.Decision.Cooperation), d.Decision.Credit)))
		}
		if diff := cmp.Diff(test.want, strings.Join(got, ", ")); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.name, diff)
		}
	}
}
