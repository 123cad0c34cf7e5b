package pages

import (
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/google/uuid"

	"github.com/getklar/influencercrm/crm"
)

func (p *Pages) history(mux *http.ServeMux) {
	p.livePage(mux, "GET /w/{workspace}/history", (*visit).historyList)
}

const (
	changesRead  = 200 // of the log at once
	changesShown = 4   // of a unit of work, before a link to all of them
)

// historyUnit is what one unit of work has changed.
type historyUnit struct {
	ID      uuid.UUID
	At      time.Time
	Actor   string
	Entries []entry
	More    int // changes that are not shown
	All     string
}

// historyData is what the page of the log shows.
type historyData struct {
	Units      []historyUnit
	Next       string
	Name, Link string // of the record whose changes are shown alone
	Unit       bool   // only one unit of work is shown
	Filtered   bool
}

// historyList shows the log, the newest changes first, by units of work.
func (v *visit) historyList() (answer, error) {
	if err := v.takesOnly("before", "unit", "record"); err != nil {
		return nil, err
	}
	q := v.URL.Query()
	f, err := changesOf(q)
	if err != nil {
		return nil, err
	}
	all, err := v.crm.Log(v.Context(), v.ws.ID, f, changesRead)
	if err != nil {
		return nil, err
	}
	d := historyData{Unit: f.Unit != uuid.Nil, Filtered: f.Unit != uuid.Nil || f.Record != crm.Ref{}}
	shown := changesShown
	if d.Unit {
		shown = changesRead
	}
	var said []crm.Change
	var next crm.Seq
	if len(all) == changesRead {
		next = all[len(all)-1].Seq
	}
	for n := 0; n < len(all); {
		if len(d.Units) == pageSize {
			next = all[n-1].Seq
			break
		}
		c, end := all[n], n+1
		for end < len(all) && all[end].Unit == c.Unit {
			end++
		}
		unit := historyUnit{ID: c.Unit, At: c.At, Actor: c.Actor, All: v.to("history") + "?unit=" + c.Unit.String()}
		count := end - n
		if end == len(all) && len(all) == changesRead && !d.Filtered {
			// The rest of the unit is below. Its changes have seqs without gaps, so the first one tells how many there are.
			first, err := v.crm.HistoryOf(v.Context(), v.ws.ID, c.Unit, 0, 1)
			if err != nil {
				return nil, err
			}
			if len(first) == 1 {
				next, count = first[0].Seq, int(c.Seq-first[0].Seq)+1
			}
		}
		visible := all[n:min(end, n+shown)]
		unit.More = count - len(visible)
		unit.Entries = make([]entry, len(visible))
		said = append(said, visible...)
		d.Units = append(d.Units, unit)
		n = end
	}
	entries := v.describe(said)
	for n := range d.Units {
		entries = entries[copy(d.Units[n].Entries, entries):]
	}
	if next > 1 {
		withoutToast(q).Set("before", strconv.FormatInt(int64(next), 10))
		d.Next = v.URL.Path + "?" + q.Encode()
	}
	if f.Record != (crm.Ref{}) {
		d.Name, d.Link = v.names([]crm.Ref{f.Record})[f.Record], v.linkTo(f.Record)
	}
	return view{page: "history", title: v.say("History"), data: d}, nil
}

// changesOf reads which changes the address asks for.
func changesOf(q url.Values) (f crm.ChangeFilter, err error) {
	f = crm.ChangeFilter{Newest: true}
	if f.Before, err = asked(q, "before", func(text string) (crm.Seq, error) {
		n, err := strconv.ParseInt(text, 10, 64)
		return crm.Seq(n), err
	}); err != nil {
		return f, err
	}
	if f.Unit, err = asked(q, "unit", uuid.Parse); err != nil {
		return f, err
	}
	f.Record, err = asked(q, "record", func(text string) (crm.Ref, error) {
		kind, text, ok := strings.Cut(text, ":")
		id, err := uuid.Parse(text)
		if err != nil || !ok {
			return crm.Ref{}, fmt.Errorf("%q is no record", text)
		}
		return crm.Ref{Kind: crm.Kind(kind), ID: id}, nil
	})
	return f, err
}
