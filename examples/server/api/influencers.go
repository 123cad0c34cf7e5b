package api

import (
	"cmp"
	"context"
	"errors"
	"io"
	"net/http"
	"slices"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/duplicates"
	"github.com/getklar/influencercrm/crm/picture"
	"github.com/getklar/influencercrm/crm/sentence"
	"github.com/getklar/influencercrm/crm/web"
	"github.com/getklar/influencercrm/crm/wire"
	"github.com/getklar/influencercrm/examples/server/openapi"
)

func influencers() []Operation {
	type filter struct{ crm.InfluencerFilter }
	type list struct {
		filter
		listing
	}
	return tagged("Influencers", slices.Concat([]Operation{
		operation("GET /influencers", "listInfluencers", "List influencers",
			func(c *call[list]) (page[crm.Influencer], error) {
				return paged(c.crm.Influencers(c.ctx(), c.ws, c.params.InfluencerFilter, c.params.ListOptions))
			}),
		operation("GET /influencers/count", "countInfluencers", "Count influencers",
			func(c *call[filter]) (count, error) {
				return counted(c.crm.CountInfluencers(c.ctx(), c.ws, c.params.InfluencerFilter))
			}),
		operation("GET /influencers/facets", "facetInfluencers", "Count influencers by tag, category, platform and responsible member",
			func(c *call[filter]) (crm.InfluencerFacets, error) {
				return c.crm.InfluencerFacets(c.ctx(), c.ws, c.params.InfluencerFilter)
			}),
		operation("GET /influencers/duplicates", "findDuplicates", "Find influencers that are probably one person", findDuplicates),
		creating[crm.Influencer](operation("POST /influencers", "createInfluencer", "Add an influencer",
			creates((*crm.Service).CreateInfluencer))),
		operation("GET /influencers/{id}", "getInfluencer", "Read an influencer", reads((*crm.Service).Influencer)),
		editing[crm.Influencer](operation("PATCH /influencers/{id}", "patchInfluencer",
			"Change fields of an influencer", edits(wire.EditInfluencer))),
		editing[crm.Influencer](operation("PUT /influencers/{id}", "replaceInfluencer", "Replace an influencer", edits(wire.EditInfluencer))),
		operation("GET /influencers/{id}/profiles/{profile}/followers", "listFollowers", "How many followers a profile had over time",
			func(c *call[struct {
				one[crm.InfluencerID]
				// Profile is the id of the profile.
				Profile crm.ProfileID `json:"profile"`
			}]) (list1[crm.Followers], error) {
				return listed(c.crm.FollowerHistory(c.ctx(), c.ws, c.params.ID, c.params.Profile))
			}),
		showing(operation("GET /influencers/{id}/picture", "getPicture", "The profile picture", showPicture)),
		uploading(versioned(operation("PUT /influencers/{id}/picture", "setPicture",
			"Set the profile picture: a JPEG, PNG, GIF or WebP, which is scaled down and freed of metadata", setPicture))),
		versioned(operation("DELETE /influencers/{id}/picture", "removePicture", "Remove the profile picture",
			stamped((*crm.Service).RemovePicture))),
		versioned(taking[merging](operation("POST /influencers/{id}/merge", "mergeInfluencers",
			"Merge another influencer into this one", merge))),
		erasing(versioned(operation("POST /influencers/{id}/erase", "eraseInfluencer", "Remove a person from everything, the log included",
			stamped((*crm.Service).Erase)))),
	}, kept[crm.Influencer]("/influencers", "Influencer", "an influencer"))...)
}

// list1 is a list without pages.
type list1[T any] struct {
	Items []T `json:"items"`
}

func listed[T any](all []T, err error) (list1[T], error) {
	if all == nil {
		all = []T{}
	}
	return list1[T]{all}, err
}

