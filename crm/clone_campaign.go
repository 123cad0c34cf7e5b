package crm

import (
	"context"
	"slices"
	"strconv"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm/internal/fieldpath"
	"github.com/getklar/influencercrm/crm/sentence"
	"github.com/getklar/influencercrm/discount"
	"github.com/getklar/influencercrm/utm"
)

// CloneOptions says how a campaign is cloned.
type CloneOptions struct {
	Name         string      // of the new campaign
	Start        budget.Date // the day on which it starts; the old campaign must have a start too
	Days         int         // or by how many days all dates move, backwards if negative
	Cooperations bool        // with the cooperations, as drafts
}

// Cloned is the result of cloning a campaign.
type Cloned struct {
	Done
	Campaign     Campaign            `json:"campaign"`
	Cooperations []ClonedCooperation `json:"cooperations"` // in the order of the old ones
	LeftOut      []LeftOut           `json:"left_out"`
}

// ClonedCooperation is a new draft, with its conflicts and notices.
type ClonedCooperation struct {
	From CooperationID `json:"from"` // of the old campaign
	Saved
}

// LeftOut is something of the old campaign that the new one does not have.
type LeftOut struct {
	Cooperation CooperationID     `json:"cooperation"` // of the old campaign
	Name        string            `json:"name"`        // its name
	Field       string            `json:"field,omitzero"`
	Value       string            `json:"value,omitzero"` // of the field, shortened; empty if all of the cooperation is left out
	Code        string            `json:"code"`           // of Why
	Why         sentence.Sentence `json:"why"`
}

// CloneCampaign makes a copy of a campaign under a new name, with its budget, revenue target, notes and dates, which
// move by some days or to a new start.
//
// Its cooperations come as drafts, with influencer, profile, dates, cost, spread, last touch, responsible member and,
// if a person gave it, the name. Links and codes are never copied: they are pre-filled as for any new cooperation, and
// what was given by hand or by a sheet is LeftOut unless the defaults say the same. So is a responsible member who is
// archived, and a cooperation that is cancelled or archived or cannot be made, as when its influencer is archived.
// Notes and custom fields are about the old deal and stay with it.
//
// A campaign of more than MaxBulk cooperations is an ErrInvalid if they are to come too.
func (w *Work) CloneCampaign(ctx context.Context, id CampaignID, o CloneOptions) (Cloned, error) {
	old, err := w.Campaigns().Get(ctx, id)
	if err != nil {
		return Cloned{}, err
	}
	days, err := o.days(old)
	if err != nil {
		return Cloned{}, err
	}
	move := func(d budget.Date) budget.Date { return d.AddDays(days) }
	made := old
	made.Name, made.Period = o.Name, shiftPeriod(old.Period, move)
	return w.cloneCampaign(ctx, made, move, o.Cooperations)
}

// days returns by how many days the dates of a campaign move.
func (o CloneOptions) days(old Campaign) (int, error) {
	p := newProblems(old)
	switch {
	case o.Start.IsZero():
		return o.Days, nil
	case o.Days != 0:
		p.add("days", strconv.Itoa(o.Days), "say either on which day the new campaign starts or by how many days it moves")
	case !p.day("start", o.Start):
	case old.Period.Start.IsZero():
		p.addf("start", o.Start.String(), "%q has no start to move from; say by how many days it moves", old.Name)
	}
	return o.Start.DaysSince(old.Period.Start), p.result()
}

func shiftPeriod(p budget.Period, move func(budget.Date) budget.Date) budget.Period {
	if !p.Start.IsZero() {
		p.Start = move(p.Start)
	}
	if !p.End.IsZero() {
		p.End = move(p.End)
	}
	return p
}

