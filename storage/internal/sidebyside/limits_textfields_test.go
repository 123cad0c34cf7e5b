package sidebyside_test

import (
	"context"
	"maps"
	"slices"
	"strconv"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/discount"
	"github.com/getklar/influencercrm/utm"
)

// textField is a text of a record with the most characters that it holds.
type textField struct {
	name          string // as errors have it
	most          int
	before, after string // what it begins and ends with
	folded        bool   // its folded form must not be longer either
	verbatim      bool   // its folded form may be of any length

	// save writes a record with the text. It returns the text as it is stored, and whether the
	// filters that should find the record by it do.
	save func(ctx context.Context, w *crm.Work, text string) (stored string, found bool, err error)
}

// texts are how the texts of one kind of record are tested.
type texts[R crm.Record, F any] struct {
	create func(ctx context.Context, w *crm.Work, set func(*R)) (R, error)
	get    func(ctx context.Context, r crm.Reader, id crm.ID[R]) (R, error)
	list   func(crm.Reader) crm.Records[R, F]
}

// field is a text that stands at a place of the record; filters find the record by the text.
func (t texts[R, F]) field(name string, most int, at func(*R) *string, filters ...func(text string) F) textField {
	return t.value(name, most, func(r *R, text string) { *at(r) = text }, func(r R) string { return *at(&r) }, filters...)
}

// value is a field whose text has no place in memory.
func (t texts[R, F]) value(name string, most int, set func(*R, string), get func(R) string, filters ...func(text string) F) textField {
	return textField{name: name, most: most, save: func(ctx context.Context, w *crm.Work, text string) (string, bool, error) {
		made, err := t.create(ctx, w, func(r *R) { set(r, text) })
		if err != nil {
			return "", false, err
		}
		stored, err := t.get(ctx, w, crm.ID[R](made.Ref().ID))
		if err != nil {
			return "", false, err
		}
		for _, filter := range filters {
			page, err := t.list(w).List(ctx, filter(text), crm.ListOptions{Size: crm.MaxPageSize})
			if err != nil {
				return "", false, err
			}
			if !slices.ContainsFunc(page.Items, func(r R) bool { return r.Ref() == made.Ref() }) {
				return get(stored), false, nil
			}
		}
		return get(stored), true, nil
	}}
}

func (f textField) within(before, after string) textField {
	f.before, f.after = before, after
	return f
}

func (f textField) asItIs() textField {
	f.verbatim = true
	return f
}

func (f textField) alsoFolded() textField {
	f.folded = true
	return f
}

// textFields are the texts of all kinds of records.
func (s *shop) textFields() []textField {
	s.Helper()
	var campaign crm.Campaign
	var influencer crm.Influencer
	s.update(func(ctx context.Context, w *crm.Work) (err error) {
		if campaign, err = w.CreateCampaign(ctx, crm.Campaign{Name: "Summer"}); err == nil {
			influencer, err = w.CreateInfluencer(ctx, crm.Influencer{Name: "Pam"})
		}
		return err
	})
	booking := crm.Cooperation{Campaign: campaign.ID, Influencer: influencer.ID}
	return slices.Concat(workspaceTexts(), memberTexts(), campaignTexts(), influencerTexts(), cooperationTexts(booking), importTexts(booking))
}

func workspaceTexts() []textField {
	t := texts[crm.Workspace, struct{}]{
		create: func(ctx context.Context, w *crm.Work, set func(*crm.Workspace)) (crm.Workspace, error) {
			ws, err := w.Workspace(ctx)
			if set(&ws); err != nil {
				return ws, err
			}
			return w.UpdateWorkspace(ctx, ws, "")
		},
		get: func(ctx context.Context, r crm.Reader, _ crm.WorkspaceID) (crm.Workspace, error) {
			return r.Workspace(ctx)
		},
	}
	return []textField{
		t.field("name", crm.MaxName, func(w *crm.Workspace) *string { return &w.Name }),
		t.field("sources.sheet.link", crm.MaxLink,
			func(w *crm.Workspace) *string { return &w.Sources.Sheet.Link }).within("https://example.com/", ""),
		t.field("ignored_codes[0]", discount.MaxCodeLen, func(w *crm.Workspace) *string { return first(&w.IgnoredCodes) }).alsoFolded(),
	}
}

