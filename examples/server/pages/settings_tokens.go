package pages

import (
	"errors"
	"time"

	"github.com/google/uuid"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/examples/server/access"
	"github.com/getklar/influencercrm/examples/server/paging"
)

// mayTokens decides whether the visitor may see and make tokens. They are those of the server, so that an administrator of
// some workspaces alone may not.
func (v *visit) mayTokens() error {
	if v.pages.options.Tokens == nil {
		return crm.Ref{Kind: crm.KindWorkspace, ID: v.ws.ID.UUID()}.NotFound()
	}
	return v.pages.options.Allow(v.Context(), access.Admin, crm.WorkspaceID{})
}

// tokensData is what the page of tokens shows.
type tokensData struct {
	Form   *form
	Page   crm.Page[access.Token]
	Next   string
	Alone  bool           // no token may do everything, so that a server which asks for tokens could not be administered
	Issued *access.Issued // a token that was just made, whose secret is shown once
}

// Now is the time of the page.
func (v *visit) Now() time.Time { return v.crm.Now() }

// Over tells whether a token may not be used any more.
func (v *visit) Over(t access.Token) bool {
	return !t.RevokedAt.IsZero() || !t.ExpiresAt.IsZero() && !t.ExpiresAt.After(v.crm.Now())
}

// Scopes are what a token can be allowed to do.
func (v *visit) Scopes() []option {
	return []option{
		{Value: access.Read.String(), Label: v.ScopeName(access.Read)}, {Value: access.Write.String(), Label: v.ScopeName(access.Write)},
		{Value: access.Admin.String(), Label: v.ScopeName(access.Admin)},
	}
}

// ScopeName is the name of a scope for people.
func (v *visit) ScopeName(s access.Scope) string {
	switch s {
	case access.Admin:
		return v.say("All, tokens and CRMs too")
	case access.Write:
		return v.say("Read and change")
	default:
		return v.say("Read")
	}
}

// Day is the day of a time in the workspace's time zone, in the visitor's words.
func (v *visit) Day(t time.Time) (string, error) {
	if t.IsZero() {
		return "–", nil
	}
	zone, err := v.ws.Location()
	if err != nil {
		return "", err
	}
	return v.face.Day(dayOf(t, zone)), nil
}

// LastDay is the last day of what ends at a time, in the workspace's time zone; that time is not part of it.
func (v *visit) LastDay(end time.Time) (string, error) {
	if !end.IsZero() {
		end = end.Add(-time.Microsecond)
	}
	return v.Day(end)
}

func (v *visit) tokens() (answer, error) {
	return v.tokensPage(&tokensData{Form: newForm(map[string][]string{"only": {"yes"}})})
}

func (v *visit) tokensPage(d *tokensData) (view, error) {
	a := view{page: "settings_tokens", title: v.say("Access tokens"), data: d}
	v.shows(v.to("settings", "tokens"))
	if err := v.mayTokens(); err != nil {
		return a, err
	}
	k, err := paging.Options{Size: pageSize, Token: v.URL.Query().Get("token")}.Keyset("tokens")
	if err != nil {
		return a, err
	}
	list, err := v.pages.options.Tokens.List(v.Context(), k.After, k.Size+1)
	d.Page = paging.PageOf(k, list, func(t access.Token) uuid.UUID { return t.ID })
	if err == nil {
		d.Alone, err = v.noneMayAll()
	}
	if d.Page.Next != "" {
		d.Next = v.to("settings", "tokens") + "?token=" + d.Page.Next
	}
	return a, err
}

// noneMayAll reports whether no token that can be used may do everything in all workspaces.
func (v *visit) noneMayAll() (bool, error) {
	for after := uuid.Nil; ; {
		some, err := v.pages.options.Tokens.List(v.Context(), after, crm.MaxPageSize)
		if err != nil {
			return false, err
		}
		for _, t := range some {
			if after = t.ID; t.Scope == access.Admin && len(t.Workspaces) == 0 && !v.Over(t) {
				return false, nil
			}
		}
		if len(some) < crm.MaxPageSize {
			return true, nil
		}
	}
}

// createToken makes a token. The answer shows it, and no page after that does.
func (v *visit) createToken() (answer, error) {
	if err := v.mayTokens(); err != nil {
		return nil, err
	}
	f := v.typed()
	scope, err := access.ParseScope(f.Get("scope"))
	order := access.Order{Name: f.Get("name"), Scope: scope}
	if f.Get("only") != "" {
		order.Workspaces = []crm.WorkspaceID{v.ws.ID}
	}
	if last := v.date(f, "expires"); !last.IsZero() {
		zone, bad := v.ws.Location()
		if bad != nil {
			return nil, bad
		}
		next := last.AddDays(1)
		order.ExpiresAt = time.Date(next.Year(), next.Month().TimeMonth(), next.Day(), 0, 0, 0, 0, zone)
		if !order.ExpiresAt.After(v.crm.Now()) {
			f.wrong("expires", v.say("is over; choose today or a later day"))
		}
	}
	d := &tokensData{Form: f}
	if err == nil && len(f.Problems) == 0 {
		var issued access.Issued
		if issued, err = v.pages.options.Tokens.Create(v.Context(), order); err == nil {
			d.Issued, d.Form = &issued, newForm(map[string][]string{"only": {"yes"}})
		}
	}
	if f.refused(v, err) || len(f.Problems) > 0 {
		for n := range f.Problems {
			if f.Problems[n].Field == "expires_at" {
				f.Problems[n].Field = "expires"
			}
		}
		a, err := v.tokensPage(d)
		return a.again(), err
	}
	if err != nil {
		return nil, err
	}
	return v.tokensPage(d)
}

func (v *visit) revokeToken() (answer, error) {
	if err := v.mayTokens(); err != nil {
		return nil, err
	}
	id, err := uuid.Parse(v.PostForm.Get("token"))
	if err != nil {
		return nil, crm.Ref{Kind: crm.KindWorkspace, ID: v.ws.ID.UUID()}.NotFound()
	}
	err = v.pages.options.Tokens.Revoke(v.Context(), id)
	if err != nil && !errors.Is(err, crm.ErrNotFound) { // one that is revoked already is as wanted
		return nil, err
	}
	return redirect(v.to("settings", "tokens")), nil
}
