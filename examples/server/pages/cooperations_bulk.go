package pages

import (
	"context"
	"strconv"
	"strings"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/web"
)

// dealsBulk is what became of each record of a bulk operation.
type dealsBulk struct {
	Rows []dealsBulkRow
	Done int // how many are as wanted
	Back string
}

// dealsBulkRow is the outcome for one record.
type dealsBulkRow struct {
	Name, Link string
	Problem    string // why it was not changed; empty if it is as wanted
}

// changeCooperations does something to the cooperations that are chosen in a list.
func (v *visit) changeCooperations() (answer, error) {
	all, err := v.chosenCooperations()
	if err != nil {
		return nil, err
	}
	back := v.back(v.to("cooperations"))
	if len(all) == 0 {
		return redirect(back), nil
	}
	f := v.typed()
	bulk, err := v.bulk(f, all)
	if f.refused(v, err) {
		d := dealsBulk{Back: back}
		for _, p := range f.Problems {
			d.Rows = append(d.Rows, dealsBulkRow{Problem: p.Problem})
		}
		return view{page: "cooperations_done", title: v.say("What was done"), data: d}.again(), nil
	}
	if err != nil {
		return nil, err
	}
	d := dealsBulk{Back: back}
	refs := make([]crm.Ref, len(bulk.Results))
	for n, r := range bulk.Results {
		refs[n] = r.Ref
	}
	names := v.names(refs)
	for _, r := range bulk.Results {
		row := dealsBulkRow{Name: names[r.Ref], Link: v.linkTo(r.Ref), Problem: v.problemsIn(r.Err)}
		if r.Err == nil {
			d.Done++
		}
		d.Rows = append(d.Rows, row)
	}
	if d.Done == len(d.Rows) {
		return done(back, bulk.Done), nil
	}
	a := view{page: "cooperations_done", title: v.say("What was done"), data: d}
	if d.Done == 0 {
		return a.again(), nil
	}
	return a, nil
}

// bulk does what a form asks for.
func (v *visit) bulk(f *form, all []crm.At) (crm.Bulk, error) {
	do := f.Get("do")
	if status, ok := strings.CutPrefix(do, "status."); ok {
		return v.crm.SetStatus(v.Context(), v.ws.ID, all, crm.Status(status), f.Get("reason"))
	}
	if do == "tag" {
		people, err := v.influencersOf(all)
		if err != nil {
			return crm.Bulk{}, err
		}
		var tags []string
		for _, tag := range strings.Split(f.Get("tags"), ",") {
			if tag = strings.TrimSpace(tag); tag != "" {
				tags = append(tags, tag)
			}
		}
		return v.crm.Tag(v.Context(), v.ws.ID, people, tags, nil)
	}
	return v.crm.ArchiveAll(v.Context(), v.ws.ID, all, f.Get("reason"))
}

// chosenCooperations are those whose boxes are ticked, each at the version that the list had.
func (v *visit) chosenCooperations() (all []crm.At, err error) {
	for _, text := range v.PostForm["at"] {
		at, err := parseAt(text)
		if err != nil {
			return nil, err
		}
		all = append(all, at)
	}
	return all, nil
}

// parseAt reads the id and the version of a cooperation, ID.VERSION.
func parseAt(text string) (crm.At, error) {
	id, version, _ := strings.Cut(text, ".")
	parsed, err := crm.ParseID[crm.Cooperation](id)
	if err != nil {
		return crm.At{}, err
	}
	n, err := strconv.ParseInt(version, 10, 64)
	if err != nil || n < 1 {
		return crm.At{}, crm.RefTo(parsed).Stale(n, 0)
	}
	return crm.RefTo(parsed).At(n), nil
}

// influencersOf are the influencers of cooperations, each once, whatever their versions are.
func (v *visit) influencersOf(all []crm.At) (people []crm.At, err error) {
	seen := map[crm.InfluencerID]bool{}
	ids := make([]crm.CooperationID, len(all))
	for n, at := range all {
		ids[n] = crm.CooperationID(at.ID)
	}
	var cooperations []crm.Cooperation
	err = v.crm.View(v.Context(), v.ws.ID, func(ctx context.Context, r crm.Reader) (err error) {
		cooperations, err = r.Cooperations().GetAll(ctx, ids)
		return err
	})
	for _, c := range cooperations {
		if !seen[c.Influencer] {
			seen[c.Influencer] = true
			people = append(people, crm.RefTo(c.Influencer).At(0))
		}
	}
	return people, err
}

// problemsIn are what is wrong, as a text for people; empty without an error.
func (v *visit) problemsIn(err error) string {
	if err == nil {
		return ""
	}
	p := web.ProblemOf(err, v.face.lang)
	var all []string
	for _, e := range p.Errors {
		all = append(all, e.Problem)
	}
	if len(all) == 0 {
		return p.Detail
	}
	return strings.Join(all, "; ")
}
