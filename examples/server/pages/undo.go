package pages

import (
	"net/http"
	"path"
	"slices"
	"strings"

	"github.com/google/uuid"

	"github.com/getklar/influencercrm/crm"
)

func (p *Pages) undo(mux *http.ServeMux) {
	p.page(mux, "POST /w/{workspace}/undo", func(v *visit) (answer, error) {
		unit, _ := uuid.Parse(v.PostForm.Get("unit")) // the log has no unit with the zero id
		if ask, err := v.askUndo(unit); err != nil || ask != nil {
			return ask, err
		}
		undone, err := v.crm.UndoUnit(v.Context(), v.ws.ID, unit, "")
		if err != nil {
			return nil, err
		}
		back := v.back(v.to("history"))
		if a := v.undoneAlready(unit, undone, back); a != nil {
			return a, nil
		}
		return v.undone(undone, v.still(back, undone.Deleted)), nil
	})
}

// wholeUnitData is what the page shows that asks whether to take back more than somebody has seen.
type wholeUnitData struct {
	Unit    uuid.UUID
	Back    string
	Count   int // of the changes
	Entries []entry
	More    int
}

// askUndo asks before an undo from the page of one record, if its unit of work has changed others too, which that page does not
// show. It returns nil if there is nothing to ask, or it was asked.
func (v *visit) askUndo(unit uuid.UUID) (answer, error) {
	record := v.PostForm.Get("record")
	if record == "" || v.PostForm.Has("whole") {
		return nil, nil
	}
	all, err := v.crm.Log(v.Context(), v.ws.ID, crm.ChangeFilter{Unit: unit}, changesRead)
	if err != nil {
		return nil, err
	}
	if !slices.ContainsFunc(all, func(c crm.Change) bool { return string(c.Record.Kind)+":"+c.Record.ID.String() != record }) {
		return nil, nil
	}
	d := wholeUnitData{Unit: unit, Back: v.back(v.to("history")), Count: len(all)}
	if len(all) == changesRead { // the changes of a unit have seqs without gaps
		last, err := v.crm.Log(v.Context(), v.ws.ID, crm.ChangeFilter{Unit: unit, Newest: true}, 1)
		if err != nil {
			return nil, err
		}
		d.Count = int(last[0].Seq-all[0].Seq) + 1
	}
	const shown = 20
	visible := all[:min(len(all), shown)]
	d.Entries, d.More = v.describe(visible), d.Count-len(visible)
	v.shows(d.Back)
	return view{page: "undo_whole", title: v.say("Undo all of it?"), data: d}, nil
}

// still is a page that is there after records were deleted: the list in place of the page of one of them.
func (v *visit) still(page string, deleted []crm.Ref) string {
	for _, ref := range deleted {
		gone := v.linkTo(ref)
		if rest, ok := strings.CutPrefix(page, gone); ok && gone != "" && (rest == "" || rest[0] == '/' || rest[0] == '?') {
			return path.Dir(gone)
		}
	}
	return page
}

// maxKept is how many records that an undo did not change a page lists.
const maxKept = 200

// undoneData is what the page about an undo shows that did not take everything back.
type undoneData struct {
	Back   string
	Undone int // records
	Gone   int // records that were deleted since, so that nothing of them could be taken back
	Kept   []keptRecord
	More   int
}

type keptRecord struct {
	crm.Kept
	Link, Reason string
}

// undone leads back from an undo, or tells what stays as it is, and why: nothing else would.
func (v *visit) undone(u crm.Undone, back string) answer {
	if len(u.Kept) == 0 {
		return done(back, u.Done)
	}
	v.shows(back)
	d := undoneData{Back: back, Undone: len(u.Restored) + len(u.Deleted) + len(u.Recreated)}
	for _, k := range u.Kept {
		switch {
		case k.Code == "kept_deleted":
			d.Gone++
		case len(d.Kept) == maxKept:
			d.More++
		default:
			d.Kept = append(d.Kept, keptRecord{k, v.linkTo(k.Record), k.Why.Spoken(v.face.Lang)})
		}
	}
	title := v.say("Not all of it was taken back")
	switch {
	case d.Undone == 0 && len(d.Kept) == 0:
		title = v.say("Nothing of it is left to be taken back")
	case d.Undone == 0:
		title = v.say("Nothing was taken back")
	}
	return view{page: "undone", title: title, data: d}
}
