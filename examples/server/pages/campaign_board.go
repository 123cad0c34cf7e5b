package pages

import (
	"errors"
	"net/http"
	"slices"
	"strings"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm"
)

// boardData is what the board of a campaign shows.
type boardData struct {
	campaignHead
	Columns []boardColumn
	Totals  crm.Totals
	Beside  int    // cooperations of the campaign that are not on the board: cancelled or archived ones
	Problem string // of a move whose card is not on the board any more
}

// boardColumn are the cooperations of a campaign with a status. Count and Sum are of all of them.
type boardColumn struct {
	Status crm.Status
	Count  int
	Sum    budget.Money
	Cards  []boardCard
	Next   string // the address with the next cards; empty if there are no more
	First  string // the address with the first cards; empty if these are they
}

// boardCard is a cooperation on the board.
type boardCard struct {
	crm.Cooperation
	Who     string
	Problem string // why the last move was refused
	Reason  string // as somebody has typed it
}

// onBoard selects what a board has: a cancelled cooperation keeps its status until it is reinstated.
func onBoard(c crm.CampaignID, statuses ...crm.Status) crm.CooperationFilter {
	return crm.CooperationFilter{Campaigns: []crm.CampaignID{c}, Cancelled: crm.NotCancelled, Statuses: statuses}
}

// board shows the cooperations of a campaign in three columns.
func (v *visit) board() (answer, error) {
	h, err := v.campaignHead("")
	if err != nil {
		return nil, err
	}
	return v.boardOf(h)
}

func (v *visit) boardOf(h campaignHead) (view, error) {
	d := &boardData{campaignHead: h}
	a := view{page: "campaign_board", title: h.Campaign.Name, data: d}
	v.shows(v.linkTo(h.Campaign.Ref()))
	var err error
	if d.Totals, err = v.crm.Totals(v.Context(), v.ws.ID, onBoard(h.Campaign.ID)); err != nil {
		return a, err
	}
	all := crm.CooperationFilter{Campaigns: []crm.CampaignID{h.Campaign.ID}, Archive: crm.ActiveOrNot}
	if d.Beside, err = v.crm.CountCooperations(v.Context(), v.ws.ID, all); err != nil {
		return a, err
	}
	d.Beside -= d.Totals.Count
	sums := (&cooperationList{Totals: d.Totals}).Selecting()
	q := v.URL.Query()
	at := v.to("campaigns", h.Campaign.ID.String())
	for _, s := range sums {
		column := boardColumn{Status: s.Status, Count: s.Count, Sum: s.Sum}
		token := q.Get(string(s.Status))
		page, err := v.crm.Cooperations(v.Context(), v.ws.ID, onBoard(h.Campaign.ID, s.Status),
			crm.ListOptions{Size: pageSize, Sort: crm.SortStart, Token: token, WithNames: true})
		if err != nil {
			return a, err
		}
		for _, c := range page.Items {
			column.Cards = append(column.Cards, boardCard{Cooperation: c, Who: page.Names.Influencers[c.Influencer]})
		}
		more := cloneQuery(q)
		if page.Next != "" {
			more.Set(string(s.Status), page.Next)
			column.Next = at + "?" + more.Encode()
		}
		if token != "" {
			more.Del(string(s.Status))
			column.First = at + "?" + more.Encode()
		}
		d.Columns = append(d.Columns, column)
	}
	return a, nil
}

// moveCard moves a cooperation to another column. What keeps it where it is stands on its card.
func (v *visit) moveCard() (answer, error) {
	h, err := v.campaignHead("")
	if err != nil {
		return nil, err
	}
	from, to, _ := strings.Cut(v.PostForm.Get("move"), " ")
	at, err := parseAt[crm.Cooperation](from)
	if err != nil && !stale(err) {
		return nil, err
	}
	reason := v.PostForm.Get("reason")
	if err == nil {
		var moved crm.Bulk
		moved, err = v.crm.SetStatus(v.Context(), v.ws.ID, []crm.At{at}, crm.Status(to), reason)
		if err == nil {
			err = moved.Results[0].Err
		}
		if err == nil {
			return done(v.back(v.to("campaigns", h.Campaign.ID.String())), moved.Done), nil
		}
	}
	if !stale(err) && !errors.Is(err, crm.ErrInvalid) && !errors.Is(err, crm.ErrNotFound) {
		return nil, err
	}
	a, failed := v.boardOf(h)
	if failed != nil {
		return nil, failed
	}
	if err := v.refuseMove(a.data.(*boardData), at.Ref, v.problemsIn(err), reason); err != nil {
		return nil, err
	}
	a = a.again()
	if stale(err) {
		a.status = http.StatusPreconditionFailed
	}
	return a, nil
}

// refuseMove puts onto a card why it was not moved. One that is not among the first ones becomes the first.
func (v *visit) refuseMove(d *boardData, card crm.Ref, problem, reason string) error {
	for n := range d.Columns {
		column := &d.Columns[n]
		if i := slices.IndexFunc(column.Cards, func(c boardCard) bool { return c.Ref() == card }); i >= 0 {
			column.Cards[i].Problem, column.Cards[i].Reason = problem, reason
			return nil
		}
	}
	c, err := v.crm.Cooperation(v.Context(), v.ws.ID, crm.CooperationID(card.ID))
	if errors.Is(err, crm.ErrNotFound) {
		d.Problem = problem
		return nil
	}
	if err != nil {
		return err
	}
	who := crm.RefTo(c.Influencer)
	for n := range d.Columns {
		if column := &d.Columns[n]; column.Status == c.Status && c.Campaign == d.Campaign.ID {
			column.Cards = append([]boardCard{{c, v.names([]crm.Ref{who})[who], problem, reason}}, column.Cards...)
			return nil
		}
	}
	d.Problem = problem
	return nil
}
