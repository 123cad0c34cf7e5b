package pages

import (
	"errors"
	"net/http"
	"net/url"
	"strconv"

	"github.com/getklar/influencercrm/crm"
)

func (v *visit) deletionPreview() (answer, error) { return v.showDeletion(v.deletionForm()) }

// deletionForm is the form before a deletion, of the version that the visitor sees.
func (v *visit) deletionForm() *form {
	return newForm(url.Values{"version": {strconv.FormatInt(v.ws.Version, 10)}})
}

// deletionData is what the page before the deletion of a workspace shows.
type deletionData struct {
	Form                                          *form
	Campaigns, Influencers, Cooperations, Members int
}

func (v *visit) showDeletion(f *form) (view, error) {
	d := deletionData{Form: f}
	a := view{page: "settings_delete", title: v.say("Delete %s", v.ws.Name), data: &d}
	ctx, ws := v.Context(), v.ws.ID
	var errs [4]error
	d.Campaigns, errs[0] = v.crm.CountCampaigns(ctx, ws, crm.CampaignFilter{Archive: crm.ActiveOrNot})
	d.Influencers, errs[1] = v.crm.CountInfluencers(ctx, ws, crm.InfluencerFilter{Archive: crm.ActiveOrNot})
	d.Cooperations, errs[2] = v.crm.CountCooperations(ctx, ws, crm.CooperationFilter{Archive: crm.ActiveOrNot})
	d.Members, errs[3] = v.crm.CountMembers(ctx, ws, crm.MemberFilter{Archive: crm.ActiveOrNot})
	return a, errors.Join(errs[:]...)
}

// deleteWorkspace deletes the workspace with all that is in it, if its name was typed and it is as it was shown. Of one that is
// gone already it removes what was left, so that a deletion which failed half way can be sent again.
func (v *visit) deleteWorkspace() (answer, error) {
	f := v.typed()
	if gone := v.ws.Version == 0; !gone && crm.Fold(f.Get("confirm")) != crm.Fold(v.ws.Name) {
		f.wrong("confirm", v.say("is not the name; type it as it stands above"))
	}
	if len(f.Problems) > 0 {
		a, err := v.showDeletion(f)
		return a.again(), err
	}
	err := v.pages.remains.DeleteWorkspace(v.Context(), v.crm, v.pages.admin, v.ws.ID, v.version())
	if stale(err) {
		if v.ws, err = v.crm.Workspace(v.Context(), v.ws.ID); err != nil {
			return nil, err
		}
		f := v.deletionForm()
		f.wrong("", v.say("This was changed meanwhile. Look at it again."))
		a, err := v.showDeletion(f)
		a.status = http.StatusPreconditionFailed
		return a, err
	}
	if err != nil && !errors.Is(err, crm.ErrNotFound) {
		return nil, err
	}
	v.pages.deleted.add(v.ws.ID)
	return redirect("/w"), nil
}
