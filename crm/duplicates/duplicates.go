package duplicates

import (
	"cmp"
	"context"
	"slices"

	"github.com/getklar/influencercrm/crm"
)

// Pair is two influencers that are probably one person.
type Pair struct {
	A       crm.Person `json:"a"` // the one created first or, if duplicates of one influencer were asked for, that one
	B       crm.Person `json:"b"`
	Score   int        `json:"score"`   // from 1 to 100
	Reasons []Reason   `json:"reasons"` // the strongest first, the one against it last
}

// Options says which duplicates are wanted. The zero value asks for all that are not archived.
type Options struct {
	// Of asks only for duplicates of this influencer, as it stands here: one that was read, or one in a form that is not
	// saved yet and has no id. Invalid values in it are ignored. They are looked up, and not all influencers are read.
	Of *crm.Influencer
	// Limit is how many pairs are returned; 0 means crm.DefaultPageSize, at most crm.MaxPageSize.
	Limit int
	// Archive selects the influencers to look among.
	Archive crm.Archive
}

// Find lists the pairs with the best score first, then by ids. A Limit out of bounds, an Archive that selects nothing and
// an Of with too many profiles are a crm.ErrInvalid.
func Find(ctx context.Context, r crm.Reader, o Options) ([]Pair, error) {
	if r == nil {
		panic("duplicates: Find needs a Reader, and was given nil")
	}
	if o.Limit == 0 {
		o.Limit = crm.DefaultPageSize
	}
	if err := crm.CheckLimit(o.Limit); err != nil {
		return nil, err
	}
	if _, err := crm.CheckFilter(crm.InfluencerFilter{Archive: o.Archive}); err != nil {
		return nil, err
	}
	f := newFinder()
	if err := f.read(ctx, r, o); err != nil {
		return nil, err
	}
	pairs := f.pairs()
	slices.SortFunc(pairs, func(a, b Pair) int {
		return cmp.Or(-cmp.Compare(a.Score, b.Score), a.A.ID.Compare(b.A.ID), a.B.ID.Compare(b.B.ID))
	})
	return pairs[:min(len(pairs), o.Limit):min(len(pairs), o.Limit)], nil
}
