package pages

import (
	"net/url"
	"slices"
	"strings"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/wire"
)

// changeInfluencers changes the influencers that are chosen in the list, or all that its filter selects.
func (v *visit) changeInfluencers() (answer, error) {
	f := v.typed()
	all, err := chosen(v, f, crm.Reader.Influencers, func(q url.Values) (crm.InfluencerFilter, error) {
		asked, err := wire.Query[influencerQuery](q)
		return asked.InfluencerFilter, err
	})
	var changed crm.Bulk
	if err == nil && len(f.Problems) == 0 {
		changed, err = v.changeAll(f, all)
	}
	return v.bulkAnswer(v.to("influencers"), f, changed, err)
}

func (v *visit) changeAll(f *form, all []crm.At) (crm.Bulk, error) {
	switch f.Get("do") {
	case "archive":
		return v.crm.ArchiveAll(v.Context(), v.ws.ID, all, "")
	case "change":
		change, err := v.changeOf(f)
		if err != nil {
			return crm.Bulk{}, err
		}
		if change == nil {
			f.wrong("do", v.say("No change is chosen. Say what is to be set, added or removed."))
			return crm.Bulk{}, nil
		}
		return v.crm.ChangeInfluencers(v.Context(), v.ws.ID, all, change, "")
	}
	f.unknown(v, "do")
	return crm.Bulk{}, nil
}

// changeOf is what a form asks to change in each influencer; nil for nothing.
func (v *visit) changeOf(f *form) (func(*crm.Influencer), error) {
	facets, err := v.influencerFacets()
	if err != nil {
		return nil, err
	}
	known := labels(facets.Tags)
	add, remove := tagsOf(f.Get("add"), known...), f.Get("remove")
	category, keep := strings.TrimSpace(f.Get("category")), f.Get("responsible") == "keep" || !f.Values.Has("responsible")
	responsible := crm.MemberID{}
	if text := f.Get("responsible"); !keep && text != "" {
		if responsible, err = crm.ParseID[crm.Member](text); err != nil {
			return nil, err
		}
	}
	if len(add) == 0 && len(tagsOf(remove)) == 0 && category == "" && keep {
		return nil, nil
	}
	return func(i *crm.Influencer) {
		// The facet has only the most frequent tags; one with a comma that it lacks is known from who has it.
		i.Retag(add, tagsOf(remove, slices.Concat(known, i.Tags)...))
		if category != "" {
			i.Category = category
		}
		if !keep {
			i.Responsible = responsible
		}
	}, nil
}
