package storagetest_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/backend"
	"github.com/getklar/influencercrm/storage/storagetest"
)

// pictureBugs break what a store does with pictures.
func pictureBugs() []bug {
	return []bug{
		{name: "keeps bytes as text", category: storagetest.Pictures, subtest: "A picture comes back as it was added, byte for byte",
			spoil: shown(func(p *crm.Picture) { p.Data = []byte(strings.ToValidUTF8(string(p.Data), "?")) })},
		{name: "cuts pictures at 1 MiB", category: storagetest.Pictures, subtest: "A picture comes back as it was added, byte for byte",
			spoil: shown(func(p *crm.Picture) { p.Data = p.Data[:min(len(p.Data), 1<<20)] })},
		{name: "forgets the influencer of a picture", category: storagetest.Pictures,
			subtest: "A picture comes back as it was added, byte for byte",
			spoil:   shown(func(p *crm.Picture) { p.Influencer = crm.InfluencerID{} })},
		{name: "nil bytes", category: storagetest.Pictures, subtest: "Bytes are empty but never nil",
			spoil: shown(func(p *crm.Picture) {
				if len(p.Data) == 0 {
					p.Data = nil
				}
			})},
		{name: "finds every picture", category: storagetest.Pictures,
			subtest: "Picture: one that is not there is an ErrNotFound and dooms nothing",
			spoil: answers(func(ctx context.Context, r crm.Reader, id crm.PictureID) (crm.Picture, error) {
				p, err := r.Picture(ctx, id)
				if errors.Is(err, crm.ErrNotFound) {
					return crm.Picture{}, nil
				}
				return p, err
			})},
		{name: "lists the ids of pictures backwards", category: storagetest.Pictures, subtest: idsOfPictures,
			spoil: listed(func(ctx context.Context, r crm.Reader, after crm.PictureID, limit int) ([]crm.PictureID, error) {
				ids, err := r.PictureIDs(ctx, after, limit)
				slices.Reverse(ids)
				return ids, err
			})},
		{name: "repeats the picture that the ids are after", category: storagetest.Pictures, subtest: idsOfPictures,
			spoil: listed(func(ctx context.Context, r crm.Reader, after crm.PictureID, limit int) ([]crm.PictureID, error) {
				if after[15] > 0 {
					after[15]--
				}
				return r.PictureIDs(ctx, after, limit)
			})},
		{name: "takes any limit for the ids of pictures", category: storagetest.Pictures,
			subtest: "PictureIDs: a limit out of bounds is an ErrInvalid that names the field limit",
			spoil: listed(func(ctx context.Context, r crm.Reader, after crm.PictureID, limit int) ([]crm.PictureID, error) {
				return r.PictureIDs(ctx, after, min(max(limit, 1), crm.MaxPageSize))
			})},
		{name: "replaces a picture", category: storagetest.Pictures,
			subtest: "AddPicture: an id that is taken is an ErrAlreadyExists that names the field id", spoil: onWrites(ignoresTaken)},
		{name: "goes on after a picture was refused", category: storagetest.Pictures,
			subtest: "AddPicture: after it has failed the transaction is doomed", spoil: onWrites(looksFirst)},
		{name: "wants the influencer of a picture", category: storagetest.Pictures,
			subtest: "AddPicture: its influencer need not be there, nor the picture that an influencer names", spoil: onWrites(wantsInfluencer)},
		{name: "wants the picture of an influencer", category: storagetest.Pictures,
			subtest: "AddPicture: its influencer need not be there, nor the picture that an influencer names", spoil: onWrites(wantsPicture)},
		{name: "shows present pictures only", category: storagetest.Pictures,
			subtest: "A picture stays when another takes its place and when its influencer is deleted", spoil: answers(presentOnly)},
		{name: "leaves a picture behind", category: storagetest.Pictures,
			subtest: "DeletePictures: removes all pictures of an influencer and no others", spoil: keepsFirst},
		{name: "deletes everybody's pictures", category: storagetest.Pictures,
			subtest: "DeletePictures: removes all pictures of an influencer and no others", spoil: onWrites(clearsAll)},
		{name: "does not see its own pictures", category: storagetest.Pictures, subtest: "A unit of work sees the pictures that it has added",
			spoil: func(b wholeStore) wholeStore { return blindToPictures{b} }},
		{name: "writes pictures past the transaction", category: storagetest.Pictures, subtest: "A unit of work that fails adds no picture",
			spoil: func(b wholeStore) wholeStore { return (&album{wholeStore: b}).hooked() }},
		{name: "shows pictures that come later", category: storagetest.Pictures, subtest: "View: sees no picture that came after it",
			spoil: func(b wholeStore) wholeStore { return (&album{wholeStore: b}).hooked() }},
		{name: "shows pictures after the callback", category: storagetest.Pictures,
			subtest: "A Reader and a Tx answer for pictures until their callback returns",
			spoil:   keepsPictures},
		{name: "shares a picture's bytes with the caller", category: storagetest.Pictures,
			subtest: "A picture shares no memory with what was passed in or came back",
			spoil:   func(b wholeStore) wholeStore { return (&album{wholeStore: b}).hooked() }},
		{name: "shares a picture's bytes with earlier answers", category: storagetest.Pictures,
			subtest: "A picture shares no memory with what was passed in or came back", spoil: keepsPictures},
		{name: "one album for all workspaces", category: storagetest.Pictures,
			subtest: "A picture belongs to one workspace; another may have the same id",
			spoil:   func(b wholeStore) wholeStore { return (&album{wholeStore: b, shared: true}).hooked() }},
		{name: "keeps the pictures of a deleted workspace", category: storagetest.Pictures,
			subtest: "DeleteWorkspace: removes its pictures and no others",
			spoil:   func(b wholeStore) wholeStore { return (&album{wholeStore: b}).hooked() }},
		{name: "forgets pictures when it closes", category: storagetest.Durability,
			subtest: "Every picture is there after the store was opened again", spoil: good,
			options: &storagetest.Options{Reopen: func(_ *testing.T, b wholeStore) wholeStore {
				return (&album{wholeStore: b}).hooked()
			}}},
	}
}

