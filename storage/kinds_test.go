package storage_test

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
	filter  func(hand) F
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
	filter: func(h hand) crm.MemberFilter {
		return crm.MemberFilter{Name: h.wanted(goodNames...), Text: h.piece(), Archive: h.archive()}
	},
}

var campaigns = kind[crm.Campaign, crm.CampaignFilter]{
	records: crm.Reader.Campaigns,
	sorts:   []crm.Sort{crm.SortCreated, crm.SortName, crm.SortStart},
	all:     crm.CampaignFilter{Archive: crm.ActiveOrNot},
	filter: func(h hand) crm.CampaignFilter {
		return crm.CampaignFilter{Name: h.wanted(goodNames...), Text: h.piece(), HasAmount: h.oneIn(4, "has an amount"), Archive: h.archive()}
	},
}

var influencers = kind[crm.Influencer, crm.InfluencerFilter]{
	records: crm.Reader.Influencers,
	sorts:   []crm.Sort{crm.SortCreated, crm.SortName},
	all:     crm.InfluencerFilter{Archive: crm.ActiveOrNot},
	filter: func(h hand) crm.InfluencerFilter {
		f := crm.InfluencerFilter{
			Name: h.wanted(goodNames...), Platform: h.wanted("insta", "TikTok", "BLÖG"), Handle: h.wanted("PAM", "strasse"),
			Link: h.wanted("https://EXAMPLE.com/pam"), Category: h.wanted(goodNames...), Tag: h.wanted(goodNames...),
			Text: h.piece(), Archive: h.archive(),
		}
		if h.oneIn(4, "by responsible") {
			f.Responsible = pick(h, h.members)
		}
		return f
	},
}

var cooperations = kind[crm.Cooperation, crm.CooperationFilter]{
	records: crm.Reader.Cooperations,
	sorts:   []crm.Sort{crm.SortCreated, crm.SortName, crm.SortStart},
	all:     crm.CooperationFilter{Archive: crm.ActiveOrNot},
	filter: func(h hand) crm.CooperationFilter {
		f := crm.CooperationFilter{
			Status: crm.Status(h.wanted("draft", "negotiating", "signed", "done")), Name: h.wanted("Pam - Emma", "Special", "PAM - pam - instagram"),
			ImportKey: h.wanted("row 1", "row 2"), HasAmount: h.oneIn(4, "has an amount"), Text: h.piece(), Archive: h.archive(),
		}
		if h.oneIn(4, "by campaign") {
			f.Campaign = pick(h, h.campaigns)
		}
		if h.oneIn(4, "by influencer") {
			f.Influencer = pick(h, h.influencers)
		}
		if h.oneIn(4, "by responsible") {
			f.Responsible = pick(h, h.members)
		}
		if h.oneIn(2, "during") {
			f.During = h.period()
		}
		return f
	},
}

var importRuns = kind[crm.ImportRun, crm.ImportRunFilter]{
	records: crm.Reader.ImportRuns,
	sorts:   []crm.Sort{crm.SortCreated},
	filter: func(h hand) crm.ImportRunFilter {
		return crm.ImportRunFilter{Source: h.wanted(goodNames...), Standing: h.oneIn(3, "standing")}
	},
}

// wanted is a text of a filter, which mostly asks for nothing.
func (h hand) wanted(of ...string) string {
	if !h.oneIn(5, "wanted") {
		return ""
	}
	return one(h, "text", of...)
}

func (h hand) piece() string {
	return h.wanted("a", "AM", "STRASS", "10", "%", "_", "日", "\u200b", "صلى", `"c"`)
}

func (h hand) archive() crm.Archive {
	return one(h, "archive", crm.ActiveOnly, crm.ActiveOrNot, crm.ActiveOrNot, crm.ArchivedOnly, "some")
}

// listOptions are good but for a few.
func (h hand) listOptions(sorts []crm.Sort) crm.ListOptions {
	o := crm.ListOptions{Size: one(h, "size", 0, 1, 3, crm.MaxPageSize), Sort: one(h, "sort", sorts...), Desc: rapid.Bool().Draw(h.T, "desc")}
	switch rapid.IntRange(0, 20).Draw(h.T, "bad option") {
	case 0:
		o.Size = -1
	case 1:
		o.Sort = "colour"
	case 2:
		o.Token = "eyJzIjoi"
	}
	return o
}

func (h hand) changeFilter() crm.ChangeFilter {
	f := crm.ChangeFilter{After: crm.Seq(rapid.IntRange(-1, len(h.log)+1).Draw(h.T, "after"))}
	if len(h.log) > 0 && rapid.Bool().Draw(h.T, "of a record") {
		f.Record = rapid.SampledFrom(h.log).Draw(h.T, "record").Record
	}
	if h.oneIn(3, "of a unit") {
		f.Unit = h.unit()
	}
	return f
}

func (h hand) claimFilter() crm.ClaimFilter {
	kinds := []crm.ClaimKind{crm.ClaimEquals, crm.ClaimContains, crm.ClaimStartsWith, crm.ClaimEndsWith, crm.ClaimUTM, "none"}
	return crm.ClaimFilter{Kinds: rapid.SliceOfN(rapid.SampledFrom(kinds), 0, 3).Draw(h.T, "kinds"), Key: h.wanted("pam10", "emma20")}
}
