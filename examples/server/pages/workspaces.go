package pages

import (
	"errors"
	"net/http"

	"github.com/google/uuid"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/examples/server/access"
)

// maxWorkspaces is how many workspaces the first page lists.
const maxWorkspaces = 200

// start leads to the workspace if there is one alone.
func (v *visit) start() (answer, error) {
	all, _, err := v.visible()
	if err != nil {
		return nil, err
	}
	if len(all) == 1 {
		return redirect("/w/" + all[0].ID.String()), nil
	}
	return redirect("/w"), nil
}

// home is the first page of a workspace.
func (v *visit) home() (answer, error) { return redirect(v.to("planning")), nil }

// nowhere is an address of a workspace that no page has.
func (v *visit) nowhere() (answer, error) { return v.noPage(http.StatusNotFound), nil }

// noPage is what stands at an address that no page has.
func (v *visit) noPage(status int) view {
	v.shows(v.back("/"))
	return view{page: "problem", title: v.say("There is no such page"), data: v.say("The address leads nowhere: %s",
		crm.Shorten(v.URL.Path)), status: status}
}

// visible are the workspaces that the visitor may read. A visitor who is for some of them has at most a hundred.
func (v *visit) visible() (all []crm.Workspace, more bool, err error) {
	only := access.CallerOf(v.Context()).Workspaces
	if len(only) == 0 {
		page, err := v.pages.admin.Workspaces(v.Context(), crm.ListOptions{Size: maxWorkspaces, Sort: crm.SortName})
		return page.Items, page.Next != "", err
	}
	for _, id := range only {
		ws, err := v.crm.Workspace(v.Context(), id)
		if err != nil && !errors.Is(err, crm.ErrNotFound) {
			return nil, false, err
		}
		if err == nil { // else it was deleted after the visitor's token was made
			all = append(all, ws)
		}
	}
	return all, false, nil
}

// workspacesData is what the page of workspaces shows.
type workspacesData struct {
	All  []crm.Workspace
	More bool
	Form *form
}

func (v *visit) workspaces() (answer, error) {
	all, more, err := v.visible()
	if err != nil {
		return nil, err
	}
	f := newForm(map[string][]string{"currency": {"EUR"}, "time_zone": {"Europe/Berlin"}})
	return view{page: "workspaces", title: v.say("Your CRMs"), data: workspacesData{all, more, f}}, nil
}

func (v *visit) createWorkspace() (answer, error) {
	f := v.typed()
	id := crm.WorkspaceID(v.once)
	switch {
	case len(f.Problems) > 0: // said below
	case v.pages.deleted.has(id):
		f.wrong("", v.say("It was created already, and deleted since. Send the form again to create another one."))
	case tooOld(v.once):
		f.wrong("", v.say("This form has been open for long. See above whether the CRM is there already, or send it again to create one."))
	default:
		ws, err := v.pages.admin.CreateWorkspace(v.Context(), crm.Workspace{
			ID: id, Name: f.Get("name"), Currency: budget.Currency(f.Get("currency")), TimeZone: f.Get("time_zone"),
		})
		if err == nil {
			return redirect("/w/" + ws.ID.String()), nil
		}
		if errors.Is(err, crm.ErrAlreadyExists) && v.once != uuid.Nil { // the form was sent twice
			return redirect("/w/" + v.once.String()), nil
		}
		if !f.refused(v, err) {
			return nil, err
		}
	}
	all, more, err := v.visible()
	return view{page: "workspaces", title: v.say("Your CRMs"), data: workspacesData{all, more, f}}.again(), err
}
