package pages

import (
	"net/http"
	"path"
	"strings"

	"github.com/google/uuid"

	"github.com/getklar/influencercrm/crm"
)

func (p *Pages) undo(mux *http.ServeMux) {
	p.page(mux, "POST /w/{workspace}/undo", func(v *visit) (answer, error) {
		unit, _ := uuid.Parse(v.PostForm.Get("unit")) // the log has no unit with the zero id
		undone, err := v.crm.UndoUnit(v.Context(), v.ws.ID, unit, "")
		if err != nil {
			return nil, err
		}
		return v.undone(undone, v.still(v.back(v.to("history")), undone.Deleted)), nil
	})
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
	for n, k := range u.Kept {
		if n == maxKept {
			d.More = len(u.Kept) - n
			break
		}
		d.Kept = append(d.Kept, keptRecord{k, v.linkTo(k.Record), k.Why.In(v.face.lang)})
	}
	title := v.say("Not all of it was taken back")
	if d.Undone == 0 {
		title = v.say("Nothing was taken back")
	}
	return view{page: "undone", title: title, data: d}
}
