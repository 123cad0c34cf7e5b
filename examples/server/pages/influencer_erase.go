package pages

import (
	"context"
	"errors"
	"net/http"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm"
)

// erasureData is what the page before an erasure shows.
type erasureData struct {
	Form  *form
	Name  string // to be typed
	What  crm.Erasure
	Stale bool
}

// erasePreview shows what an erasure would remove.
func (v *visit) erasePreview() (answer, error) {
	i, err := v.storedInfluencer()
	if err != nil {
		return nil, err
	}
	if gone, err := v.erasedAlready(i, i.ArchivedOn); err != nil {
		return nil, err
	} else if gone {
		return redirect(v.linkTo(i.Ref())), nil // which says so
	}
	return v.showErasure(i, &erasureData{Form: newForm(nil)})
}

// erasedAlready reports whether a person was erased and nothing is left to be erased. That the record is empty is not
// enough: its log may tell more if the last that happened to it is no erasure, and somebody may have written about the
// person in their cooperations since.
func (v *visit) erasedAlready(r crm.Record, archivedOn budget.Date) (bool, error) {
	if !crm.IsErased(r) || archivedOn.IsZero() {
		return false, nil
	}
	if last, ok := v.lastChange(r.Ref()); !ok || last.Kind != crm.Erased {
		return false, nil
	}
	i, ok := r.(crm.Influencer)
	if !ok {
		return true, nil
	}
	gone := true
	err := v.crm.View(v.Context(), v.ws.ID, func(ctx context.Context, r crm.Reader) error {
		gone = true
		f := crm.CooperationFilter{Influencers: []crm.InfluencerID{i.ID}, Archive: crm.ActiveOrNot}
		return crm.Each(ctx, r.Cooperations(), f, func(c crm.Cooperation) error {
			gone = gone && c.Notes == "" && len(c.Custom) == 0 && c.Imported == nil && (c.Cancellation == nil || c.Cancellation.Reason == "")
			return nil
		})
	})
	return gone, err
}

func (v *visit) showErasure(i crm.Influencer, d *erasureData) (view, error) {
	var err error
	d.Name = i.Name
	d.What, err = v.crm.DryRun().Erase(v.Context(), v.ws.ID, i.ID, i.Version, "")
	d.What.Influencer = i
	return view{page: "influencer_erase", title: v.say("Erase %s", i.Name), data: d}, err
}

// eraseInfluencer removes a person from everything, if the name was typed.
func (v *visit) eraseInfluencer() (answer, error) {
	i, err := v.storedInfluencer()
	if err != nil {
		return nil, err
	}
	if gone, err := v.erasedAlready(i, i.ArchivedOn); err != nil {
		return nil, err
	} else if gone { // the form was sent twice
		return redirect(v.to("influencers") + "?erased=1"), nil
	}
	f := v.typed()
	d := &erasureData{Form: f}
	if crm.Fold(f.Get("confirm")) != crm.Fold(i.Name) {
		f.wrong("confirm", v.say("is not the name; type it as it stands above"))
	}
	if len(f.Problems) > 0 {
		a, err := v.showErasure(i, d)
		return a.again(), err
	}
	_, err = v.crm.Erase(v.Context(), v.ws.ID, i.ID, v.version(), f.Get("reason"))
	if err == nil || errors.Is(err, crm.ErrUnknownOutcome) {
		v.pages.remains.OfPerson(v.Context(), v.ws.ID)
	}
	switch {
	case stale(err):
		d.Stale = true
		a, err := v.showErasure(i, d)
		a.status = http.StatusPreconditionFailed
		return a, err
	case f.refused(v, err):
		a, err := v.showErasure(i, d)
		return a.again(), err
	case err != nil:
		return nil, err
	}
	return redirect(v.to("influencers") + "?erased=1"), nil // and no offer to take it back, because nothing brings it back
}