const idsOfPictures = "PictureIDs: all pictures in the order of ids, whoever names them, a limited number at a time"

// listed spoils PictureIDs.
func listed(hook func(context.Context, crm.Reader, crm.PictureID, int) ([]crm.PictureID, error)) func(wholeStore) wholeStore {
	return onReads(func(r crm.Reader) crm.Reader {
		ids := func(ctx context.Context, after crm.PictureID, limit int) ([]crm.PictureID, error) {
			return hook(ctx, r, after, limit)
		}
		return spoiled{Reader: r, pictureIDs: ids}
	})
}

// answers spoils Picture.
func answers(hook func(context.Context, crm.Reader, crm.PictureID) (crm.Picture, error)) func(wholeStore) wholeStore {
	return onReads(func(r crm.Reader) crm.Reader {
		return spoiled{Reader: r, picture: func(ctx context.Context, id crm.PictureID) (crm.Picture, error) { return hook(ctx, r, id) }}
	})
}

// shown spoils each picture that comes back.
func shown(edit func(*crm.Picture)) func(wholeStore) wholeStore {
	return answers(func(ctx context.Context, r crm.Reader, id crm.PictureID) (crm.Picture, error) {
		p, err := r.Picture(ctx, id)
		if err == nil {
			edit(&p)
		}
		return p, err
	})
}

// ignoresTaken takes a second picture of an id for the first.
func ignoresTaken(tx crm.Tx) crm.Tx {
	return writes{Tx: tx, add: func(ctx context.Context, p crm.Picture) error {
		if _, err := tx.Picture(ctx, p.ID); err == nil {
			return nil
		}
		return tx.AddPicture(ctx, p)
	}}
}

// looksFirst refuses a picture before the store does, which then knows nothing of the failure.
func looksFirst(tx crm.Tx) crm.Tx {
	return writes{Tx: tx, add: func(ctx context.Context, p crm.Picture) error {
		if _, err := tx.Picture(ctx, p.ID); err == nil {
			return backend.Taken(p.Ref(), "id", p.ID.String())
		}
		return tx.AddPicture(ctx, p)
	}}
}

func wantsInfluencer(tx crm.Tx) crm.Tx {
	return writes{Tx: tx, add: func(ctx context.Context, p crm.Picture) error {
		if _, err := tx.Influencers().Get(ctx, p.Influencer); err != nil {
			return backend.Dangling(p.Ref(), "influencer", p.Influencer.String())
		}
		return tx.AddPicture(ctx, p)
	}}
}

