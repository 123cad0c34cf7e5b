package attribution_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/attribution"
	"github.com/getklar/influencercrm/discount"
	"github.com/getklar/influencercrm/utm"
)

// deal reads a cooperation as tests write it, such as "A signed 06-01..06-30 =PAM10 ^PAM $10 *AM utm:campaign=summer&term=pam".
// Its name is the last byte of its id. Rules are =equals, ^starts with, $ends with, *contains; words such as inherited,
// last_touch, cancelled, archived:06-10 and negotiating say the rest. Days without a year are of 2026.
func deal(text string) crm.Cooperation {
	words := strings.Fields(text)
	c := crm.Cooperation{Name: words[0], Status: crm.Signed, RulesOrigin: crm.Provenance{Kind: crm.Overridden}}
	c.ID[15], c.Campaign[15], c.Influencer[15] = words[0][0], 1, words[0][0]
	for _, word := range words[1:] {
		name, value, _ := strings.Cut(word, ":")
		switch {
		case name == "signed" || name == "negotiating" || name == "draft":
			c.Status = crm.Status(name)
		case name == "inherited":
			c.RulesOrigin.Kind = crm.Inherited
		case name == "last_touch":
			c.LastTouch = true
		case name == "cancelled":
			c.Cancellation = &crm.Cancellation{}
		case name == "archived":
			c.ArchivedOn = date(value)
		case name == "campaign_archived":
			c.ClaimsUntil = date(value)
		case name == "utm":
			c.UTM = params(value)
		case strings.Contains(word, ".."):
			start, end, _ := strings.Cut(word, "..")
			c.Period = budget.Period{Start: date(start), End: date(end)}
		default:
			match := map[byte]discount.Match{'=': discount.Equals, '^': discount.StartsWith, '$': discount.EndsWith, '*': discount.Contains}[word[0]]
			c.Rules = append(c.Rules, discount.Rule{Match: match, Pattern: word[1:]})
		}
	}
	return c
}

func date(text string) budget.Date {
	if text == "" {
		return budget.Date{}
	}
	return budget.MustParseDate("2026-" + text)
}

func params(query string) utm.Params {
	var p utm.Params
	for _, pair := range strings.Split(query, "&") {
		name, value, _ := strings.Cut(pair, "=")
		field, err := utm.ParseField(name)
		if err != nil {
			panic(err)
		}
		p = p.With(field, utm.Of(value))
	}
	return p
}

// order reads an order as tests write it: its time in Berlin, its codes, and visits such as "@06-09T10:00 campaign=summer".
func order(text string) attribution.Order {
	words := strings.Fields(text)
	o := attribution.Order{ID: "1", At: at(words[0]), Amount: budget.FromMinor(10_000, "EUR")}
	for n := 1; n < len(words); n++ {
		if visit, ok := strings.CutPrefix(words[n], "@"); ok {
			n++
			o.Touchpoints = append(o.Touchpoints, attribution.Touchpoint{At: at(visit), UTM: params(words[n])})
			continue
		}
		o.Codes = append(o.Codes, words[n])
	}
	return o
}

func at(text string) time.Time {
	if text == "-" {
		return time.Time{}
	}
	t, err := time.ParseInLocation("2006-01-02T15:04", "2026-"+text, berlin)
	if err != nil {
		panic(err)
	}
	return t
}

var berlin = func() *time.Location {
	zone, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		panic(err)
	}
	return zone
}()

// outcome is a decision as tests write it: "A code; B weaker_match", with "ambiguous" behind the means, "nobody" in front
// of those that could not earn, the cause in brackets where the code was another one, and the days of too_early and too_late.
func outcome(d attribution.Decision) string {
	said := []string{"nobody"}
	if !d.Cooperation.IsZero() {
		said[0] = fmt.Sprintf("%c %s", d.Cooperation[15], d.By)
		if d.Ambiguous {
			said[0] += " ambiguous"
		}
		if len(d.Candidates) > 0 && d.Candidates[0].Cause != "" { // a refund has no candidates
			said[0] += fmt.Sprintf(" (%s)", d.Candidates[0].Cause)
		}
	}
	for _, c := range d.Candidates {
		if c.Lost != "" {
			lost := fmt.Sprintf("%c %s", c.Cooperation[15], c.Lost)
			if c.Days != 0 {
				lost += fmt.Sprint(" ", c.Days)
			}
			said = append(said, lost)
		}
	}
	return strings.Join(said, "; ")
}

