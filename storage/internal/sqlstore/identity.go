package sqlstore

import (
	"context"

	"github.com/getklar/influencercrm/crm"
)

// Identity keys of influencers are kept with each write of one. Another version of the program may not have written them, or
// in another way: then influencers are compared one by one, until a unit of work that writes one makes all keys anew.

// sharers adds the queries for the influencers that share an identity key, and returns what takes them into the result.
func (l *load) sharers(n crm.Need) (take func(), err error) {
	if len(n.Identities) == 0 {
		return func() {}, nil
	}
	found := []crm.Influencer{}
	take = func() {
		known := map[crm.InfluencerID]bool{}
		for _, i := range l.result.Influencers {
			known[i.ID] = true
		}
		for _, i := range n.Sharing(found) {
			if !known[i.ID] {
				l.result.Influencers = append(l.result.Influencers, i)
			}
		}
	}
	if !l.identified {
		found, err = n.SharersIn(l.ctx, l.Influencers())
		return take, err
	}
	row, seen := l.schema.Influencers.Row(), map[crm.InfluencerID]bool{}
	keep := func() error {
		i, err := row.Record()
		if err != nil {
			l.err = l.unit.Unreadable(l.ctx, i.Ref(), err)
			return l.err
		}
		if !seen[i.ID] {
			seen[i.ID] = true
			found = append(found, i)
		}
		return nil
	}
	for _, key := range n.Identities {
		if key.Text == "" {
			continue
		}
		for _, q := range l.schema.Identities.Find(l.wsText, key, n.Archive) {
			l.addText(q.Text, q.Args, row.Dest, keep)
		}
	}
	return take, nil
}

// Load implements crm.Reader. Whether identity keys are kept is known to a unit of work only.
func (d directReader) Load(ctx context.Context, n crm.Need) (l crm.Loaded, err error) {
	if len(n.Identities) == 0 || n.Check() != nil { // which comes before a workspace that does not exist
		return d.Reader.Load(ctx, n)
	}
	err = d.store.View(ctx, d.ws, func(ctx context.Context, r crm.Reader) error {
		l, err = r.Load(ctx, n)
		return err
	})
	return l, err
}

// identify makes the identity keys of all influencers anew, and says that they are kept.
func (w *writer) identify(ctx context.Context) error {
	if err := w.flush(ctx); err != nil {
		return err
	}
	b := batch{writer: w}
	send := func() error {
		queries := b.queries
		b.queries = nil
		_, err := w.unit.Send(ctx, queries...)
		return w.unit.Fail(ctx, "writing identity keys", err)
	}
	err := crm.Each(ctx, w.Influencers(), crm.InfluencerFilter{Archive: crm.ActiveOrNot}, func(i crm.Influencer) error {
		for _, q := range w.schema.Identities.Rewrite(w.wsText, i) {
			b.add(q.Text, q.Args...)
		}
		if len(b.queries) < maxRows {
			return nil
		}
		return send()
	})
	if err != nil {
		return err
	}
	w.identified, w.identifies = true, false
	b.add(w.schema.Identities.Keep, w.wsText)
	return send()
}
