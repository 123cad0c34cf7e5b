package pages

import (
	"encoding/json"
	"errors"
	"net/http"
	"net/url"

	"github.com/getklar/influencercrm/crm"
)

// maxMergesFollowed is how many merges, one after the other, are followed to the influencer who remains.
const maxMergesFollowed = 50

// joined tells that somebody is a part of another influencer by now.
type joined struct {
	Name string // of the one who is gone, as it was
	Into crm.Influencer
}

// joinedNow finds who an influencer has become a part of, over several merges too; nil if it is there, or gone for
// another reason.
func (v *visit) joinedNow(gone crm.InfluencerID) *joined {
	name, id := "", gone
	for range maxMergesFollowed {
		last, ok := v.lastChange(crm.RefTo(id))
		into := last.MergedInto()
		if !ok || into.IsZero() {
			return nil
		}
		if id == gone {
			name = nameBefore(last)
		}
		i, err := v.crm.Influencer(v.Context(), v.ws.ID, into)
		switch {
		case err == nil:
			return &joined{name, i}
		case !errors.Is(err, crm.ErrNotFound):
			return nil
		}
		id = into
	}
	return nil
}

// nameBefore is the name that a record had before a change; empty if the change says nothing of it.
func nameBefore(c crm.Change) string {
	for _, f := range c.Fields {
		if f.Field == "name" {
			var name string
			_ = json.Unmarshal(f.Before, &name) // what is no text is no name
			return name
		}
	}
	return ""
}

// joinedText says that somebody is a part of another one.
func (v *visit) joinedText(j *joined) string {
	if j.Name == "" || crm.Fold(j.Name) == crm.Fold(j.Into.Name) {
		return v.say("This person is part of %s now.", j.Into.Name)
	}
	return v.say("%s is part of %s now.", j.Name, j.Into.Name)
}

// toRemaining makes a page of an influencer, or something that is done to one without a form, lead to the one who
// remains where two were merged. A page is the same page of that one; nothing is done to somebody whom the visitor has
// not seen.
func toRemaining(page func(*visit) (answer, error)) func(*visit) (answer, error) {
	return func(v *visit) (answer, error) {
		a, err := page(v)
		if !errors.Is(err, crm.ErrNotFound) {
			return a, err
		}
		gone, parseErr := id[crm.Influencer](v, "influencer")
		if parseErr != nil {
			return a, err
		}
		j := v.joinedNow(gone)
		if j == nil {
			return a, err
		}
		return v.leadToRemaining(gone, j), nil
	}
}

// leadToRemaining leads to the page of the one who remains, which says of whom it is now.
func (v *visit) leadToRemaining(gone crm.InfluencerID, j *joined) redirect {
	to, q := v.linkTo(j.Into.Ref()), url.Values{}
	if v.Method == http.MethodGet {
		q = withoutToast(v.URL.Query())
		q.Del("profile") // is none of theirs
		to += v.URL.Path[len(v.linkTo(crm.RefTo(gone))):]
	}
	q.Set("joined", gone.String())
	return redirect(to + "?" + q.Encode())
}

// remainingInFilter is the address of the same list of the one who remains, where ?influencer= is somebody who has become
// a part of another one; empty for everybody else.
func (v *visit) remainingInFilter() (redirect, error) {
	q := v.URL.Query()
	gone, err := crm.ParseID[crm.Influencer](q.Get("influencer"))
	if err != nil {
		return "", nil //nolint:nilerr // the filter says so
	}
	_, err = v.crm.Influencer(v.Context(), v.ws.ID, gone)
	if !errors.Is(err, crm.ErrNotFound) {
		return "", err
	}
	j := v.joinedNow(gone)
	if j == nil {
		return "", nil
	}
	q = withoutToast(q)
	q.Del("page") // of a list that is none any more
	q.Set("influencer", j.Into.ID.String())
	q.Set("joined", gone.String())
	return redirect(v.URL.Path + "?" + q.Encode()), nil
}

// joinedToast is the toast of an address that led to somebody who remains; nil if nobody has become a part of anybody.
func (v *visit) joinedToast() *toast {
	gone, err := crm.ParseID[crm.Influencer](v.URL.Query().Get("joined"))
	if err != nil || v.ws.ID.IsZero() {
		return nil
	}
	if j := v.joinedNow(gone); j != nil {
		return &toast{Text: v.joinedText(j)}
	}
	return nil
}

// savedMerged answers a form about somebody who has become a part of another one while it was open: with all that was
// typed and where it belongs now. Nothing is saved, because the other one has values of their own.
func (v *visit) savedMerged(notFound error) (answer, error) {
	gone, err := id[crm.Influencer](v, "influencer")
	if err != nil || !errors.Is(notFound, crm.ErrNotFound) {
		return nil, notFound
	}
	j := v.joinedNow(gone)
	if j == nil {
		return nil, notFound
	}
	stored := crm.Influencer{ID: gone, Name: j.Name}
	f, err := v.typedInfluencer(stored)
	if err != nil {
		return nil, err
	}
	d := &influencerData{Stored: stored, Form: f, Joined: v.joinedText(j), JoinedLink: v.linkTo(j.Into.Ref())}
	if changed, focus := f.changeRows(v); changed {
		d.Focus = focus
	}
	a, err := v.influencerForm(d)
	a.status = http.StatusConflict
	return a, err
}

// mergeRemaining leads a merge of which one is gone to the preview of that with who remains, which merges nothing; and
// to the page of the one where the two are one by now.
func (v *visit) mergeRemaining(other string, notFound error) (answer, error) {
	into, err := id[crm.Influencer](v, "influencer")
	from, fromErr := crm.ParseID[crm.Influencer](other)
	if err != nil || fromErr != nil || !errors.Is(notFound, crm.ErrNotFound) {
		return nil, notFound
	}
	gone, j := into, v.joinedNow(into)
	if j != nil {
		into = j.Into.ID
	}
	if k := v.joinedNow(from); k != nil {
		gone, j, from = from, k, k.Into.ID
	}
	switch {
	case j == nil:
		return nil, notFound
	case into == from:
		return redirect(v.linkTo(j.Into.Ref()) + "?joined=" + gone.String()), nil
	}
	q := url.Values{"from": {from.String()}, "joined": {gone.String()}}
	return redirect(v.to("influencers", into.String(), "merge") + "?" + q.Encode()), nil
}

// chooseRemaining chooses the one who remains where a form has chosen somebody who has become a part of another one
// meanwhile, and has the visitor look at that before it is saved.
func (v *visit) chooseRemaining(f *form) {
	chosen, err := crm.ParseID[crm.Influencer](f.Get("influencer"))
	if err != nil {
		return // saving says so
	}
	if _, err := v.crm.Influencer(v.Context(), v.ws.ID, chosen); !errors.Is(err, crm.ErrNotFound) {
		return
	}
	if j := v.joinedNow(chosen); j != nil {
		f.Values.Set("influencer", j.Into.ID.String())
		f.wrong("influencer", v.joinedText(j)+" "+v.say("That one is chosen now; save again if it is right."))
	}
}