func index(t testing.TB, ws crm.Workspace, deals ...string) *attribution.Index {
	t.Helper()
	return indexOf(ws, deals)
}

func indexOf(ws crm.Workspace, deals []string) *attribution.Index {
	return must(attribution.NewIndex(snapshot(ws, deals), nil))
}

func snapshot(ws crm.Workspace, deals []string) attribution.Snapshot {
	ws.TimeZone = "Europe/Berlin"
	s := attribution.Snapshot{Workspace: ws, Campaigns: []crm.Campaign{{ID: crm.CampaignID{15: 1}, Name: "Summer"}}}
	for _, text := range deals {
		c := deal(text)
		s.Cooperations = append(s.Cooperations, c)
		s.Influencers = append(s.Influencers, crm.Influencer{ID: c.Influencer, Name: "Person " + c.Name,
			Profiles: []crm.Profile{{Platform: "tiktok"}}})
	}
	return s
}

// The rules of attribution, a case each.
func TestDecide(t *testing.T) {
	t.Parallel()
	const june, july = "06-01..06-30", "07-01..07-31"
	tail := crm.Workspace{TailDays: 7}
	ignoring := crm.Workspace{IgnoredCodes: []string{" news10"}}
	for _, test := range []struct {
		name  string
		ws    crm.Workspace
		deals []string
		order string
		want  string
	}{
		// Codes.
		{"a code", crm.Workspace{}, []string{"A " + june + " =PAM10"}, "06-10T12:00 PAM10", "A code"},
		{"as it is typed", crm.Workspace{}, []string{"A " + june + " =PAM10"}, "06-10T12:00 ｐam１0", "A code"},
		{"another code", crm.Workspace{}, []string{"A " + june + " =PAM10"}, "06-10T12:00 PAM-10", "nobody"},
		{"no code", crm.Workspace{}, []string{"A " + june + " =PAM10"}, "06-10T12:00", "nobody"},
		{"without its accent", crm.Workspace{}, []string{"A " + june + " =RENÉ10"}, "06-10T12:00 RENE10", "nobody"},
		{"the start", crm.Workspace{}, []string{"A " + june + " ^PAM"}, "06-10T12:00 pam-summer", "A code"},
		{"the end", crm.Workspace{}, []string{"A " + june + " $PAM"}, "06-10T12:00 10pam", "A code"},
		{"inside", crm.Workspace{}, []string{"A " + june + " *PAM"}, "06-10T12:00 xpamx", "A code"},
		{"equals before starts with", crm.Workspace{}, []string{"A " + june + " ^PAM", "B " + june + " =PAM10"},
			"06-10T12:00 PAM10", "B code; A weaker_match"},
		{"equals before ends with", crm.Workspace{}, []string{"A " + june + " $M10", "B " + june + " =PAM10"},
			"06-10T12:00 PAM10", "B code; A weaker_match"},
		{"starts with before contains", crm.Workspace{}, []string{"A " + june + " *PAM10", "B " + june + " ^PA"},
			"06-10T12:00 PAM10", "B code; A weaker_match"},
		{"ends with before contains", crm.Workspace{}, []string{"A " + june + " *PAM10", "B " + june + " $0"},
			"06-10T12:00 PAM10", "B code; A weaker_match"},
		{"the longer start before the end", crm.Workspace{}, []string{"A " + june + " $10", "B " + june + " ^PAM"},
			"06-10T12:00 PAM10", "B code; A shorter_pattern"},
		{"the longer pattern", crm.Workspace{}, []string{"A " + june + " ^PA", "B " + june + " ^PAM"},
			"06-10T12:00 PAM10", "B code; A shorter_pattern"},
		{"length in characters", crm.Workspace{}, []string{"A " + june + " ^ÄÖ", "B " + june + " $XYZ"},
			"06-10T12:00 ÄÖXYZ", "B code; A shorter_pattern"},
		{"its own rules", crm.Workspace{}, []string{"A " + june + " inherited =PAM10", "B " + june + " =PAM10"},
			"06-10T12:00 PAM10", "B code; A inherited_rule"},
		{"length before own rules", crm.Workspace{}, []string{"A " + june + " inherited ^PAM", "B " + june + " ^PA"},
			"06-10T12:00 PAM10", "A code; B shorter_pattern"},
		{"the later start", crm.Workspace{}, []string{"A " + june + " =PAM10", "B 06-05..06-30 =PAM10"},
			"06-10T12:00 PAM10", "B code; A earlier_start"},
		{"own rules before the later start", crm.Workspace{},
			[]string{"A " + june + " =PAM10", "B 06-05..06-30 inherited =PAM10"}, "06-10T12:00 PAM10",
			"A code; B inherited_rule"},
		{"the earlier code", crm.Workspace{}, []string{"A " + june + " =PAM10", "B " + june + " =EMA10"},
			"06-10T12:00 EMA10 PAM10", "B code; A later_code"},
		{"the stronger match of a later code", crm.Workspace{},
			[]string{"A " + june + " =PAM10", "B " + june + " ^EMMA"}, "06-10T12:00 EMMA10 PAM10",
			"A code; B weaker_match"},
		{"the later start before the earlier code", crm.Workspace{},
			[]string{"A 06-05..06-30 =PAM10", "B " + june + " =EMA10"}, "06-10T12:00 EMA10 PAM10",
			"A code; B earlier_start"},
		{"only the id", crm.Workspace{}, []string{"B " + june + " =PAM10", "A " + june + " =PAM10"},
			"06-10T12:00 PAM10", "A code ambiguous; B same_claim"},
		{"two rules of one", crm.Workspace{}, []string{"A " + june + " =PAM10 ^PAM"}, "06-10T12:00 PAM10", "A code"},
		{"one rule for two codes", crm.Workspace{}, []string{"A " + june + " ^PAM"}, "06-10T12:00 PAM10 PAM20", "A code"},
		{"a text twice in a code", crm.Workspace{}, []string{"A " + june + " *AM"}, "06-10T12:00 AMAM", "A code"},
		{"on the ignored list", ignoring, []string{"A " + june + " ^NEWS"}, "06-10T12:00 NEWS10", "nobody"},
		{"beside an ignored code", ignoring, []string{"A " + june + " ^NEWS =PAM10"}, "06-10T12:00 News10 PAM10", "A code"},
		{"an unknown code beside a known one", crm.Workspace{}, []string{"A " + june + " =PAM10"}, "06-10T12:00 SALE PAM10", "A code"},

		// Days.
		{"the first minute", crm.Workspace{}, []string{"A " + june + " =PAM10"}, "06-01T00:00 PAM10", "A code"},
		{"a minute before", crm.Workspace{}, []string{"A " + june + " =PAM10"}, "05-31T23:59 PAM10", "nobody; A too_early 1"},
		{"the last minute", crm.Workspace{}, []string{"A " + june + " =PAM10"}, "06-30T23:59 PAM10", "A code"},
		{"a minute later", crm.Workspace{}, []string{"A " + june + " =PAM10"}, "07-01T00:00 PAM10", "nobody; A too_late 1"},
		{"the day of winter time", crm.Workspace{}, []string{"A 10-25..10-25 =PAM10"}, "10-25T23:59 PAM10", "A code"},
		{"after the day of winter time", crm.Workspace{}, []string{"A 10-25..10-25 =PAM10"}, "10-26T00:00 PAM10", "nobody; A too_late 1"},
		{"the day of summer time", crm.Workspace{}, []string{"A 03-29..03-29 =PAM10"}, "03-29T00:00 PAM10", "A code"},
		{"before the day of summer time", crm.Workspace{}, []string{"A 03-29..03-29 =PAM10"}, "03-28T23:59 PAM10", "nobody; A too_early 1"},
		{"days before", crm.Workspace{}, []string{"A " + july + " =PAM10"}, "06-10T12:00 PAM10", "nobody; A too_early 21"},
		{"the last tail day", tail, []string{"A " + june + " =PAM10"}, "07-07T23:59 PAM10", "A code"},
		{"after the tail", tail, []string{"A " + june + " =PAM10"}, "07-09T00:00 PAM10", "nobody; A too_late 2"},
		{"no end", crm.Workspace{}, []string{"A 06-01.. =PAM10"}, "12-31T12:00 PAM10", "A code"},
		{"no start", crm.Workspace{}, []string{"A ..06-30 =PAM10"}, "06-10T12:00 PAM10", "nobody; A no_dates"},
		{"no dates", crm.Workspace{}, []string{"A =PAM10"}, "06-10T12:00 PAM10", "nobody; A no_dates"},
		{"one after the other", crm.Workspace{}, []string{"A " + june + " =PAM10", "B " + july + " =PAM10"},
			"07-01T00:00 PAM10", "B code; A too_late 1"},

		// What cannot earn.
		{"negotiating", crm.Workspace{}, []string{"A negotiating " + june + " =PAM10"}, "06-10T12:00 PAM10", "nobody; A not_signed"},
		{"draft", crm.Workspace{}, []string{"A draft " + june + " =PAM10"}, "06-10T12:00 PAM10", "nobody; A not_signed"},
		{"cancelled", crm.Workspace{}, []string{"A cancelled " + june + " =PAM10"}, "06-10T12:00 PAM10", "nobody; A cancelled"},
		{"cancelled before not signed", crm.Workspace{}, []string{"A cancelled draft " + june + " =PAM10"},
			"06-10T12:00 PAM10", "nobody; A cancelled"},
		{"archived later", crm.Workspace{}, []string{"A archived:06-20 " + june + " =PAM10"}, "06-20T12:00 PAM10", "A code"},
		{"archived before", crm.Workspace{}, []string{"A archived:06-20 " + june + " =PAM10"}, "06-21T00:00 PAM10", "nobody; A archived"},
		{"archived before the start", crm.Workspace{}, []string{"A archived:05-20 " + june + " =PAM10"},
			"06-21T00:00 PAM10", "nobody; A archived"},
		{"archived, and over anyway", crm.Workspace{}, []string{"A archived:06-20 " + june + " =PAM10"},
			"07-03T00:00 PAM10", "nobody; A too_late 3"},
		{"archived in the tail", tail, []string{"A archived:07-02 " + june + " =PAM10"}, "07-03T00:00 PAM10", "nobody; A archived"},
		{"its campaign archived", crm.Workspace{}, []string{"A campaign_archived:06-20 06-01.. =PAM10"},
			"06-21T12:00 PAM10", "nobody; A archived"},
		{"a weaker one that can", crm.Workspace{}, []string{"A draft " + june + " =PAM10", "B " + june + " *AM"},
			"06-10T12:00 PAM10", "B code; A not_signed"},

		// Visits.
		{"a visit", crm.Workspace{}, []string{"A " + june + " utm:campaign=summer"},
			"06-10T12:00 @06-09T12:00 campaign=Summer&source=ig", "A utm"},
		{"a visit of somebody else", crm.Workspace{}, []string{"A " + june + " utm:campaign=summer&term=pam"},
			"06-10T12:00 @06-09T12:00 campaign=summer&term=emma", "nobody"},
		{"source and medium alone", crm.Workspace{}, []string{"A " + june + " utm:source=ig&medium=influencer"},
			"06-10T12:00 @06-09T12:00 source=ig&medium=influencer", "nobody"},
		{"a code before a visit", crm.Workspace{},
			[]string{"A " + june + " *AM", "B " + june + " utm:campaign=summer&term=b"},
			"06-10T12:00 PAM10 @06-10T11:59 campaign=summer&term=b", "A code; B code_counts"},
		{"a code that cannot earn", crm.Workspace{},
			[]string{"A draft " + june + " =PAM10", "B " + june + " utm:term=b"},
			"06-10T12:00 PAM10 @06-10T11:59 term=b", "B utm; A not_signed"},
		{"code and visit of one", crm.Workspace{}, []string{"A " + june + " =PAM10 utm:term=a"},
			"06-10T12:00 PAM10 @06-10T11:59 term=a", "A code; A same_deal"},
		{"an unknown code and a visit", crm.Workspace{}, []string{"B " + june + " utm:term=b"}, "06-10T12:00 SALE @06-10T11:59 term=b", "B utm"},
		{"the last visit", crm.Workspace{}, []string{"A " + june + " utm:term=a", "B " + june + " utm:term=b"},
			"06-10T12:00 @06-09T12:00 term=b @06-08T12:00 term=a", "B utm; A earlier_visit"},
		{"the last one with a match", crm.Workspace{}, []string{"A " + june + " utm:term=a"},
			"06-10T12:00 @06-08T12:00 term=a @06-09T12:00 source=google", "A utm"},
		{"of one time the later in the list", crm.Workspace{},
			[]string{"A " + june + " utm:term=a", "B " + june + " utm:term=b"},
			"06-10T12:00 @06-09T12:00 term=b @06-09T12:00 term=a", "A utm; B earlier_visit"},
		{"more fields", crm.Workspace{}, []string{"A " + june + " utm:campaign=summer",
			"B " + june + " utm:campaign=summer&term=b"}, "06-10T12:00 @06-09T12:00 campaign=summer&term=b",
			"B utm; A fewer_fields"},
		{"the last visit before more fields", crm.Workspace{}, []string{"A " + june + " utm:campaign=summer",
			"B " + june + " utm:campaign=summer&term=b"},
			"06-10T12:00 @06-08T12:00 campaign=summer&term=b @06-09T12:00 campaign=summer", "A utm; B earlier_visit"},
		{"the later start of sets", crm.Workspace{}, []string{"A " + june + " utm:term=x", "B 06-02..06-30 utm:term=x"},
			"06-10T12:00 @06-09T12:00 term=x", "B utm; A earlier_start"},
		{"only the id of sets", crm.Workspace{}, []string{"A " + june + " utm:term=x", "B " + june + " utm:term=X"},
			"06-10T12:00 @06-09T12:00 term=x", "A utm ambiguous; B same_claim"},
		{"the visit's own day", crm.Workspace{}, []string{"A " + june + " utm:term=a"}, "07-03T12:00 @06-30T23:59 term=a", "A utm"},
		{"a visit too late", crm.Workspace{}, []string{"A " + june + " utm:term=a"}, "07-03T12:00 @07-01T00:00 term=a", "nobody; A too_late 1"},
		{"a visit too early", crm.Workspace{}, []string{"A " + june + " utm:term=a"}, "06-03T12:00 @05-30T12:00 term=a", "nobody; A too_early 2"},
		{"a visit in the tail", tail, []string{"A " + june + " utm:term=a"}, "07-10T12:00 @07-07T12:00 term=a", "A utm"},
		{"a visit after the order", crm.Workspace{}, []string{"A " + june + " utm:term=a"},
			"06-10T12:00 @06-10T12:01 term=a", "nobody; A after_order"},
		{"a visit without a time", crm.Workspace{}, []string{"A " + june + " utm:term=a"}, "06-10T12:00 @- term=a", "A utm"},
		{"a visit of a draft", crm.Workspace{}, []string{"A draft " + june + " utm:term=a",
			"B " + june + " utm:campaign=s"}, "06-10T12:00 @06-09T12:00 term=a&campaign=s", "B utm; A not_signed"},
		{"a later visit that cannot earn", crm.Workspace{},
			[]string{"A " + june + " utm:term=a", "B cancelled " + june + " utm:term=b"},
			"06-10T12:00 @06-08T12:00 term=a @06-09T12:00 term=b", "A utm; B cancelled"},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			d, err := index(t, test.ws, test.deals...).Decide(order(test.order))
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(test.want, outcome(d)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}
