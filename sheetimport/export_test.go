package sheetimport_test

import (
	"bytes"
	"context"
	"encoding/csv"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/shopspring/decimal"
	"pgregory.net/rapid"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/discount"
	"github.com/getklar/influencercrm/sheetimport"
	"github.com/getklar/influencercrm/sheetimport/export"
	"github.com/getklar/influencercrm/sheetimport/sheet"
	"github.com/getklar/influencercrm/sheetimport/xlsxfile"
	"github.com/getklar/influencercrm/utm"
)

// export is the whole workspace as CSV, archived cooperations too.
func (s *shop) export() (string, export.Result) {
	s.t.Helper()
	var b bytes.Buffer
	done, err := export.CSV(s.ctx, s.service, s.ws, crm.CooperationFilter{Archive: crm.ActiveOrNot}, &b, nil)
	if err != nil {
		s.t.Fatal(err)
	}
	return b.String(), done
}

// add puts a cooperation there as a person would, or as an import does where people may not.
func (s *shop) add(c crm.Cooperation) crm.Cooperation {
	s.t.Helper()
	err := s.service.Update(s.ctx, s.ws, func(ctx context.Context, w *crm.Work) (err error) {
		c, err = w.ImportCooperation(ctx, c)
		return err
	})
	if err != nil {
		s.t.Fatal(err)
	}
	return c
}

func (s *shop) campaign(name string) crm.Campaign {
	s.t.Helper()
	c, err := s.service.CreateCampaign(s.ctx, s.ws, crm.Campaign{Name: name})
	if err != nil {
		s.t.Fatal(err)
	}
	return c
}

func (s *shop) influencer(i crm.Influencer) crm.Influencer {
	s.t.Helper()
	i, err := s.service.CreateInfluencer(s.ctx, s.ws, i)
	if err != nil {
		s.t.Fatal(err)
	}
	return i
}

// oddTexts are what a spreadsheet program would run, trim, split or take for something else.
var oddTexts = []string{
	"plain", "=1+1", "'=1+1", "''=1+1", "+49 170 1234567", "-", "- 5", "@handle", "'@handle", "' =x", "'", "''", "it's", "n/a", "#REF!",
	`say "hi"`, "two\nlines", "two\r\nlines", "a,b;c|d", "=cmd|' /C calc'!A1", "Total", "_x000D_", "𝄞 and 👩‍💻",
	"Straße", "1.234", "03/04/26", "<&>",
}

var codeTexts = []string{"IDA10", "equals", "A,B", `A"B`, "SUMMER SALE", "10-Mar", "1E5", "PAM*", "contains X", "A / B",
	"=A1", "15%", "enthält PAM", "code X", "007"}

var customNames = []string{
	"Colour", "Cost", "Status", "Agency", "utm_source", "Medium", "=SUM(A1)", "Custom: Cost", "CRM ID", "Reach",
	"profile_name", "two  blanks", "Custom Dimension 1", "%", "instagram",
}

