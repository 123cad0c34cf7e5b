package storagetest_test

import (
	"bytes"
	"context"
	"encoding/hex"
	"encoding/json"
	"strings"
	"sync"
	"time"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/storage/storagetest"
	"github.com/google/uuid"
)

// valueBugs break what comes back, and what must be unique.
func valueBugs() []bug {
	return []bug{
		{name: "shares memory with the caller", category: storagetest.Aliasing, subtest: "What was passed in shares no memory with the store",
			spoil: remembersInserts},
		{name: "shares memory with earlier answers", category: storagetest.Aliasing,
			subtest: "What comes back shares no memory with the store or an earlier answer", spoil: caches},
		{name: "nil slices", category: storagetest.Values, subtest: "Slices and maps are empty but never nil", spoil: onReads(nilPages)},
		{name: "cuts times to seconds", category: storagetest.Values, subtest: "Times are UTC in whole microseconds",
			spoil: runs(func(r *crm.ImportRun) { r.At = r.At.Truncate(time.Second) })},
		{name: "local times", category: storagetest.Values, subtest: "Times are UTC in whole microseconds",
			spoil: runs(func(r *crm.ImportRun) { r.UndoneAt = r.UndoneAt.In(time.FixedZone("here", 3600)) })},
		{name: "cuts the times of records to seconds", category: storagetest.Values, subtest: "Times are UTC in whole microseconds",
			spoil: campaigns(func(c *crm.Campaign) { c.CreatedAt = c.CreatedAt.Truncate(time.Second) })},
		{name: "tidies JSON", category: storagetest.Values, subtest: "Raw JSON is byte for byte as written", spoil: runs(compact)},
		{name: "trims texts", category: storagetest.Values, subtest: "Texts are byte for byte as written",
			spoil: campaigns(func(c *crm.Campaign) { c.Notes = crm.Clean(c.Notes) })},
		{name: "takes no amount for zero", category: storagetest.Values,
			subtest: "Amounts and UTM fields that are not set differ from zero and empty ones",
			spoil: campaigns(func(c *crm.Campaign) {
				if !c.Budget.IsSet() {
					c.Budget = budget.FromMinor(0, "EUR")
				}
			})},
		{name: "money through a float", category: storagetest.Values, subtest: "The largest numbers are kept exactly",
			spoil: campaigns(func(c *crm.Campaign) {
				if c.Budget.IsSet() {
					c.Budget = budget.FromMinor(int64(float32(c.Budget.Minor())), c.Budget.Currency())
				}
			})},
		{name: "drops a field", category: storagetest.Values, subtest: "Every field of a record comes back as it was written",
			spoil: runs(func(r *crm.ImportRun) { r.Actor = "" })},
		{name: "keeps one unit of an import", category: storagetest.Values, subtest: "Every field of a record comes back as it was written",
			spoil: runs(func(r *crm.ImportRun) { r.Units = r.Units[:min(1, len(r.Units))] })},
		{name: "names unique by their bytes", category: storagetest.Uniqueness,
			subtest: "Insert: a campaign name that is taken, folded, is an ErrAlreadyExists", spoil: bytewise},
		{name: "profiles share an id", category: storagetest.Uniqueness,
			subtest: "Insert: a profile's id that is taken is an ErrAlreadyExists", spoil: sharesProfileIDs},
	}
}

func runs(edit func(*crm.ImportRun)) func(wholeStore) wholeStore {
	return onReads(func(r crm.Reader) crm.Reader {
		return spoiled{Reader: r, runs: edited[crm.ImportRun, crm.ImportRunFilter](edit)}
	})
}

func campaigns(edit func(*crm.Campaign)) func(wholeStore) wholeStore {
	return onReads(func(r crm.Reader) crm.Reader {
		return spoiled{Reader: r, campaigns: edited[crm.Campaign, crm.CampaignFilter](edit)}
	})
}

func compact(r *crm.ImportRun) {
	var tidy bytes.Buffer
	if json.Compact(&tidy, r.Plan) == nil {
		r.Plan = tidy.Bytes()
	}
}

