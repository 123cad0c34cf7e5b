package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"path/filepath"
	"time"

	"github.com/chromedp/chromedp"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/examples/server/database"
	"github.com/getklar/influencercrm/examples/server/demo"
	"github.com/getklar/influencercrm/examples/server/imports"
	"github.com/getklar/influencercrm/examples/server/server"
)

// today is the day of the demo, in the middle of its cooperations.
var today = budget.MustParseDate("2026-06-15")

// site is a server with pages to measure.
type site struct {
	base  string
	light string // a path whose answer is small and has no scripts
	store string // a script that puts into the browser what a visitor who is signed in has there
	pages []page
	close func() error
}

// page is a page, with what a person does on it.
type page struct {
	name, path string
	ready      string // an expression that is true once what the page is for is there
	acts       []act
}

// act is something that a person does, which the page answers to without another page.
type act struct {
	name  string
	kind  string // acts of one kind are compared
	focus string // has the focus before, which is not measured
	step  chromedp.Action[chromedp.Void]
}

// The kinds of acts.
const (
	kindType   = "type"   // a character into a field
	kindChoose = "choose" // all records of the page
	kindOpen   = "open"   // something that lies over the page
)

func typing(what, selector, key string) act {
	return act{name: what, kind: kindType, focus: selector, step: chromedp.KeyEvent(key)}
}

func clicking(what, kind, selector string) act {
	return act{name: what, kind: kind, step: chromedp.Click(chromedp.CSS(selector))}
}

// palette is the search that opens over every page.
var palette = act{
	name: "open the palette (Ctrl+K)", kind: kindOpen,
	step: chromedp.KeyEvent("k", chromedp.KeyModifiers(chromedp.ModifierCtrl)),
}

// records are what is copied to the peer.
type records struct {
	campaigns    []crm.Campaign
	influencers  []crm.Influencer
	cooperations []crm.Cooperation
}

// serveCRM serves a workspace of n cooperations that are made up.
func serveCRM(ctx context.Context, dir string, n int) (s *site, r records, err error) {
	logger := slog.New(slog.DiscardHandler)
	db, err := database.Open(ctx, filepath.Join(dir, "crm.db"), logger)
	if err != nil {
		return nil, r, err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, db.Close())
		}
	}()
	if _, err := demo.Fill(ctx, db.Store, demo.Options{Seed: 1, Today: today, Cooperations: n}); err != nil {
		return nil, r, err
	}
	o := &crm.Options{Now: func() time.Time { return time.Date(2026, 6, 15, 10, 0, 0, 0, time.UTC) }}
	service, admin := crm.New(db.Store, o), crm.NewAdmin(db.Store, o)
	if r, err = readRecords(ctx, service); err != nil {
		return nil, r, err
	}
	sheets := imports.New(service, db.State, &imports.Options{Logger: logger})
	handler, err := server.Handler(service, server.Options{Admin: admin, State: db.State, Imports: sheets, Logger: logger})
	if err != nil {
		return nil, r, err
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, r, err
	}
	h := &http.Server{Handler: handler, ReadHeaderTimeout: time.Minute}
	go func() { _ = h.Serve(listener) }()
	return &site{
		base: "http://" + listener.Addr().String(), light: "/healthz", pages: crmPages(r),
		close: func() error { return errors.Join(h.Close(), sheets.Close(context.Background()), db.Close()) },
	}, r, nil
}

func readRecords(ctx context.Context, service *crm.Service) (r records, err error) {
	r.campaigns, err = all(func(o crm.ListOptions) (crm.Page[crm.Campaign], error) {
		return service.Campaigns(ctx, demo.Workspace, crm.CampaignFilter{}, o)
	})
	if err != nil {
		return r, err
	}
	r.influencers, err = all(func(o crm.ListOptions) (crm.Page[crm.Influencer], error) {
		return service.Influencers(ctx, demo.Workspace, crm.InfluencerFilter{}, o)
	})
	if err != nil {
		return r, err
	}
	r.cooperations, err = all(func(o crm.ListOptions) (crm.Page[crm.Cooperation], error) {
		return service.Cooperations(ctx, demo.Workspace, crm.CooperationFilter{}, o)
	})
	if err == nil && len(r.cooperations) == 0 {
		err = errors.New("there are no cooperations to measure with")
	}
	return r, err
}

// all reads a list page by page.
func all[R any](list func(crm.ListOptions) (crm.Page[R], error)) (items []R, err error) {
	o := crm.ListOptions{Size: crm.MaxPageSize}
	for {
		p, err := list(o)
		if err != nil {
			return nil, err
		}
		items = append(items, p.Items...)
		if o.Token = p.Next; o.Token == "" {
			return items, nil
		}
	}
}

// crmPages are the main pages, with a record that has all that it can have: a signed cooperation that has begun.
func crmPages(r records) []page {
	deal := r.cooperations[0]
	for _, c := range r.cooperations {
		if c.Status == crm.Signed {
			deal = c
			break
		}
	}
	campaign := "campaigns/" + deal.Campaign.String()
	const heading = "document.querySelector('main h1')"
	const row = "document.querySelector('main tbody tr')"
	chooseAll := clicking("choose all of the page", kindChoose, "[data-select-all]")
	pages := []page{
		{"planning", "planning", row, []act{clicking("open the menu of exports", kindOpen, "details.menu > summary")}},
		{"campaigns", "campaigns", row, []act{typing("type into the search", "#field-text", "s")}},
		{"a campaign's board", campaign, "document.querySelector('.deal-card')",
			[]act{clicking("open the moves of a card", kindOpen, ".deal-card summary")}},
		{"its table", campaign + "/table", row, []act{chooseAll}},
		{"its timeline", campaign + "/timeline", row, []act{palette}},
		{"cooperations", "cooperations", row, []act{typing("type into the search", "#field-text", "s"), chooseAll}},
		{"influencers", "influencers", row, []act{typing("type into the search", "#field-text", "s"), chooseAll}},
		{"an influencer", "influencers/" + deal.Influencer.String(), heading, []act{typing("type into the name", "#field-name", "s")}},
		{"a cooperation's form", "cooperations/" + deal.ID.String(), heading, []act{typing("type into the cost", "#field-cost", "7")}},
		{"import", "import", heading, []act{palette}},
		{"check an order", "orders", heading, []act{typing("type a code", "#field-codes", "s")}},
		{"conflicts", "conflicts", heading, []act{palette}},
		{"history", "history", heading, []act{palette}},
		{"alerts", "alerts", heading, []act{palette}},
		{"settings", "settings", heading, []act{typing("type into the name", "#field-name", "s")}},
	}
	for n := range pages {
		pages[n].path = fmt.Sprintf("/w/%s/%s", demo.Workspace, pages[n].path)
	}
	return pages
}