// drawShop fills a workspace with what people and imports leave there.
func drawShop(t *rapid.T) *shop {
	s := memoryShop(t, nil)
	text := func(name string) string { return rapid.SampledFrom(oddTexts).Draw(t, name) }
	line := func(name string) string { return strings.NewReplacer("\r", "", "\n", " ").Replace(text(name)) }
	var campaigns []crm.Campaign
	for n := range rapid.IntRange(1, 3).Draw(t, "campaigns") {
		campaigns = append(campaigns, s.campaign(fmt.Sprint(line("campaign"), " ", n)))
	}
	var people []crm.Influencer
	for n := range rapid.IntRange(1, 4).Draw(t, "influencers") {
		i := crm.Influencer{Name: line("name"), Category: line("category"), Notes: text("notes"),
			Phone: rapid.SampledFrom([]string{"", "+49 170 1234567"}).Draw(t, "phone")}
		if rapid.Bool().Draw(t, "tags") {
			i.Tags = []string{"new", line("tag")}
		}
		for m, platform := range rapid.SliceOfN(rapid.SampledFrom([]string{"instagram", "tiktok", "instagram & more", "instagram story", "blog"}), 0, 3).Draw(t, "profiles") {
			p := crm.Profile{Platform: platform, Handle: fmt.Sprintf("h%d.%d", n, m)}
			if rapid.Bool().Draw(t, "bare") {
				p.Handle = ""
			}
			i.Profiles = append(i.Profiles, p)
		}
		people = append(people, s.influencer(i))
	}
	member, err := s.service.CreateMember(s.ctx, s.ws, crm.Member{Name: line("member")})
	if err != nil {
		t.Fatal(err)
	}
	for range rapid.IntRange(0, 8).Draw(t, "cooperations") {
		i := rapid.SampledFrom(people).Draw(t, "influencer")
		c := crm.Cooperation{
			Campaign: rapid.SampledFrom(campaigns).Draw(t, "of campaign").ID, Influencer: i.ID,
			Status: rapid.SampledFrom([]crm.Status{crm.Draft, crm.Negotiating, crm.Signed}).Draw(t, "status"),
			Notes:  text("note"), LastTouch: rapid.Bool().Draw(t, "last touch"), Custom: map[string]string{},
		}
		if len(i.Profiles) > 0 && rapid.Bool().Draw(t, "with profile") {
			c.Profile = rapid.SampledFrom(i.Profiles).Draw(t, "profile").ID
		}
		if rapid.Bool().Draw(t, "dated") {
			c.Period.Start = budget.MustParseDate("2026-06-01").AddDays(rapid.IntRange(0, 40).Draw(t, "day"))
			c.Period.End = c.Period.Start.AddDays(rapid.IntRange(0, 40).Draw(t, "days"))
		}
		if currency := rapid.SampledFrom([]budget.Currency{"", "EUR", "JPY", "KWD", "USD"}).Draw(t, "currency"); currency != "" {
			c.Cost = budget.FromMinor(rapid.Int64Range(0, 10_000_000).Draw(t, "cost"), currency)
		}
		if rapid.Bool().Draw(t, "cancelled") {
			c.Cancellation = &crm.Cancellation{On: budget.MustParseDate("2026-06-15"), Reason: text("reason")}
			if c.Cost.IsSet() && rapid.Bool().Draw(t, "fee") {
				c.Cancellation.Fee = budget.FromMinor(1_234, c.Cost.Currency())
			}
		}
		for _, pattern := range rapid.SliceOfNDistinct(rapid.SampledFrom(codeTexts), 0, 3, rapid.ID[string]).Draw(t, "codes") {
			rule := discount.Rule{Match: rapid.SampledFrom(discount.Matches()).Draw(t, "match"), Pattern: pattern}
			if rapid.Bool().Draw(t, "benefit") {
				rule.Benefit = discount.Benefit{Kind: discount.Percentage, Value: decimal.RequireFromString("12.345")}
			}
			c.Rules = append(c.Rules, rule)
		}
		if rapid.Bool().Draw(t, "utm") {
			c.UTM = utm.Params{Source: utm.Of("=insta"), Term: utm.Of(" x "), Campaign: utm.Of("")}
		}
		for _, name := range rapid.SliceOfNDistinct(rapid.SampledFrom(customNames), 0, 4, rapid.ID[string]).Draw(t, "custom") {
			c.Custom[name] = text("value")
		}
		if rapid.Bool().Draw(t, "responsible") {
			c.Responsible = member.ID
		}
		if c = s.add(c); rapid.IntRange(0, 4).Draw(t, "archive") == 0 {
			if _, err := s.service.Archive(s.ctx, s.ws, c.At(), ""); err != nil {
				t.Fatal(err)
			}
		}
	}
	return s
}

