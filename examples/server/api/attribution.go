package api

import (
	"github.com/getklar/influencercrm/examples/server/orderfile"
	"time"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/attribution"
	"github.com/getklar/influencercrm/examples/server/indexes"
)

// attributor has what the operations on orders, codes and links share.
type attributor struct {
	indexes *indexes.Cache
	rates   budget.Rates
	tempDir string
}

// attributionTimeout is how long a request with many orders may take, or the first one that has to read all records.
const attributionTimeout = time.Minute

func (a *API) attribution() []Operation {
	t := &attributor{a.options.Indexes, a.options.Rates, a.options.TempDir}
	all := tagged("Attribution",
		attributing(operation("POST /attribution/orders", "attributeOrders",
			"Say whom orders are credited to, and why nobody else", t.orders)),
		asking(taking[attribution.Order](operation("POST /attribution/explain", "explainOrder",
			"Say whom one order is credited to, or what it lacks", t.explain))),
		asking(taking[impactBody](operation("POST /attribution/impact", "getImpact",
			"Say which past orders would go from whom to whom if records were changed", t.impact))),
		posting(operation("POST /attribution/back-test", "backTest",
			"Say which codes of past orders a rule would find, and whose they are", t.backTest)),
		operation("GET /attribution/ledger", "getLedger", "Say whose a code was and is", t.ledger),
		posting(operation("POST /attribution/radar", "findLeaks", "Find codes that are used as leaked ones are", t.radar)),
		asking(taking[codesBody](operation("POST /attribution/codes", "proposeCodes",
			"Make new codes that collide with nobody's; they are not saved", t.codes))),
		asking(taking[linksBody](operation("POST /attribution/links/check", "checkLinks",
			"Say whom links credit, and what is wrong with them", t.checkLinks))),
		operation("GET /cooperations/{id}/link", "getLink",
			"The link to a page of the shop that credits its visits to a cooperation", t.link),
		drawing(operation("GET /cooperations/{id}/qr", "getQR", "That link as a QR code", t.qr)),
		asking(taking[linkBody](operation("POST /cooperations/{id}/link/check", "checkLink",
			"Say what to change in a link so that it is that of a cooperation", t.checkLink))),
	)
	for n := range all {
		if all[n].timeout = attributionTimeout; all[n].Body != nil {
			all[n].maxBody = orderfile.MaxBytes
		}
	}
	return all
}

// indexAt is the index of the workspace of a call at a moment, until free is called. Of the past there are few at once, so that
// the body of the request is on disk before there is one: how fast it comes is up to the client, and how many wait is not bounded
// by memory.
func indexAt[P any](t *attributor, c *call[P], at moment) (x *attribution.Index, free func(), err error) {
	seq, err := seqOf(c, at)
	if err != nil {
		return nil, nil, err
	}
	if seq == 0 {
		x, err = t.indexes.Get(c.ctx(), c.crm, c.ws)
		return x, func() {}, err
	}
	return whenArrived(t, c, func() (*attribution.Index, func(), error) { return t.indexes.AsOf(c.ctx(), c.crm, c.ws, seq) })
}

// ownIndexAt is indexAt for a call that makes another index of the one that it gets. Only few do so at once, whatever the moment.
func ownIndexAt[P any](t *attributor, c *call[P], at moment) (x *attribution.Index, free func(), err error) {
	seq, err := seqOf(c, at)
	if err != nil {
		return nil, nil, err
	}
	return whenArrived(t, c, func() (*attribution.Index, func(), error) {
		if seq != 0 {
			return t.indexes.AsOf(c.ctx(), c.crm, c.ws, seq)
		}
		free, err := t.indexes.Own(c.ctx(), c.ws)
		if err != nil {
			return nil, nil, err
		}
		x, err := t.indexes.Get(c.ctx(), c.crm, c.ws)
		if err != nil {
			free()
		}
		return x, free, err
	})
}

// whenArrived gets an index when the body of a request is there, and puts away where the body was kept when the index is freed.
func whenArrived[P any](t *attributor, c *call[P], get func() (*attribution.Index, func(), error)) (*attribution.Index, func(), error) {
	body, err := keepBody(c.request.Body, t.tempDir)
	if err != nil {
		return nil, nil, orderfile.BodyError(c.ctx(), err)
	}
	x, free, err := get()
	if err != nil {
		_ = body.Close() // of which the system's folder for such files is cleaned by others too
		return nil, nil, err
	}
	c.request.Body = body
	return x, func() {
		free()
		_ = body.Close()
	}, nil
}

// seqOf is the seq of a moment in the log, 0 for now.
func seqOf[P any](c *call[P], at moment) (crm.Seq, error) {
	if err := at.check(); err != nil || at.At.IsZero() {
		return at.AsOf, err
	}
	seq, err := c.crm.SeqAt(c.ctx(), c.ws, at.At)
	if err == nil && seq == 0 {
		err = beforeAll(at.At)
	}
	return seq, err
}

// dayOf is the day that a question is about; today in the workspace's time zone if it does not say one.
func dayOf(on budget.Date, service *crm.Service, ws crm.Workspace) (budget.Date, error) {
	if !on.IsZero() {
		return on, nil
	}
	zone, err := time.LoadLocation(ws.TimeZone)
	if err != nil {
		return on, err
	}
	return budget.DateOf(service.Now().In(zone)), nil
}