// remembersInserts answers with the influencers that it was given.
func remembersInserts(b wholeStore) wholeStore {
	var given sync.Map
	h := hooked{wholeStore: b}
	h.tx = func(tx crm.Tx) crm.Tx {
		return writes{Tx: tx, insert: func(ctx context.Context, records ...crm.Record) error {
			for _, r := range records {
				given.Store(r.Ref(), r)
			}
			return tx.Insert(ctx, records...)
		}}
	}
	h.reader = func(r crm.Reader) crm.Reader {
		return spoiled{Reader: r, influencers: edited[crm.Influencer, crm.InfluencerFilter](func(i *crm.Influencer) {
			if own, ok := given.Load(i.Ref()); ok && own.(crm.Influencer).Version == i.Version {
				*i = own.(crm.Influencer)
			}
		})}
	}
	return h
}

// caches answers with the influencers of an earlier answer.
func caches(b wholeStore) wholeStore {
	type state struct {
		ref     crm.Ref
		version int64
	}
	var earlier sync.Map
	return hooked{wholeStore: b, reader: func(r crm.Reader) crm.Reader {
		return spoiled{Reader: r, influencers: edited[crm.Influencer, crm.InfluencerFilter](func(i *crm.Influencer) {
			first, _ := earlier.LoadOrStore(state{i.Ref(), i.Version}, *i)
			*i = first.(crm.Influencer)
		})}
	}}
}

func nilPages(r crm.Reader) crm.Reader {
	return spoiled{Reader: r, members: func(good crm.Records[crm.Member, crm.MemberFilter]) crm.Records[crm.Member, crm.MemberFilter] {
		return list[crm.Member, crm.MemberFilter]{Records: good,
			list: func(ctx context.Context, f crm.MemberFilter, o crm.ListOptions) (crm.Page[crm.Member], error) {
				page, err := good.List(ctx, f, o)
				if len(page.Items) == 0 {
					page.Items = nil
				}
				return page, err
			}}
	}}
}

// bytewise stores the name of a campaign together with its bytes, so that only names equal in all
// bytes meet, and cuts them off again for the reader.
func bytewise(b wholeStore) wholeStore {
	const mark = "\x01"
	h := hooked{wholeStore: b}
	h.tx = func(tx crm.Tx) crm.Tx {
		return writes{Tx: tx, insert: func(ctx context.Context, records ...crm.Record) error {
			for n, r := range records {
				if c, ok := r.(crm.Campaign); ok {
					c.Name += mark + hex.EncodeToString([]byte(c.Name))
					records[n] = c
				}
			}
			return tx.Insert(ctx, records...)
		}}
	}
	h.reader = func(r crm.Reader) crm.Reader {
		return spoiled{Reader: r, campaigns: edited[crm.Campaign, crm.CampaignFilter](func(c *crm.Campaign) {
			c.Name, _, _ = strings.Cut(c.Name, mark)
		})}
	}
	return h
}

// sharesProfileIDs stores each profile under an id of its own, so that equal ids do not meet, and
// gives the reader back the one that was written.
func sharesProfileIDs(b wholeStore) wholeStore {
	var written sync.Map
	h := hooked{wholeStore: b}
	h.tx = func(tx crm.Tx) crm.Tx {
		return writes{Tx: tx, insert: func(ctx context.Context, records ...crm.Record) error {
			for n, r := range records {
				if i, ok := r.(crm.Influencer); ok {
					i = crm.Clone(i)
					for p := range i.Profiles {
						own := crm.ProfileID(uuid.New())
						written.Store(own, i.Profiles[p].ID)
						i.Profiles[p].ID = own
					}
					records[n] = i
				}
			}
			return tx.Insert(ctx, records...)
		}}
	}
	h.reader = func(r crm.Reader) crm.Reader {
		return spoiled{Reader: r, influencers: edited[crm.Influencer, crm.InfluencerFilter](func(i *crm.Influencer) {
			for p := range i.Profiles {
				if id, ok := written.Load(i.Profiles[p].ID); ok {
					i.Profiles[p].ID = id.(crm.ProfileID)
				}
			}
		})}
	}
	return h
}
