package pages

import (
	"context"
	"net/http"
	"strconv"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/examples/server/access"
)

// liveness is what the script of a page needs that goes on while others work: it follows the events of the API from Seq on, asks
// for the page once more when there are some, and shows it, or says that there is something new while somebody types.
type liveness struct {
	Seq     crm.Seq // of the last change before the page was read
	Version int64   // of the record whose form the page is; 0 for a page that is read only
}

// Live is nil for a page that stays as it is.
func (v *visit) Live() *liveness { return v.live }

// livePage is a page that goes on while others work.
func (p *Pages) livePage(mux *http.ServeMux, place string, fn func(*visit) (answer, error)) {
	p.bounded(mux, place, access.Read, lively, fn)
}

// open reads the workspace, and for a live page how far its log goes: what is read after that is as new or newer.
func (v *visit) open(id crm.WorkspaceID, isLive bool) (err error) {
	if !isLive {
		v.ws, err = v.crm.Workspace(v.Context(), id)
		return err
	}
	return v.crm.View(v.Context(), id, func(ctx context.Context, r crm.Reader) error {
		head, err := r.Head(ctx)
		if err == nil {
			v.live = &liveness{Seq: head.Seq}
			v.ws, err = r.Workspace(ctx)
		}
		return err
	})
}

// head is how far the log of the workspace goes.
func (v *visit) head() (head crm.Head, err error) {
	err = v.crm.View(v.Context(), v.ws.ID, func(ctx context.Context, r crm.Reader) (err error) {
		head, err = r.Head(ctx)
		return err
	})
	return head, err
}

// isForm tells that a live page is the form of a version of a record: it is not replaced, but tells of another version.
func (v *visit) isForm(version int64) {
	if v.live != nil {
		v.live.Version = version
	}
}

// news tells what the last of the changes after ?news= did; nil if there is none.
func (v *visit) news() *toast {
	after, err := strconv.ParseInt(v.URL.Query().Get("news"), 10, 64)
	if err != nil || after < 0 || v.live == nil || crm.Seq(after) >= v.live.Seq {
		return nil
	}
	last, err := v.crm.Log(v.Context(), v.ws.ID, crm.ChangeFilter{After: crm.Seq(after), Newest: true}, 1)
	if err != nil || len(last) == 0 {
		return nil
	}
	if v.live.Version != 0 {
		return &toast{Text: v.say("This was saved meanwhile. What you save will be compared with it, field by field."), Show: true}
	}
	t := &toast{Text: v.describe(last)[0].Text, Show: true}
	if more := int(last[0].Seq) - int(after) - 1; more > 0 {
		t.Text += " " + v.say("and %d more changes", more)
	}
	return t
}