func wantsPicture(tx crm.Tx) crm.Tx {
	return writes{Tx: tx, insert: func(ctx context.Context, records ...crm.Record) error {
		for _, r := range records {
			if i, ok := r.(crm.Influencer); ok && !i.Picture.IsZero() {
				if _, err := tx.Picture(ctx, i.Picture); err != nil {
					return backend.Dangling(i.Ref(), "picture", i.Picture.String())
				}
			}
		}
		return tx.Insert(ctx, records...)
	}}
}

// keepsFirst puts the first picture of an influencer back.
func keepsFirst(b wholeStore) wholeStore {
	var firsts sync.Map // by influencer
	return onWrites(func(tx crm.Tx) crm.Tx {
		return writes{
			Tx: tx,
			add: func(ctx context.Context, p crm.Picture) error {
				firsts.LoadOrStore(p.Influencer, p)
				return tx.AddPicture(ctx, p)
			},
			clear: func(ctx context.Context, id crm.InfluencerID) error {
				err := tx.DeletePictures(ctx, id)
				if first, ok := firsts.Load(id); ok && err == nil {
					err = tx.AddPicture(ctx, first.(crm.Picture))
				}
				return err
			},
		}
	})(b)
}

func clearsAll(tx crm.Tx) crm.Tx {
	return writes{Tx: tx, clear: func(ctx context.Context, _ crm.InfluencerID) error {
		page, err := tx.Influencers().List(ctx, crm.InfluencerFilter{Archive: crm.ActiveOrNot}, crm.ListOptions{})
		for _, i := range page.Items {
			err = errors.Join(err, tx.DeletePictures(ctx, i.ID))
		}
		return err
	}}
}

// presentOnly finds the pictures of influencers that are there.
func presentOnly(ctx context.Context, r crm.Reader, id crm.PictureID) (crm.Picture, error) {
	p, err := r.Picture(ctx, id)
	if err != nil {
		return p, err
	}
	if _, err := r.Influencers().Get(ctx, p.Influencer); err != nil {
		return crm.Picture{}, err
	}
	return p, nil
}

// blindToPictures reads pictures as they were before the unit of work.
type blindToPictures struct{ wholeStore }

func (s blindToPictures) Update(ctx context.Context, ws crm.WorkspaceID, fn updateFunc) error {
	return s.wholeStore.View(ctx, ws, func(_ context.Context, before crm.Reader) error {
		return s.wholeStore.Update(ctx, ws, func(ctx context.Context, tx crm.Tx) error {
			return fn(ctx, readsThrough{tx, spoiled{Reader: tx, picture: before.Picture}})
		})
	})
}

// album keeps pictures beside the store, outside of its transactions, and as it was given them.
type album struct {
	wholeStore
	shared   bool     // one for all workspaces
	pictures sync.Map // by place
}

type place struct {
	ws crm.WorkspaceID
	id crm.PictureID
}

func (a *album) place(ctx context.Context, r crm.Reader, id crm.PictureID) (place, error) {
	if a.shared {
		return place{id: id}, nil
	}
	head, err := r.Head(ctx)
	return place{head.Workspace, id}, err
}

func (a *album) hooked() wholeStore {
	return hooked{
		wholeStore: a.wholeStore,
		reader: func(r crm.Reader) crm.Reader {
			return spoiled{Reader: r, picture: func(ctx context.Context, id crm.PictureID) (crm.Picture, error) {
				at, err := a.place(ctx, r, id)
				if err != nil {
					return crm.Picture{}, err
				}
				if p, ok := a.pictures.Load(at); ok {
					return p.(crm.Picture), nil
				}
				return crm.Picture{}, crm.Picture{ID: id}.Ref().NotFound()
			}}
		},
		tx: func(tx crm.Tx) crm.Tx {
			return writes{Tx: tx, add: func(ctx context.Context, p crm.Picture) error {
				at, err := a.place(ctx, tx, p.ID)
				if err != nil {
					return err
				}
				if _, taken := a.pictures.LoadOrStore(at, p); taken {
					return backend.Taken(p.Ref(), "id", p.ID.String())
				}
				return nil
			}}
		},
	}
}

// keepsPictures answers with the pictures of earlier answers.
func keepsPictures(b wholeStore) wholeStore {
	var earlier sync.Map
	return answers(func(ctx context.Context, r crm.Reader, id crm.PictureID) (crm.Picture, error) {
		if p, ok := earlier.Load(id); ok {
			return p.(crm.Picture), nil
		}
		p, err := r.Picture(ctx, id)
		if err == nil {
			earlier.Store(id, p)
		}
		return p, err
	})(b)
}