// cloneCampaign creates a campaign and copies the cooperations of the old one, whose id made still has.
func (w *Work) cloneCampaign(ctx context.Context, made Campaign, move func(budget.Date) budget.Date,
	cooperations bool) (Cloned, error) {
	var old []Cooperation
	var err error
	if cooperations {
		if old, err = w.cooperationsToClone(ctx, made); err != nil {
			return Cloned{}, err
		}
	}
	made.ID = CampaignID{}
	if made, err = w.CreateCampaign(ctx, made); err != nil {
		return Cloned{}, err
	}
	done := Cloned{Campaign: made, Cooperations: []ClonedCooperation{}, LeftOut: []LeftOut{}}
	for batch := range slices.Chunk(old, bulkBatch) {
		var need Need
		for _, c := range batch {
			need.Refs = append(need.Refs, RefTo(c.Influencer), RefTo(c.Responsible))
		}
		if err := w.cache.prepare(ctx, need); err != nil {
			return Cloned{}, err
		}
		for _, c := range batch {
			if err := w.cloneCooperation(ctx, c, move, &done); err != nil {
				return Cloned{}, err
			}
		}
	}
	done.Done = w.done()
	return done, nil
}

func (w *Work) cooperationsToClone(ctx context.Context, campaign Campaign) ([]Cooperation, error) {
	of := CooperationFilter{Campaigns: []CampaignID{campaign.ID}, Archive: ActiveOrNot}
	n, err := w.Cooperations().Count(ctx, of)
	if err != nil {
		return nil, err
	}
	if n > MaxBulk {
		p := newProblems(campaign)
		p.addf("cooperations", strconv.Itoa(n),
			"at most %d cooperations can be cloned with their campaign; clone the campaign without them", MaxBulk)
		return nil, p.result()
	}
	all := make([]Cooperation, 0, n)
	err = Each(ctx, w.Cooperations(), of, func(c Cooperation) error {
		all = append(all, c)
		return nil
	})
	return all, err
}

// cloneCooperation makes a draft from a cooperation and adds it, or the reason why there is none, to done.
func (w *Work) cloneCooperation(ctx context.Context, old Cooperation, move func(budget.Date) budget.Date, done *Cloned) error {
	left := func(field, value string, why sentence.Sentence) {
		done.LeftOut = append(done.LeftOut, LeftOut{Cooperation: old.ID, Name: old.Name, Field: field,
			Value: Shorten(value), Code: why.Code(), Why: why})
	}
	switch {
	case old.Cancellation != nil:
		left("", "", sentence.Of("it was cancelled on %s", old.Cancellation.On))
		return nil
	case !old.ArchivedOn.IsZero():
		left("", "", sentence.Of("it was archived on %s", old.ArchivedOn))
		return nil
	}
	draft := Cooperation{
		Campaign: done.Campaign.ID, Influencer: old.Influencer, Profile: old.Profile, Period: shiftPeriod(old.Period, move),
		Cost: old.Cost, Spread: old.Spread, LastTouch: old.LastTouch, Responsible: old.Responsible,
	}
	if old.NameMode == NameCustom {
		draft.Name = old.Name
	}
	gone, err := w.archivedMember(ctx, old.Responsible)
	if err != nil {
		return err
	}
	if gone != "" {
		draft.Responsible = MemberID{}
	}
	saved, err := w.CreateCooperation(ctx, draft)
	switch {
	case err != nil && aboutInput(err):
		left("", "", problemsIn(err))
		return nil
	case err != nil:
		return err
	}
	done.Cooperations = append(done.Cooperations, ClonedCooperation{From: old.ID, Saved: saved})
	if gone != "" {
		left("responsible", gone, sentence.Of("this member is archived"))
	}
	listLeftOutDefaults(old, saved.Cooperation, left)
	return nil
}

// listLeftOutDefaults reports the overridden values of a cooperation that its clone does not have.
func listLeftOutDefaults(old, made Cooperation, left func(field, value string, why sentence.Sentence)) {
	why := sentence.Of("it was given to this cooperation alone; the new one has the defaults")
	for _, f := range utm.Fields() {
		value := old.UTM.Get(f)
		if old.UTMOrigins[f].Kind == Overridden && value.String() != "" && value != made.UTM.Get(f) {
			left("utm."+f.String(), value.String(), why)
		}
	}
	if old.RulesOrigin.Kind != Overridden {
		return
	}
	for n, rule := range old.Rules {
		same := func(r discount.Rule) bool {
			return r.Match == rule.Match && r.Key() == rule.Key() && r.Benefit.Equal(rule.Benefit)
		}
		if !slices.ContainsFunc(made.Rules, same) {
			left(fieldpath.Index("rules", n, ""), rule.String(), why)
		}
	}
}