func memberTexts() []textField {
	t := textsOf(members, (*crm.Work).CreateMember, func(string) crm.Member { return crm.Member{Name: "Mira"} })
	anywhere := func(text string) crm.MemberFilter { return crm.MemberFilter{Text: text} }
	return []textField{
		t.field("name", crm.MaxName, func(m *crm.Member) *string { return &m.Name }, anywhere,
			func(text string) crm.MemberFilter { return crm.MemberFilter{Name: text} }),
		t.field("email", crm.MaxLink, func(m *crm.Member) *string { return &m.Email }, anywhere).within("", "@example.com"),
	}
}

func campaignTexts() []textField {
	t := textsOf(campaigns, (*crm.Work).CreateCampaign, func(unique string) crm.Campaign { return crm.Campaign{Name: unique} })
	anywhere := func(text string) crm.CampaignFilter { return crm.CampaignFilter{Text: text} }
	return []textField{
		t.field("name", crm.MaxName, func(c *crm.Campaign) *string { return &c.Name }, anywhere,
			func(text string) crm.CampaignFilter { return crm.CampaignFilter{Name: text} }),
		t.field("notes", crm.MaxNotes, func(c *crm.Campaign) *string { return &c.Notes }, anywhere),
	}
}

func influencerTexts() []textField {
	t := textsOf(influencers, (*crm.Work).CreateInfluencer, func(string) crm.Influencer { return crm.Influencer{Name: "Emma"} })
	anywhere := func(text string) crm.InfluencerFilter { return crm.InfluencerFilter{Text: text} }
	profile := func(i *crm.Influencer) *crm.Profile {
		p := first(&i.Profiles)
		if p.Platform == "" {
			p.Platform = "instagram"
		}
		return p
	}
	return []textField{
		t.field("name", crm.MaxName, func(i *crm.Influencer) *string { return &i.Name }, anywhere,
			func(text string) crm.InfluencerFilter { return crm.InfluencerFilter{Name: text} }),
		t.field("email", crm.MaxLink, func(i *crm.Influencer) *string { return &i.Email }, anywhere).within("", "@example.com"),
		t.field("category", crm.MaxName, func(i *crm.Influencer) *string { return &i.Category }, anywhere,
			func(text string) crm.InfluencerFilter { return crm.InfluencerFilter{Categories: []string{text}} }),
		t.field("notes", crm.MaxNotes, func(i *crm.Influencer) *string { return &i.Notes }, anywhere),
		t.field("tags[0]", crm.MaxName, func(i *crm.Influencer) *string { return first(&i.Tags) }, anywhere,
			func(text string) crm.InfluencerFilter { return crm.InfluencerFilter{Tags: []string{text}} }),
		t.value("custom.size", crm.MaxNotes, func(i *crm.Influencer, text string) { i.Custom = map[string]string{"size": text} },
			func(i crm.Influencer) string { return i.Custom["size"] }, anywhere),
		t.value("custom", crm.MaxName, func(i *crm.Influencer, text string) { i.Custom = map[string]string{text: "M"} },
			func(i crm.Influencer) string { return slices.Collect(maps.Keys(i.Custom))[0] }),
		t.field("profiles[0].platform", 100, func(i *crm.Influencer) *string { return &profile(i).Platform },
			func(text string) crm.InfluencerFilter { return crm.InfluencerFilter{Platforms: []string{text}} }).alsoFolded(),
		t.field("profiles[0].handle", 100, func(i *crm.Influencer) *string { return &profile(i).Handle }, anywhere,
			func(text string) crm.InfluencerFilter {
				return crm.InfluencerFilter{Handle: text, Platforms: []string{"IG"}}
			}),
		t.field("profiles[0].link", crm.MaxLink, func(i *crm.Influencer) *string { return &profile(i).Link }, anywhere,
			func(text string) crm.InfluencerFilter { return crm.InfluencerFilter{Link: text} }).within("https://example.com/", ""),
		t.field("profiles[0].rules[0].pattern", discount.MaxCodeLen,
			func(i *crm.Influencer) *string { return pattern(&profile(i).Rules) }).alsoFolded(),
	}
}

