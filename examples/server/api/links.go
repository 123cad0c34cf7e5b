package api

import (
	"context"
	"errors"
	"strconv"

	"golang.org/x/text/language"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/attribution"
	"github.com/getklar/influencercrm/crm/qr"
	"github.com/getklar/influencercrm/crm/sentence"
	"github.com/getklar/influencercrm/crm/web"
	"github.com/getklar/influencercrm/examples/server/openapi"
	"github.com/getklar/influencercrm/examples/server/refusal"
)

type linkParams struct {
	one[crm.CooperationID]
	// Page is the address of a page of the shop. What it has behind a ? or # stays, but for its UTM fields.
	Page string `json:"page"`
}

// postLink is a link for a post.
type postLink struct {
	Link string `json:"link"`
}

func (t *attributor) link(c *call[linkParams]) (postLink, error) {
	link, err := linkOf(t, c, c.params)
	return postLink{link}, err
}

func linkOf[P any](t *attributor, c *call[P], p linkParams) (string, error) {
	x, err := t.indexes.Get(c.ctx(), c.crm, c.ws)
	if err != nil {
		return "", err
	}
	return x.LinkOf(p.ID, p.Page)
}

// drawError says which parameter of a QR code is wrong, in the words of package qr.
func drawError(p qrParams, err error) error {
	switch {
	case errors.Is(err, qr.ErrScale):
		return refusal.Invalid("size", strconv.Itoa(p.Size), sentence.OfError(err))
	case errors.Is(err, qr.ErrLink):
		return refusal.Invalid("page", p.Page, sentence.OfError(err))
	}
	return err
}

// qrFormat is a kind of picture.
type qrFormat string

// The formats of a QR code.
const (
	qrPNG qrFormat = "png"
	qrSVG qrFormat = "svg"
)

type qrParams struct {
	linkParams
	// Format is the kind of picture; svg if it is not given.
	Format qrFormat `json:"format,omitzero"`
	// Size is how many pixels each module of a PNG is wide, from 1 to 40; 8 if it is not given.
	Size int `json:"size,omitzero"`
}

// drawing is an operation that answers with a picture.
func drawing(o Operation) Operation {
	o.Answers[0].Content = &openapi.Content{Media: []string{"image/svg+xml", "image/png"}}
	return o
}

func (t *attributor) qr(c *call[qrParams]) (any, error) {
	p := c.params
	link, err := linkOf(t, c, p.linkParams)
	if err != nil {
		return nil, err
	}
	var f file
	switch p.Format {
	case qrPNG:
		f.media = "image/png"
		f.body, err = qr.PNG(link, p.Size)
	case "", qrSVG:
		f.media = "image/svg+xml"
		f.body, err = qr.SVG(link)
	default:
		return nil, noPicture(p.Format)
	}
	if err != nil {
		return nil, drawError(p, err)
	}
	return f, nil
}

// linkBody is a link that was pasted.
type linkBody struct {
	Link string      `json:"link"`
	On   budget.Date `json:"on,omitzero"` // the day of the visits; today if it is not given
}

// linksBody are links that are checked together.
type linksBody struct {
	Links []string    `json:"links"`       // at most 10,000
	On    budget.Date `json:"on,omitzero"` // the day of the visits; today if it is not given
}

// checkedLink is what a link does to the visits that come through it.
type checkedLink struct {
	attribution.Link
	Text string `json:"text"` // the verdict, in the language of the request
}

func (t *attributor) checkLink(c *call[one[crm.CooperationID]]) (checkedLink, error) {
	asked, err := web.Body[linkBody](c.request)
	if err != nil {
		return checkedLink{}, err
	}
	checked, err := t.check(c.ctx(), c.crm, c.ws, []attribution.PostedLink{{Link: asked.Link, For: c.params.ID}}, asked.On)
	if err != nil {
		return checkedLink{}, err
	}
	return said(checked[0], web.Language(c.request)), nil
}

func (t *attributor) checkLinks(c *call[struct{}]) (list1[checkedLink], error) {
	asked, err := web.Body[linksBody](c.request)
	if err == nil && asked.Links == nil {
		err = missing("links")
	}
	if err != nil {
		return list1[checkedLink]{}, err
	}
	posted := make([]attribution.PostedLink, len(asked.Links))
	for n, link := range asked.Links {
		posted[n].Link = link
	}
	checked, err := t.check(c.ctx(), c.crm, c.ws, posted, asked.On)
	if err != nil {
		return list1[checkedLink]{}, err
	}
	all := make([]checkedLink, len(checked))
	for n, link := range checked {
		all[n] = said(link, web.Language(c.request))
	}
	return listed(all, nil)
}

func (t *attributor) check(ctx context.Context, service *crm.Service, ws crm.WorkspaceID,
	links []attribution.PostedLink, on budget.Date,
) ([]attribution.Link, error) {
	x, err := t.indexes.Get(ctx, service, ws)
	if err != nil {
		return nil, err
	}
	day, err := dayOf(on, service, x.Workspace())
	if err != nil {
		return nil, err
	}
	return x.CheckPosted(ctx, links, day)
}

func said(l attribution.Link, lang language.Tag) checkedLink { return checkedLink{l, l.Text.In(lang)} }