// TestExportChangesNothing exports generated workspaces and imports the sheet again.
func TestExportChangesNothing(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		s := drawShop(t)
		before := s.contents()
		text, done := s.export()
		if done.Rows != len(before.Cooperations) || len(done.Notes) > 0 {
			t.Fatalf("%d rows of %d cooperations, notes %v", done.Rows, len(before.Cooperations), done.Notes)
		}
		plan := s.bring(text)
		for _, r := range plan.Rows {
			if r.Verdict != sheetimport.Unchanged || len(r.Notices)+len(r.Problems) > 0 {
				t.Fatalf("row %d is %s: %v %v\n%s", r.Row, r.Verdict, r.Problems, r.Notices, text)
			}
		}
		if len(plan.Rows) != done.Rows {
			t.Fatalf("%d rows read of %d written", len(plan.Rows), done.Rows)
		}
		after := s.contents()
		after.Runs = before.Runs
		if diff := cmp.Diff(before, after, exactly...); diff != "" {
			t.Fatalf("(-before +after):\n%s", diff)
		}
		if again, _ := s.export(); again != text {
			t.Fatalf("the second export differs:\n%s", cmp.Diff(text, again))
		}
	})
}

// The exported workbook changes nothing either.
func TestExportedWorkbookChangesNothing(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		s := drawShop(t)
		var b bytes.Buffer
		done, err := export.XLSX(s.ctx, s.service, s.ws, crm.CooperationFilter{}, &b)
		if err != nil {
			t.Fatal(err)
		}
		plan, err := s.importer().Plan(s.ctx, s.ws, xlsxfile.New("deals.xlsx", &b, nil))
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range plan.Rows {
			if r.Verdict != sheetimport.Unchanged || len(r.Notices)+len(r.Problems) > 0 {
				t.Fatalf("row %d is %s: %v %v", r.Row, r.Verdict, r.Problems, r.Notices)
			}
		}
		if len(plan.Rows) != done.Rows {
			t.Fatalf("%d rows read of %d written", len(plan.Rows), done.Rows)
		}
	})
}

// ordinary leaves out of a workspace what a sheet does not carry to another one.
func ordinary(c crm.Cooperation, in contents) map[string]any {
	campaign := in.Campaigns[slices.IndexFunc(in.Campaigns, func(o crm.Campaign) bool { return o.ID == c.Campaign })]
	one := in.Influencers[slices.IndexFunc(in.Influencers, func(o crm.Influencer) bool { return o.ID == c.Influencer })]
	profile, _ := one.Profile(c.Profile)
	return map[string]any{
		"campaign": campaign.Name, "influencer": one.Name, "email": one.Email, "phone": one.Phone, "tags": one.Tags, "category": one.Category,
		"platform": profile.Platform, "handle": profile.Handle, "status": c.Status, "period": c.Period, "cost": c.Cost,
		"cancellation": c.Cancellation,
		"utm":          c.UTM, "rules": c.Rules, "last touch": c.LastTouch, "notes": c.Notes, "custom": c.Custom, "name": c.Name,
	}
}

func (s *shop) cooperations() []map[string]any {
	all := s.contents()
	var list []map[string]any
	for _, c := range all.Cooperations {
		list = append(list, ordinary(c, all))
	}
	return list
}