func cooperationTexts(booking crm.Cooperation) []textField {
	t := textsOf(cooperations, func(w *crm.Work, ctx context.Context, c crm.Cooperation) (crm.Cooperation, error) {
		saved, err := w.CreateCooperation(ctx, c)
		return saved.Cooperation, err
	}, func(string) crm.Cooperation { return booking })
	anywhere := func(text string) crm.CooperationFilter { return crm.CooperationFilter{Text: text} }
	return []textField{
		t.field("name", cooperationName, func(c *crm.Cooperation) *string { return &c.Name }, anywhere,
			func(text string) crm.CooperationFilter { return crm.CooperationFilter{Name: text} }),
		t.field("notes", crm.MaxNotes, func(c *crm.Cooperation) *string { return &c.Notes }, anywhere),
		t.value("custom.size", crm.MaxNotes, func(c *crm.Cooperation, text string) { c.Custom = map[string]string{"size": text} },
			func(c crm.Cooperation) string { return c.Custom["size"] }, anywhere),
		t.field("rules[0].pattern", discount.MaxCodeLen, func(c *crm.Cooperation) *string { return pattern(&c.Rules) }, anywhere).alsoFolded(),
		t.value("utm.content", utm.MaxValueLen, func(c *crm.Cooperation, text string) { c.UTM.Content = utm.Of(text) },
			func(c crm.Cooperation) string { return c.UTM.Content.String() }).asItIs(),
		t.field("cancellation.reason", crm.MaxNotes, func(c *crm.Cooperation) *string {
			if c.Cancellation == nil {
				c.Cancellation = &crm.Cancellation{On: budget.MustParseDate("2026-06-01")}
			}
			return &c.Cancellation.Reason
		}),
	}
}

func importTexts(booking crm.Cooperation) []textField {
	rows := textsOf(cooperations, (*crm.Work).ImportCooperation, func(string) crm.Cooperation {
		c := booking
		c.Imported = &crm.Imported{Key: "row"}
		return c
	})
	runs := textsOf(importRuns, (*crm.Work).RecordImport, func(string) crm.ImportRun { return crm.ImportRun{} })
	return []textField{
		rows.field("imported.source", crm.MaxName, func(c *crm.Cooperation) *string { return &c.Imported.Source }).asItIs(),
		rows.field("imported.key", crm.MaxName, func(c *crm.Cooperation) *string { return &c.Imported.Key },
			func(text string) crm.CooperationFilter { return crm.CooperationFilter{ImportKey: text} }).asItIs(),
		rows.value("imported.values", crm.MaxNotes, func(c *crm.Cooperation, text string) { c.Imported.Values = map[string]string{"cost": text} },
			func(c crm.Cooperation) string { return c.Imported.Values["cost"] }),
		runs.field("source", crm.MaxName, func(r *crm.ImportRun) *string { return &r.Source },
			func(text string) crm.ImportRunFilter { return crm.ImportRunFilter{Source: text} }),
	}
}

// textsOf are the texts of a kind of record that is made from one with a name of its own.
func textsOf[R crm.Record, F any](k kind[R, F], create func(*crm.Work, context.Context, R) (R, error), start func(unique string) R) texts[R, F] {
	return texts[R, F]{
		create: func(ctx context.Context, w *crm.Work, set func(*R)) (R, error) {
			head, err := w.Head(ctx)
			r := start("Number " + strconv.Itoa(int(head.Seq)))
			if set(&r); err != nil {
				return r, err
			}
			return create(w, ctx, r)
		},
		get:  func(ctx context.Context, r crm.Reader, id crm.ID[R]) (R, error) { return k.records(r).Get(ctx, id) },
		list: k.records,
	}
}

// first is the place of the first element of a list, which gets one if it is empty.
func first[E any](list *[]E) *E {
	if len(*list) == 0 {
		*list = make([]E, 1)
	}
	return &(*list)[0]
}

func pattern(rules *[]discount.Rule) *string {
	rule := first(rules)
	rule.Match = discount.Equals
	return &rule.Pattern
}