func findDuplicates(c *call[struct {
	// Of asks only for duplicates of this influencer.
	Of crm.InfluencerID `json:"of,omitzero"`
	// Limit is how many pairs are returned.
	Limit   int         `json:"limit,omitzero"`
	Archive crm.Archive `json:"archive,omitzero"`
}]) (list1[duplicates.Pair], error) {
	var pairs []duplicates.Pair
	err := c.crm.View(c.ctx(), c.ws, func(ctx context.Context, r crm.Reader) error {
		o := duplicates.Options{Limit: c.params.Limit, Archive: c.params.Archive}
		if !c.params.Of.IsZero() {
			of, err := r.Influencers().Get(ctx, c.params.Of)
			if err != nil {
				return err
			}
			o.Of = &of
		}
		var err error
		pairs, err = duplicates.Find(ctx, r, o)
		return err
	})
	return listed(pairs, err)
}

// merging says which influencer is merged into another, and how.
type merging struct {
	From mergedAway `json:"from"`          // the influencer that goes
	Take []string   `json:"take,omitzero"` // the fields whose value comes from it, as a merge with dry_run names them in differences
}

// mergedAway is an influencer that is merged into another one, at the version that was read.
type mergedAway struct {
	ID      crm.InfluencerID `json:"id"`
	Version int64            `json:"version"`
	// Kind may be given, as records have it elsewhere, and is influencer then.
	Kind crm.Kind `json:"kind,omitzero"`
}

func (l mergedAway) at() crm.At {
	at := crm.RefTo(l.ID).At(l.Version)
	at.Kind = cmp.Or(l.Kind, at.Kind)
	return at
}

func merge(c *call[oneWritten[crm.InfluencerID]]) (crm.Merged, error) {
	version, err := web.Version(c.request)
	if err != nil {
		return crm.Merged{}, err
	}
	of, err := web.Body[merging](c.request)
	if err != nil {
		return crm.Merged{}, err
	}
	into := crm.RefTo(c.params.ID).At(version)
	return c.crm.MergeInfluencers(c.ctx(), c.ws, into, of.From.at(), crm.MergeOptions{Take: of.Take}, c.params.Reason)
}

// showing is an operation that shows a picture.
func showing(o Operation) Operation {
	o.Answers[0].Content = &openapi.Content{Media: []string{"image/jpeg", "image/png"}}
	o.Answers[0].ETag, o.IfNoneMatch = true, true
	return o
}

func showPicture(c *call[one[crm.InfluencerID]]) (http.Handler, error) {
	i, err := c.crm.Influencer(c.ctx(), c.ws, c.params.ID)
	switch {
	case err != nil:
		return nil, err
	case i.Picture.IsZero():
		return nil, crm.Ref{Kind: crm.KindPicture}.NotFound()
	}
	etag := crm.Picture{ID: i.Picture}.ETag()
	if clientHas(c.request.Header, etag) {
		return unchanged(etag), nil
	}
	p, err := c.crm.Picture(c.ctx(), c.ws, i.Picture)
	if err != nil {
		return nil, err
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("ETag", etag)
		file{media: p.Type, body: p.Data}.ServeHTTP(w, r)
	}), nil
}

// uploading is an operation that takes a picture.
func uploading(o Operation) Operation {
	o.Body = &openapi.Content{Media: []string{"image/jpeg", "image/png", "image/gif", "image/webp"}}
	o.maxBody = picture.MaxBytes
	return o
}

func setPicture(c *call[oneWritten[crm.InfluencerID]]) (crm.Influencer, error) {
	version, err := web.Version(c.request)
	if err != nil {
		return crm.Influencer{}, err
	}
	p, err := picture.Read(c.request.Body)
	if err != nil {
		if errors.Is(err, picture.ErrPicture) {
			err = &crm.Error{Family: crm.ErrInvalid, Record: crm.RefTo(c.params.ID), Field: "picture", Problem: sentence.OfError(err)}
		}
		_, _ = io.Copy(io.Discard, c.request.Body)
		return crm.Influencer{}, err
	}
	return c.crm.SetPicture(c.ctx(), c.ws, c.params.ID, version, crm.Picture{Type: p.Type, Width: p.Width,
		Height: p.Height, Data: p.Data}, c.params.Reason)
}
