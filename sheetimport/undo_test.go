package sheetimport_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/getklar/influencercrm/crm"
)

// Two undos in a row take two imports back, also where the second has changed what the first has made. What a person
// has changed meanwhile stays, with the name and the person.
func TestUndoOfTwoImports(t *testing.T) {
	t.Parallel()
	const head = "Influencer,Handle,Platform,Campaign,Posting date,Fee,Email\n"
	for name, c := range map[string]struct {
		between func(*shop, crm.Cooperation)
		kept    []string
	}{
		"nobody else": {between: func(*shop, crm.Cooperation) {}, kept: []string{}},
		"somebody edited": {
			between: func(s *shop, c crm.Cooperation) { s.edit(c, func(c *crm.Cooperation) { c.Notes = "call her" }) },
			kept:    []string{"Sale - Ida - Instagram by mira", "Ida by mira", "Sale by "},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := memoryShop(t, nil)
			apply := func(csv string) crm.ImportRun {
				run, err := s.importer().Apply(s.ctx, s.plan(csv))
				if err != nil {
					t.Fatal(err)
				}
				return run
			}
			first := apply(head + "Ida,@ida,IG,Sale,2026-06-01,100,\nMats,@mats,IG,Sale,2026-06-01,100,\n")
			second := apply(head + "Ida,@ida,IG,Sale,2026-06-01,200,ida@example.com\nMats,@mats,IG,Sale,2026-06-01,150,\nLea,@lea,IG,Fall,,,\n")
			for _, made := range s.contents().Cooperations {
				if strings.Contains(made.Name, "Ida") {
					c.between(s, made)
				}
			}
			got := []string{}
			for _, run := range []crm.ImportRun{second, first} {
				done, err := s.service.UndoImport(s.ctx, s.ws, run.ID, "")
				if err != nil {
					t.Fatal(err)
				}
				for _, kept := range done.Kept {
					if run.ID == first.ID {
						got = append(got, kept.Name+" by "+kept.By)
					}
				}
			}
			if diff := cmp.Diff(c.kept, got); diff != "" {
				t.Errorf("what stays (-want +got):\n%s", diff)
			}
			there := s.contents()
			if len(c.kept) == 0 && len(there.Members)+len(there.Campaigns)+len(there.Influencers)+len(there.Cooperations) > 0 {
				t.Errorf("left: %+v", there)
			}
		})
	}
}
