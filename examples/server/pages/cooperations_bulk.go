package pages

import (
	"context"
	"net/url"
	"strings"

	"github.com/getklar/influencercrm/crm"
)

// changeCooperations does something to the cooperations that are chosen in a list, or to all that its filter selects.
func (v *visit) changeCooperations() (answer, error) {
	f := v.typed()
	all, err := chosen(v, f, crm.Reader.Cooperations, func(q url.Values) (crm.CooperationFilter, error) {
		for name, values := range q {
			if !isCooperationFilter(name) {
				return crm.CooperationFilter{}, notForThisAddress(name, strings.Join(values, " "))
			}
		}
		asked := newForm(q)
		filter := v.cooperationFilter(asked)
		for _, p := range asked.Problems {
			return filter, notForThisAddress(p.Field, p.Value)
		}
		return filter, nil
	})
	var changed crm.Bulk
	if err == nil && len(f.Problems) == 0 {
		changed, err = v.changeChosen(f, all)
	}
	return v.bulkAnswer(v.to("cooperations"), f, changed, err)
}

// changeChosen does what a form asks for.
func (v *visit) changeChosen(f *form, all []crm.At) (crm.Bulk, error) {
	do := f.Get("do")
	status, isStatus := strings.CutPrefix(do, "status.")
	switch {
	case isStatus:
		return v.crm.SetStatus(v.Context(), v.ws.ID, all, crm.Status(status), f.Get("reason"))
	case do == "archive":
		return v.crm.ArchiveAll(v.Context(), v.ws.ID, all, f.Get("reason"))
	case do == "":
		f.wrong("do", v.say("No change is chosen. Say what is to be done."))
		return crm.Bulk{}, nil
	case do != "tag":
		f.unknown(v, "do")
		return crm.Bulk{}, nil
	}
	tags := tagsOf(f.Get("tags"))
	if len(tags) == 0 {
		f.wrong("tags", v.say("No tag is given. Write some, with commas between."))
		return crm.Bulk{}, nil
	}
	return v.tagInfluencersOf(f, all, tags)
}

// tagInfluencersOf tags the influencers of cooperations, each once, whatever their versions are.
func (v *visit) tagInfluencersOf(f *form, all []crm.At, tags []string) (tagged crm.Bulk, err error) {
	ids := make([]crm.CooperationID, len(all))
	for n, at := range all {
		ids[n] = crm.CooperationID(at.ID)
	}
	err = v.crm.Named("tag influencers of cooperations").Update(v.Context(), v.ws.ID, func(ctx context.Context, w *crm.Work) error {
		cooperations, err := w.Cooperations().GetAll(ctx, ids)
		if err != nil {
			return err
		}
		there := map[crm.CooperationID]bool{}
		f.chosenFor = map[crm.Ref][]string{}
		var people []crm.At
		for _, c := range cooperations {
			there[c.ID] = true
			who := crm.RefTo(c.Influencer)
			if f.chosenFor[who] == nil {
				people = append(people, who.At(0))
			}
			f.chosenFor[who] = append(f.chosenFor[who], c.ID.String())
		}
		if tagged, err = w.Tag(ctx, people, tags, nil); err != nil {
			return err
		}
		for _, id := range ids {
			if !there[id] {
				tagged.Results = append(tagged.Results, crm.Result{Ref: crm.RefTo(id), Err: crm.RefTo(id).NotFound()})
			}
		}
		return nil
	})
	return tagged, err
}
