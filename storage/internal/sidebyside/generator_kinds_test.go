package sidebyside_test

import (
	"context"

	"pgregory.net/rapid"

	"github.com/getklar/influencercrm/crm"
)

// kind is what the test needs to know about one kind of record.
type kind[R crm.Record, F any] struct {
	records func(crm.Reader) crm.Records[R, F]
	sorts   []crm.Sort
	all     F // selects everything
	filter  func(generator) F
}

func (k kind[R, F]) name() crm.Kind {
	var none R
	return none.Ref().Kind
}

// everything lists all records.
func (k kind[R, F]) everything(ctx context.Context, r crm.Reader) ([]R, error) {
	page, err := k.records(r).List(ctx, k.all, crm.ListOptions{Size: crm.MaxPageSize})
	return page.Items, err
}

var members = kind[crm.Member, crm.MemberFilter]{
	records: crm.Reader.Members,
	sorts:   []crm.Sort{crm.SortCreated, crm.SortName},
	all:     crm.MemberFilter{Archive: crm.ActiveOrNot},
	filter: func(g generator) crm.MemberFilter {
		return crm.MemberFilter{Name: g.wanted(goodNames...), Text: g.piece(), Archive: g.archive()}
	},
}

var campaigns = kind[crm.Campaign, crm.CampaignFilter]{
	records: crm.Reader.Campaigns,
	sorts:   []crm.Sort{crm.SortCreated, crm.SortName, crm.SortStart},
	all:     crm.CampaignFilter{Archive: crm.ActiveOrNot},
	filter: func(g generator) crm.CampaignFilter {
		return crm.CampaignFilter{Name: g.wanted(goodNames...), Text: g.piece(), HasAmount: g.oneIn(4, "has an amount"), Archive: g.archive()}
	},
}

var influencers = kind[crm.Influencer, crm.InfluencerFilter]{
	records: crm.Reader.Influencers,
	sorts:   []crm.Sort{crm.SortCreated, crm.SortName, crm.SortChanged},
	all:     crm.InfluencerFilter{Archive: crm.ActiveOrNot},
	filter: func(g generator) crm.InfluencerFilter {
		f := crm.InfluencerFilter{
			Name: g.wanted(goodNames...), Platforms: g.anyOf("insta", "TikTok", "BLÖG"), Handle: g.wanted("PAM", "strasse"),
			Link: g.wanted("https://EXAMPLE.com/pam"), Categories: g.anyOf(goodNames...), Tags: g.anyOf(goodNames...),
			Unassigned: g.oneIn(8, "unassigned"),
			Text:       g.piece(), Archive: g.archive(),
		}
		if g.oneIn(4, "by responsible") {
			f.Responsibles = someIDs(g, g.members)
		}
		return f
	},
}

var cooperations = kind[crm.Cooperation, crm.CooperationFilter]{
	records: crm.Reader.Cooperations,
	sorts:   []crm.Sort{crm.SortCreated, crm.SortName, crm.SortStart, crm.SortChanged, crm.SortStatus, crm.SortCost, crm.SortInfluencer},
	all:     crm.CooperationFilter{Archive: crm.ActiveOrNot},
	filter: func(g generator) crm.CooperationFilter {
		f := crm.CooperationFilter{
			Unassigned: g.oneIn(8, "unassigned"), Platforms: g.anyOf("insta", "TikTok", "BLÖG"),
			Categories: g.anyOf(goodNames...), Tags: g.anyOf(goodNames...), Name: g.wanted("Pam - Emma", "Special", "PAM - pam - instagram"),
			ImportKey: g.wanted("row 1", "row 2"), ImportSource: g.wanted(goodNames...),
			HasAmount: g.oneIn(4, "has an amount"), Text: g.piece(), Archive: g.archive(),
		}
		for _, status := range g.anyOf("draft", "negotiating", "signed", "done") {
			f.Statuses = append(f.Statuses, crm.Status(status))
		}
		if g.oneIn(4, "by campaign") {
			f.Campaigns = someIDs(g, g.campaigns)
		}
		if g.oneIn(4, "by influencer") {
			f.Influencers = someIDs(g, g.influencers)
		}
		if g.oneIn(4, "by responsible") {
			f.Responsibles = someIDs(g, g.members)
		}
		if g.oneIn(2, "during") {
			f.During = g.period()
		}
		return f
	},
}

var importRuns = kind[crm.ImportRun, crm.ImportRunFilter]{
	records: crm.Reader.ImportRuns,
	sorts:   []crm.Sort{crm.SortCreated},
	filter: func(g generator) crm.ImportRunFilter {
		return crm.ImportRunFilter{Source: g.wanted(goodNames...), Standing: g.oneIn(3, "standing")}
	},
}

// wanted is a text of a filter, which mostly asks for nothing.
func (g generator) wanted(of ...string) string {
	if !g.oneIn(5, "wanted") {
		return ""
	}
	return one(g, "text", of...)
}

// anyOf are values of a field of a filter, which mostly asks for nothing.
func (g generator) anyOf(of ...string) (all []string) {
	for g.oneIn(5, "wanted") {
		all = append(all, one(g, "text", of...))
	}
	return all
}

// someIDs are ids of a field of a filter.
func someIDs[R crm.Record](g generator, known []R) []crm.ID[R] {
	all := []crm.ID[R]{pick(g, known)}
	for g.oneIn(2, "another") {
		all = append(all, pick(g, known))
	}
	return all
}

func (g generator) piece() string {
	return g.wanted("a", "AM", "STRASS", "10", "%", "_", "日", "\u200b", "صلى", `"c"`)
}

func (g generator) archive() crm.Archive {
	return one(g, "archive", crm.ActiveOnly, crm.ActiveOrNot, crm.ActiveOrNot, crm.ArchivedOnly, "some")
}

// listOptions are good but for a few.
func (g generator) listOptions(sorts []crm.Sort) crm.ListOptions {
	o := crm.ListOptions{Size: one(g, "size", 0, 1, 3, crm.MaxPageSize), Sort: one(g, "sort", sorts...), Desc: rapid.Bool().Draw(g.T, "desc")}
	switch rapid.IntRange(0, 20).Draw(g.T, "bad option") {
	case 0:
		o.Size = -1
	case 1:
		o.Sort = "colour"
	case 2:
		o.Token = "eyJzIjoi"
	}
	return o
}

func (g generator) changeFilter() crm.ChangeFilter {
	f := crm.ChangeFilter{After: crm.Seq(rapid.IntRange(-1, len(g.log)+1).Draw(g.T, "after"))}
	if g.oneIn(3, "before") {
		f.Before = crm.Seq(rapid.IntRange(-1, len(g.log)+1).Draw(g.T, "before"))
	}
	f.Newest = rapid.Bool().Draw(g.T, "newest")
	if len(g.log) > 0 && rapid.Bool().Draw(g.T, "of a record") {
		f.Record = rapid.SampledFrom(g.log).Draw(g.T, "record").Record
	}
	if g.oneIn(3, "of a unit") {
		f.Unit = g.unit()
	}
	return f
}

func (g generator) claimFilter() crm.ClaimFilter {
	kinds := []crm.ClaimKind{crm.ClaimEquals, crm.ClaimContains, crm.ClaimStartsWith, crm.ClaimEndsWith, crm.ClaimUTM, "none"}
	return crm.ClaimFilter{Kinds: rapid.SliceOfN(rapid.SampledFrom(kinds), 0, 3).Draw(g.T, "kinds"), Key: g.wanted("pam10", "emma20")}
}