// exportCase is a workspace of everything that a sheet carries to another one.
func exportCase(t failer) *shop {
	s := memoryShop(t, nil)
	summer, odd := s.campaign("Summer Sale"), s.campaign("=Odd")
	ida := s.influencer(crm.Influencer{Name: "Ida Castell", Email: "ida@example.com", Phone: "+49 170 1234567",
		Category: "Beauty", Tags: []string{"vip", "new"}, Profiles: []crm.Profile{
			{Platform: "instagram", Handle: "ida", Link: "https://instagram.com/ida",
				Followers: &crm.Followers{Count: 88139}}, {Platform: "tiktok", Handle: "k.a."},
		}})
	other := s.influencer(crm.Influencer{Name: "Ida Castell",
		Profiles: []crm.Profile{{Platform: "instagram", Handle: "other.ida"},
			{Platform: "instagram", Handle: "ida.two"}}})
	june := budget.Period{Start: budget.MustParseDate("2026-06-01"), End: budget.MustParseDate("2026-06-30")}
	tenOff := discount.Benefit{Kind: discount.Percentage, Value: decimal.RequireFromString("0.5")}
	for _, c := range []crm.Cooperation{
		{Campaign: summer.ID, Influencer: ida.ID, Profile: ida.Profiles[0].ID, Status: crm.Signed, Period: june,
			Cost: budget.FromMinor(123_450, "EUR"), LastTouch: true,
			UTM: utm.Params{Source: utm.Of("instagram"), Medium: utm.Of("influencer"), Term: utm.Of("ida"),
				Content: utm.Of("=x")}, Notes: "\"quoted\",\ntwo lines",
			Rules: []discount.Rule{{Match: discount.Equals, Pattern: "IDA10", Benefit: tenOff},
				{Match: discount.Contains, Pattern: "PAM,X", Benefit: tenOff},
				{Match: discount.StartsWith, Pattern: "A / B", Benefit: tenOff}},
			Custom: map[string]string{"Colour": "'=red", "Cost": "mine", "Agency": "@agency", "=Sum": "-5"}},
		{Campaign: summer.ID, Influencer: ida.ID, Profile: ida.Profiles[0].ID, Status: crm.Draft},
		{Campaign: summer.ID, Influencer: ida.ID, Profile: ida.Profiles[0].ID, Status: crm.Draft}, // the same once more
		{Campaign: odd.ID, Influencer: ida.ID, Profile: ida.Profiles[1].ID, Status: crm.Negotiating,
			Period: budget.Period{End: june.End}, Cost: budget.FromMinor(1_234, "KWD")},
		{Campaign: odd.ID, Influencer: other.ID, Profile: other.Profiles[0].ID, Status: crm.Signed,
			Period: budget.Period{Start: june.Start}, Cost: budget.FromMinor(1_234, "JPY"),
			Cancellation: &crm.Cancellation{On: june.End, Fee: budget.FromMinor(500, "JPY"), Reason: "ill"}},
		{Campaign: odd.ID, Influencer: other.ID, Profile: other.Profiles[1].ID, Status: crm.Negotiating,
			Cancellation: &crm.Cancellation{On: june.Start}},
	} {
		s.add(c)
	}
	return s
}

// TestExportMovesWorkspace imports an export into an empty workspace.
func TestExportMovesWorkspace(t *testing.T) {
	t.Parallel()
	from := exportCase(t)
	text, _ := from.export()
	to := memoryShop(t, nil)
	plan := to.bring(text)
	if plan.Counts[sheetimport.Created] != len(plan.Rows) {
		t.Fatalf("%q", account(plan))
	}
	if diff := cmp.Diff(from.cooperations(), to.cooperations(), slices.Concat(exactly, []cmp.Option{cmpopts.EquateEmpty(), cmpopts.EquateComparable(utm.Value{})})...); diff != "" {
		t.Errorf("(-from +to):\n%s", diff)
	}
	if again := to.bring(text); again.Counts[sheetimport.Unchanged] != len(again.Rows) {
		t.Errorf("the second time: %q", account(again))
	}
}

