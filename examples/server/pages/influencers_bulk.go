package pages

import (
	"context"
	"errors"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/wire"
)

// bulkData is what the page about a change of many influencers shows.
type bulkData struct {
	Rows         []bulkRow
	Changed      int
	Nothing      string // why nothing was done at all
	Back         string
	Left, Hidden int
}

// bulkRow is what became of one influencer.
type bulkRow struct {
	ID, Name, Problem string
}

// changeInfluencers changes the influencers that are chosen in the list, or all that its filter selects.
func (v *visit) changeInfluencers() (answer, error) {
	f := v.typed()
	d := bulkData{Back: v.back(v.to("influencers"))}
	var all []crm.At
	var err error
	if f.Get("of") == "all" {
		all, err = v.filtered(f.Get("query"))
	} else {
		all, err = chosen(f.Values["record"])
	}
	if err != nil {
		return nil, err
	}
	change, err := v.changeOf(f)
	if f.refused(v, err) {
		d.Nothing = f.Problems[0].Problem
	} else if err != nil {
		return nil, err
	}
	switch {
	case d.Nothing != "":
	case len(all) == 0:
		d.Nothing = v.say("No influencer is chosen. Choose some in the list first.")
	case f.Get("do") != "archive" && change == nil:
		d.Nothing = v.say("No change is chosen. Say what is to be set, added or removed.")
	}
	if d.Nothing != "" {
		return view{page: "influencers_bulk", title: v.say("Nothing was changed"), data: d}.again(), nil
	}
	var done crm.Bulk
	if f.Get("do") == "archive" {
		done, err = v.crm.ArchiveAll(v.Context(), v.ws.ID, all, "")
	} else {
		done, err = v.crm.ChangeInfluencers(v.Context(), v.ws.ID, all, change, "")
	}
	if f.refused(v, err) {
		d.Nothing = f.Problems[0].Problem
		return view{page: "influencers_bulk", title: v.say("Nothing was changed"), data: d}.again(), nil
	}
	if err != nil {
		return nil, err
	}
	return v.outcome(d, done)
}

// outcome tells what became of each influencer, or leads back to the list if all went well.
func (v *visit) outcome(d bulkData, all crm.Bulk) (answer, error) {
	var refs []crm.Ref
	for _, r := range all.Results {
		if r.Err == nil {
			d.Changed++
		}
		refs = append(refs, r.Ref)
	}
	if d.Changed == len(all.Results) {
		return done(d.Back, all.Done), nil
	}
	// Those that failed come first, because they are the ones to look after.
	slices.SortStableFunc(all.Results, func(a, b crm.Result) int { return failed(b) - failed(a) })
	names := v.names(refs)
	for _, r := range all.Results {
		if len(d.Rows) == maxOutcomes {
			d.Hidden = len(all.Results) - len(d.Rows)
			break
		}
		row := bulkRow{ID: r.Ref.ID.String(), Name: names[r.Ref]}
		if r.Err != nil {
			row.Problem = crm.Explain(r.Err, v.face.lang)
		}
		d.Rows = append(d.Rows, row)
	}
	d.Left = len(all.Results) - d.Changed
	return view{page: "influencers_bulk", title: v.say("Not all could be changed"), data: d}, nil
}

// maxOutcomes is how many results a page lists; those that failed come first.
const maxOutcomes = 500

func failed(r crm.Result) int {
	if r.Err != nil {
		return 1
	}
	return 0
}

// chosen are the records of boxes, each an id and the version that was read.
func chosen(values []string) (all []crm.At, err error) {
	for _, value := range values {
		text, version, _ := strings.Cut(value, ":")
		id, bad := crm.ParseID[crm.Influencer](text)
		n, badVersion := strconv.ParseInt(version, 10, 64)
		if err := errors.Join(bad, badVersion); err != nil {
			return nil, noSuch(crm.KindInfluencer, value)
		}
		all = append(all, crm.RefTo(id).At(n))
	}
	return all, nil
}

// filtered are all influencers that the filter of an address selects, up to one more than can be changed at once.
func (v *visit) filtered(query string) (all []crm.At, err error) {
	q, err := url.ParseQuery(query)
	if err != nil {
		return nil, crm.Ref{Kind: crm.KindInfluencer}.NotFound()
	}
	asked, err := wire.Query[influencerQuery](filterOf(q))
	if err != nil {
		return nil, err
	}
	end := errors.New("enough")
	err = v.crm.View(v.Context(), v.ws.ID, func(ctx context.Context, r crm.Reader) error {
		all = nil
		return crm.Each(ctx, r.Influencers(), asked.InfluencerFilter, func(i crm.Influencer) error {
			if all = append(all, i.At()); len(all) > crm.MaxBulk {
				return end
			}
			return nil
		})
	})
	if errors.Is(err, end) {
		err = nil
	}
	return all, err
}

// changeOf is what a form asks to change in each influencer; nil for nothing.
func (v *visit) changeOf(f *form) (func(*crm.Influencer), error) {
	add, remove := tagsOf(f.Get("add")), tagsOf(f.Get("remove"))
	category, keep := strings.TrimSpace(f.Get("category")), f.Get("responsible") == "keep" || !f.Values.Has("responsible")
	responsible := crm.MemberID{}
	if text := f.Get("responsible"); !keep && text != "" {
		var err error
		if responsible, err = crm.ParseID[crm.Member](text); err != nil {
			return nil, err
		}
	}
	if len(add)+len(remove) == 0 && category == "" && keep {
		return nil, nil
	}
	return func(i *crm.Influencer) {
		i.Retag(add, remove)
		if category != "" {
			i.Category = category
		}
		if !keep {
			i.Responsible = responsible
		}
	}, nil
}

// tagsOf are the tags of a field, with commas or line breaks between.
func tagsOf(text string) []string {
	tags := strings.FieldsFunc(text, func(r rune) bool { return r == ',' || r == '\n' || r == '\r' })
	for n := range tags {
		tags[n] = strings.TrimSpace(tags[n])
	}
	return slices.DeleteFunc(tags, func(tag string) bool { return tag == "" })
}
