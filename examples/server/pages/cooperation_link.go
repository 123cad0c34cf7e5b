package pages

import (
	"errors"
	"net/url"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/qr"
	"github.com/getklar/influencercrm/crm/sentence"
)

// postLink is the link to a page of the shop that credits a cooperation.
type postLink struct {
	Page    string // of the shop, as somebody has typed it
	Link    string // empty without a page, or if it cannot be made
	Problem string // why it cannot
	Picture string // the address of the QR code; empty if the link is too long for one
}

// postLink makes the link to the page that ?page= says.
func (v *visit) postLink(c crm.Cooperation) (*postLink, error) {
	l := &postLink{Page: v.URL.Query().Get("page")}
	if l.Page == "" {
		return l, nil
	}
	index, err := v.pages.options.Indexes.Get(v.Context(), v.crm, v.ws.ID)
	if err != nil {
		return nil, err
	}
	l.Link, err = index.LinkOf(c.ID, l.Page)
	if errors.Is(err, crm.ErrInvalid) {
		p := v.face.Problem(err)
		l.Problem = p.Detail
		if len(p.Errors) > 0 {
			l.Problem = p.Errors[0].Problem
		}
		return l, nil
	}
	if err == nil && len(l.Link) <= qr.MaxLink {
		l.Picture = v.to("cooperations", c.ID.String(), "qr") + "?page=" + url.QueryEscape(l.Page)
	}
	return l, err
}

// cooperationQR is the QR code of a link.
func (v *visit) cooperationQR() (answer, error) {
	stored, err := v.storedCooperation()
	if err != nil {
		return nil, err
	}
	index, err := v.pages.options.Indexes.Get(v.Context(), v.crm, v.ws.ID)
	if err != nil {
		return nil, err
	}
	link, err := index.LinkOf(stored.ID, v.URL.Query().Get("page"))
	if err != nil {
		return nil, err
	}
	if v.URL.Query().Get("format") == "png" {
		drawn, err := qr.PNG(link, 0)
		return picture{"image/png", drawn}, refusedDrawing(err, link)
	}
	drawn, err := qr.SVG(link)
	return picture{"image/svg+xml", drawn}, refusedDrawing(err, link)
}

// refusedDrawing makes the error of a link that cannot be a QR code one about what was asked for.
func refusedDrawing(err error, link string) error {
	if errors.Is(err, qr.ErrLink) || errors.Is(err, qr.ErrScale) {
		return &crm.Error{Family: crm.ErrInvalid, Field: "page", Value: crm.Shorten(link), Problem: sentence.OfError(err)}
	}
	return err
}