func parseCSV(t failer, text string) [][]string {
	t.Helper()
	lines, err := csv.NewReader(strings.NewReader(text)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return lines
}

func formatCSV(t failer, lines [][]string) string {
	t.Helper()
	var b strings.Builder
	if err := csv.NewWriter(&b).WriteAll(lines); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// setCells changes cells of an exported sheet, by row and header.
func setCells(t failer, text string, changes map[int]map[string]string) string {
	t.Helper()
	lines := parseCSV(t, text)
	for row, cells := range changes {
		for header, value := range cells {
			lines[row-1][slices.Index(lines[2], header)] = value
		}
	}
	return formatCSV(t, lines)
}

// TestExportedRows changes what an export wrote.
func TestExportedRows(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name    string
		cells   map[string]string // of row 4
		crm     func(*crm.Cooperation)
		want    string
		changes map[string]string // field: to
		note    string            // about the sheet
	}{
		{name: "nothing", want: "4 unchanged"},
		{name: "cost", cells: map[string]string{"Fixed Costs": "99.90"}, want: "4 updated", changes: map[string]string{"cost": "99.90 EUR"}},
		{name: "currency", cells: map[string]string{"Currency": "USD"}, want: "4 updated", changes: map[string]string{"cost": "1234.50 USD"}},
		{name: "percentage", cells: map[string]string{"Discount %": "20%"}, want: "4 updated",
			changes: map[string]string{"percentage": "20 % off"}},
		{name: "codes", cells: map[string]string{"Discount Code": "NEW10"}, want: "4 updated",
			changes: map[string]string{"code": "equals NEW10"}},
		{name: "the same day in other words", cells: map[string]string{"Posting Date": "01.06.2026"}, want: "4 unchanged"},
		{name: "a cleared cell says nothing", cells: map[string]string{"Notes": "", "Fixed Costs": ""}, want: "4 unchanged"},
		{name: "cancelled", cells: map[string]string{"Cancelled On": "2026-06-10", "Cancellation Fee": "50"}, want: "4 updated",
			changes: map[string]string{"status": "cancelled", "cancelled_on": "2026-06-10", "cancellation_fee": "50.00 EUR"}},
		{name: "custom", cells: map[string]string{"Custom: Cost": "yours"}, want: "4 updated",
			changes: map[string]string{"custom.Cost": "yours"}},
		{name: "other records stay", cells: map[string]string{"Contact Email": "new@example.com",
			"Campaign Name": "Winter"}, want: "4 unchanged ?kept@A ?kept@AH"},
		{name: "a tag is gone, followers came", cells: map[string]string{"Tags": "vip", "Followers": "90k"},
			want: "4 unchanged ?kept@AQ ?kept@G"},
		{name: "the end before the start", cells: map[string]string{"End Date": "2026-05-01"}, want: "4 rejected !not_valid@B"},
		{name: "unreadable", cells: map[string]string{"Fixed Costs": "two thousand"}, want: "4 rejected !not_an_amount@K"},
		{name: "saved since", cells: map[string]string{"Fixed Costs": "99.90"},
			crm:  func(c *crm.Cooperation) { c.Notes = "later" },
			want: "4 conflict !changed_since_export@K !changed_since_export@AI"},
		{name: "no id, but not made by an import", cells: map[string]string{"CRM ID": ""}, want: "4 duplicate ?made_by_hand"},
		{name: "an id of another workspace",
			cells: map[string]string{"CRM ID": "018f8f5e-8a2b-7c3d-9e4f-5a6b7c8d9e0f v1"},
			want:  "4 duplicate ?made_by_hand", note: "unknown_id"},
		{name: "no id at all", cells: map[string]string{"CRM ID": "me"}, want: "4 duplicate ?made_by_hand", note: "unknown_id"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			s := exportCase(t)
			text, _ := s.export()
			if tt.crm != nil {
				s.edit(s.contents().Cooperations[0], tt.crm)
			}
			plan := s.bring(setCells(t, text, map[int]map[string]string{4: tt.cells}))
			if got := account(plan)[0]; got != tt.want {
				t.Errorf("got  %q %+v\nwant %q", got, plan.Rows[0].Problems, tt.want)
			}
			if told := slices.ContainsFunc(plan.Notes, func(n sheet.Note) bool { return n.Code == "unknown_id" }); told != (tt.note != "") {
				t.Errorf("notes %v, want one of them: %q", plan.Notes, tt.note)
			}
			if plan.Rows[0].Verdict == sheetimport.Created {
				return
			}
			got := map[string]string{}
			for _, c := range plan.Rows[0].Changes {
				got[c.Field] = c.To
			}
			if diff := cmp.Diff(tt.changes, got, cmpopts.EquateEmpty()); diff != "" {
				t.Errorf("changes (-want +got):\n%s", diff)
			}
			again, _ := s.export()
			if p := s.plan(again); p.Counts[sheetimport.Unchanged] != len(p.Rows) {
				t.Errorf("exported again: %q", account(p))
			}
			if c := s.contents().Cooperations[0]; tt.name == "cancelled" && c.Status != crm.Signed {
				t.Errorf("cancelled, the deal is %s", c.Status)
			}
		})
	}
}

