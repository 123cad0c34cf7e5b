package sheetimport_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/uuid"
	"pgregory.net/rapid"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/sheetimport"
	"github.com/getklar/influencercrm/sheetimport/csvfile"
)

// accountCells are what may stand in the columns of sheets that name accounts in all ways: by handles in any case, and by links
// with and without a handle, a slash at the end, a query.
var accountCells = []struct {
	header string
	cells  []string
}{
	{"Campaign", []string{"Sale", "SALE ", "Autumn"}},
	{"Influencer", []string{"Ida Castell", "ida castell", "Mats Lang", "Lea Weiß", "Ida C.", ""}},
	{"Handle", []string{"", "@ida", "IDA", "mats", "https://www.instagram.com/Ida/"}},
	{"Profile link", []string{"", "https://www.instagram.com/Ida/", "instagram.com/ida?igsh=1",
		"http://tiktok.com/@mats", "https://instagram.com/mats",
		"https://m.facebook.com/profile.php?id=1000&x=1", "https://www.facebook.com/people/Ida/1000",
		"https://www.ida.example/blog/", "http://ida.example/blog",
		"https://www.lemon8-app.com/@ida", "https://linktr.ee/ida"}},
	{"Platform", []string{"Instagram", "TikTok", "Facebook", "Blog", "Lemon8"}},
	{"Posting date", []string{"2026-06-01", "2026-06-02", ""}},
	{"Fee", []string{"100", "200"}},
}

func drawAccounts(t *rapid.T) table {
	s := table{comma: ','}
	for _, c := range accountCells {
		s.headers = append(s.headers, c.header)
	}
	for range rapid.IntRange(1, 5).Draw(t, "rows") {
		row := make([]string, len(accountCells))
		for n, c := range accountCells {
			row[n] = rapid.SampledFrom(c.cells).Draw(t, c.header)
		}
		s.rows = append(s.rows, row)
	}
	return s
}

// samePlan fails unless a plan made of look-ups equals the one made after reading the whole workspace.
func (s *shop) samePlan(text string) {
	s.t.Helper()
	options := s.options
	options.NewID = func() uuid.UUID { return uuid.UUID{15: 1} }
	plan := func(i *sheetimport.Importer) string {
		plan, err := i.Plan(s.ctx, s.ws, csvfile.New("plan.csv", strings.NewReader(text), nil))
		if err != nil {
			s.t.Fatal(err)
		}
		return jsonOf(s.t, plan)
	}
	named := plan(sheetimport.New(s.service, &options))
	if diff := cmp.Diff(plan(sheetimport.ReadWhole(sheetimport.New(s.service, &options))), named); diff != "" {
		s.t.Fatalf("%s\n-of the whole workspace +of what the sheet names:\n%s", text, diff)
	}
}

// Likewise for accounts, in whatever way the sheet and the CRM name them.
func TestPlansFindTheAccountsThatTheSheetNames(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		s := memoryShop(t, nil)
		for range rapid.IntRange(1, 2).Draw(t, "imports before") {
			earlier := drawAccounts(t)
			s.bring(earlier.text(t, earlier.inOrder()))
		}
		for _, i := range s.contents().Influencers {
			switch rapid.IntRange(0, 4).Draw(t, "edit") {
			case 0:
				i.Name += " (renamed)"
			case 1:
				if len(i.Profiles) > 0 && i.Profiles[0].Link != "" {
					i.Profiles[0].Handle = "" // the link alone says who it is
				}
			default:
				continue
			}
			if _, err := s.service.UpdateInfluencer(s.ctx, s.ws, i, ""); err != nil {
				t.Fatal(err)
			}
		}
		sheet := drawAccounts(t)
		text := sheet.text(t, sheet.inOrder())
		if rapid.IntRange(0, 3).Draw(t, "of an export") == 0 {
			exported, _ := s.export()
			text = strings.NewReplacer("Instagram", rapid.SampledFrom([]string{"Instagram", "TikTok"}).Draw(t,
				"platform"), "Sale", "Sale 2").Replace(exported)
		}
		s.samePlan(text)
	})
}

// The ways in which a profile of the CRM and a row name one account, each of which a look-up once missed.
func TestPlanFindsTheAccountOfARow(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct{ platform, handle, link, row string }{
		"a handle, and a link in the sheet":         {"instagram", "Ida", "", "Instagram,,https://www.instagram.com/ida/?igsh=1"},
		"a handle, and another case in the sheet":   {"instagram", "Ida", "", "Instagram,@IDA,"},
		"a link alone, and the handle in the sheet": {"instagram", "", "https://www.instagram.com/ida/?igsh=1", "Instagram,@ida,"},
		"a link alone, and one without its slash": {"instagram", "", "https://www.instagram.com/ida/",
			"Instagram,,http://instagram.com/ida"},
		"a number, and another link with it": {"facebook", "",
			"https://www.facebook.com/profile.php?id=1000", "Facebook,,https://m.facebook.com/people/Ida/1000"},
		"a page, and its link with a slash":              {"blog", "", "https://ida.example/blog", "Blog,,http://www.ida.example/blog/"},
		"a link to a platform whose host is not known":   {"lemon8", "", "https://www.lemon8-app.com/@ida", "Lemon8,ida,"},
		"a handle on a platform whose host is not known": {"lemon8", "Ida", "", "Lemon8,,https://www.lemon8-app.com/ida"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := memoryShop(t, nil)
			ida := crm.Influencer{Name: "Ida Castell", Profiles: []crm.Profile{{Platform: tt.platform, Handle: tt.handle, Link: tt.link}}}
			if _, err := s.service.CreateInfluencer(s.ctx, s.ws, ida); err != nil {
				t.Fatal(err)
			}
			text := "Influencer,Platform,Handle,Profile link,Campaign,Posting date,Fee\nI. C.," + tt.row + ",Sale,2026-06-01,100\n"
			s.samePlan(text)
			if got := account(s.plan(text)); !strings.Contains(got[0], "other_name") {
				t.Errorf("%q is not taken for the influencer of the CRM", got)
			}
		})
	}
}
