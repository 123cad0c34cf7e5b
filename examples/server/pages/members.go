package pages

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"strconv"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/wire"
	"github.com/getklar/influencercrm/examples/server/access"
)

func (p *Pages) members(mux *http.ServeMux) {
	const all, one = "/w/{workspace}/members", "/w/{workspace}/members/{member}"
	p.livePage(mux, "GET "+all, (*visit).members)
	p.pageFor(mux, "GET "+all+"/new", access.Write, (*visit).newMember)
	p.page(mux, "POST "+all+"/new", (*visit).createMember)
	p.livePage(mux, "GET "+one, (*visit).member)
	p.page(mux, "POST "+one, resaves((*visit).saveMember))
	p.page(mux, "POST "+one+"/archive", (*visit).archiveMember)
	p.page(mux, "POST "+one+"/restore", (*visit).restoreMember)
	p.page(mux, "POST "+one+"/delete", (*visit).deleteMember)
	p.page(mux, "GET "+one+"/erase", (*visit).eraseMemberPreview)
	p.page(mux, "POST "+one+"/erase", (*visit).eraseMember)
}

// memberQuery is what the address of the list asks for.
type memberQuery struct {
	crm.MemberFilter
	Token string `json:"token,omitzero"`
}

// membersData is what the list of members shows.
type membersData struct {
	Page   crm.Page[crm.Member]
	Form   *form
	Next   string
	Erased bool
}

func (v *visit) members() (answer, error) {
	if err := v.takes(func(name string) bool { return wire.HasParameter[memberQuery](name) || name == "erased" }); err != nil {
		return nil, err
	}
	q := url.Values{}
	for name, values := range v.URL.Query() {
		if wire.HasParameter[memberQuery](name) {
			q[name] = values
		}
	}
	asked, err := wire.Query[memberQuery](q)
	if err != nil {
		return nil, err
	}
	d := membersData{Form: newForm(q), Erased: v.URL.Query().Get("erased") != ""}
	d.Page, err = v.crm.Members(v.Context(), v.ws.ID, asked.MemberFilter,
		crm.ListOptions{Size: pageSize, Token: asked.Token, Sort: crm.SortName})
	if d.Page.Next != "" {
		q.Set("token", d.Page.Next)
		d.Next = v.to("members") + "?" + q.Encode()
	}
	return view{page: "members", title: v.say("Members"), data: d}, err
}

// memberData is what the page of a member shows.
type memberData struct {
	Form    *form
	Stored  crm.Member
	New     bool
	History []entry
	Problem string
	Erased  bool // nothing of the person is left
}

func (v *visit) newMember() (answer, error) {
	return view{page: "member", title: v.say("New member"), data: &memberData{New: true, Form: newForm(nil)}}, nil
}

func memberValues(m crm.Member) url.Values {
	return url.Values{"version": {strconv.FormatInt(m.Version, 10)}, "name": {m.Name}, "email": {m.Email}}
}

func (v *visit) createMember() (answer, error) {
	f := v.typed()
	var did crm.Done
	m := crm.Member{ID: crm.MemberID(v.once), Name: f.Get("name"), Email: f.Get("email")}
	err := v.deletedSince(f, m.Ref())
	if err == nil && len(f.Problems) == 0 {
		_, err = v.crm.Noting(&did).CreateMember(v.Context(), v.ws.ID, m)
	}
	if v.repeated(err, m.Ref()) {
		return redirect(v.to("members") + "?already=1"), nil
	}
	if f.refused(v, err) || len(f.Problems) > 0 {
		return view{page: "member", title: v.say("New member"), data: &memberData{New: true, Form: f}}.again(), nil
	}
	if err != nil {
		return nil, err
	}
	return done(v.to("members"), did), nil
}

func (v *visit) storedMember() (crm.Member, error) {
	id, err := id[crm.Member](v, "member")
	if err != nil {
		return crm.Member{}, err
	}
	return v.crm.Member(v.Context(), v.ws.ID, id)
}

// memberForm is the page of a member.
func (v *visit) memberForm(d *memberData) (view, error) {
	v.shows(v.linkTo(d.Stored.Ref()))
	changes, err := v.crm.Log(v.Context(), v.ws.ID, crm.ChangeFilter{Record: d.Stored.Ref(), Newest: true}, recentChanges)
	if err == nil {
		d.History = v.describe(changes)
		d.Erased, err = v.erasedAlready(d.Stored, d.Stored.ArchivedOn)
	}
	return view{page: "member", title: d.Stored.Name, data: d}, err
}

func (v *visit) member() (answer, error) {
	m, err := v.storedMember()
	if err != nil {
		return nil, err
	}
	v.isForm(m.Version)
	return v.memberForm(&memberData{Stored: m, Form: newForm(memberValues(m))})
}