// TestExportedRowTwice repeats rows of an exported sheet.
func TestExportedRowTwice(t *testing.T) {
	t.Parallel()
	s := exportCase(t)
	text, _ := s.export()
	lines := parseCSV(t, text)
	changed := slices.Clone(lines[3])
	changed[slices.Index(lines[2], "Fixed Costs")] = "1"
	noted := slices.Clone(lines[4])
	noted[slices.Index(lines[2], "End Date")] = "2026-12-31"
	lines = append(lines, slices.Clone(lines[3]), noted, changed)
	want := []string{"10 duplicate of 4", "11 conflict of 5 !same_id@AS", "12 conflict of 4 !differs@K"}
	if diff := cmp.Diff(want, account(s.plan(formatCSV(t, lines)))[6:]); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// TestExportLeavesOut exports what a cell or a sheet cannot hold.
func TestExportLeavesOut(t *testing.T) {
	t.Parallel()
	s := memoryShop(t, nil)
	ida := s.influencer(crm.Influencer{Name: "Ida"})
	campaign := s.campaign("Sale")
	long := crm.Cooperation{Campaign: campaign.ID, Influencer: ida.ID, Custom: map[string]string{}}
	for n := range crm.MaxRules {
		long.Rules = append(long.Rules, discount.Rule{Match: discount.StartsWith, Pattern: fmt.Sprintf("%064d", n)})
	}
	s.add(long)
	for part := range 2 {
		custom := map[string]string{}
		for n := range 110 {
			custom[fmt.Sprintf("field %d", 110*part+n)] = "x"
		}
		s.add(crm.Cooperation{Campaign: campaign.ID, Influencer: ida.ID, Custom: custom})
	}
	text, done := s.export()
	var codes []string
	for _, n := range done.Notes {
		codes = append(codes, n.Code)
	}
	if diff := cmp.Diff([]string{"custom_fields_left_out", "cell_too_long"}, codes); diff != "" {
		t.Errorf("notes (-want +got):\n%s", diff)
	}
	if plan := s.plan(text); plan.Counts[sheetimport.Unchanged] != 3 {
		t.Errorf("%q", account(plan))
	}
	if width := len(parseCSV(t, text)[0]); width != sheet.DefaultMaxColumns {
		t.Errorf("%d columns", width)
	}
}

// TestExportOptions writes CSV in the ways that there are.
func TestExportOptions(t *testing.T) {
	t.Parallel()
	s := exportCase(t)
	for _, o := range []export.Options{{}, {Comma: ';', BOM: true}, {Comma: '\t'}, {Comma: '|', BOM: true}} {
		var b bytes.Buffer
		if _, err := export.CSV(s.ctx, s.service, s.ws, crm.CooperationFilter{}, &b, &o); err != nil {
			t.Fatal(err)
		}
		if got := strings.HasPrefix(b.String(), "\uFEFF"); got != o.BOM {
			t.Errorf("%+v: byte order mark: %t", o, got)
		}
		if plan := s.plan(b.String()); plan.Counts[sheetimport.Unchanged] != 6 {
			t.Errorf("%+v: %q", o, account(plan))
		}
	}
	var b bytes.Buffer
	_, err := export.CSV(s.ctx, s.service, s.ws, crm.CooperationFilter{}, &b, &export.Options{Comma: '"'})
	if fields := crm.FieldErrors(err); len(fields) != 1 || fields[0].Field != "comma" || b.Len() > 0 {
		t.Errorf("a quotation mark as delimiter: %v, %d bytes", err, b.Len())
	}
	if _, err := export.CSV(s.ctx, s.service, s.ws, crm.CooperationFilter{Archive: "x"}, &b, nil); len(crm.FieldErrors(err)) != 1 {
		t.Errorf("a wrong filter: %v", err)
	}
	done, err := export.CSV(s.ctx, s.service, s.ws, crm.CooperationFilter{Statuses: []crm.Status{crm.Draft}}, &b, nil)
	if done.Rows != 2 || err != nil {
		t.Errorf("drafts: %d rows, %v", done.Rows, err)
	}
}

// TestExportLayout holds the layout against Klar's.
func TestExportLayout(t *testing.T) {
	t.Parallel()
	text, _ := exportCase(t).export()
	got, klar := parseCSV(t, text)[:3], parseCSV(t, sample(t, "klar-sheet.csv"))[:3]
	for n := range klar {
		if diff := cmp.Diff(klar[n], got[n][:len(klar[n])]); diff != "" {
			t.Errorf("row %d (-Klar +export):\n%s", n+1, diff)
		}
	}
}