func (v *visit) saveMember() (answer, error) {
	m, err := v.storedMember()
	if err != nil {
		return nil, err
	}
	f := v.typed()
	changed := m
	changed.Version, changed.Name, changed.Email = v.version(), f.Get("name"), f.Get("email")
	var did crm.Done
	var saved crm.Member
	if len(f.Problems) == 0 {
		saved, err = v.crm.Noting(&did).UpdateMember(v.Context(), v.ws.ID, changed, "")
	}
	switch {
	case stale(err):
		if m, err = v.storedMember(); err != nil {
			return nil, err
		}
		erased, err := erasedSince(v, m)
		if err != nil {
			return nil, err
		}
		if erased {
			a, err := v.memberForm(&memberData{Stored: m, Form: &form{Values: memberValues(m), Erased: true}})
			return a.meets(), err
		}
		a, err := v.memberForm(&memberData{Stored: m, Form: f})
		var was url.Values
		if before, known := base(v, m, func(ctx context.Context, r crm.Reader) (crm.Member, error) { return r.Members().Get(ctx, m.ID) }); known {
			was = memberValues(before)
		}
		f.Saver = v.savedSince(m.Ref(), v.version(), m.Version)
		return a.meet(f, was, memberValues(m), m.Version, []label{{Name: "name", Text: v.say("Name")},
			{Name: "email", Text: v.say("Email")}}), err
	case f.refused(v, err) || len(f.Problems) > 0:
		a, err := v.memberForm(&memberData{Stored: m, Form: f})
		return a.again(), err
	case err != nil:
		return nil, err
	}
	v.savedAs(saved, did)
	return done(v.to("members"), did), nil
}

// actOnMember does something to the member of the path, and leads to the list.
func (v *visit) actOnMember(do doing) (answer, error) {
	m, err := v.storedMember()
	if err != nil {
		return nil, err
	}
	return v.act(m.Ref(), do, v.to("members"), func(problem string) (view, error) {
		m, err := v.storedMember()
		if err != nil {
			return view{}, err
		}
		return v.memberForm(&memberData{Stored: m, Form: newForm(memberValues(m)), Problem: problem})
	})
}

func (v *visit) archiveMember() (answer, error) { return v.actOnMember(v.archive) }
func (v *visit) restoreMember() (answer, error) { return v.actOnMember(v.restore) }
func (v *visit) deleteMember() (answer, error) {
	a, err := v.actOnMember(v.remove)
	of, _ := id[crm.Member](v, "member") // the zero one is of no record
	return v.deletedAlready(a, err, crm.RefTo(of), v.to("members"))
}

// memberErasureData is what the page before the erasure of a member shows.
type memberErasureData struct {
	Form  *form
	What  crm.MemberErasure
	Name  string
	Stale bool
}

func (v *visit) eraseMemberPreview() (answer, error) {
	m, err := v.storedMember()
	if err != nil {
		return nil, err
	}
	if gone, err := v.erasedAlready(m, m.ArchivedOn); err != nil {
		return nil, err
	} else if gone {
		return redirect(v.linkTo(m.Ref())), nil
	}
	return v.showMemberErasure(m, &memberErasureData{Form: newForm(nil)})
}

func (v *visit) showMemberErasure(m crm.Member, d *memberErasureData) (view, error) {
	var err error
	d.Name = m.Name
	d.What, err = v.crm.DryRun().EraseMember(v.Context(), v.ws.ID, m.ID, m.Version, "")
	d.What.Member = m
	return view{page: "member_erase", title: v.say("Erase %s", m.Name), data: d}, err
}

func (v *visit) eraseMember() (answer, error) {
	m, err := v.storedMember()
	if err != nil {
		return nil, err
	}
	if gone, err := v.erasedAlready(m, m.ArchivedOn); err != nil {
		return nil, err
	} else if gone {
		return redirect(v.to("members") + "?erased=1"), nil
	}
	f := v.typed()
	d := &memberErasureData{Form: f}
	if crm.Fold(f.Get("confirm")) != crm.Fold(m.Name) {
		f.wrong("confirm", v.say("is not the name; type it as it stands above"))
	}
	if len(f.Problems) > 0 {
		a, err := v.showMemberErasure(m, d)
		return a.again(), err
	}
	_, err = v.crm.EraseMember(v.Context(), v.ws.ID, m.ID, v.version(), f.Get("reason"))
	if err == nil || errors.Is(err, crm.ErrUnknownOutcome) {
		v.pages.remains.OfPerson(v.Context(), v.ws.ID)
	}
	switch {
	case stale(err):
		d.Stale = true
		a, err := v.showMemberErasure(m, d)
		a.status = http.StatusPreconditionFailed
		return a, err
	case f.refused(v, err):
		a, err := v.showMemberErasure(m, d)
		return a.again(), err
	case err != nil:
		return nil, err
	}
	return redirect(v.to("members") + "?erased=1"), nil
}
