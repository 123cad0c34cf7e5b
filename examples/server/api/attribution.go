package api

import (
	"bytes"
	"io"
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
			all[n].maxBody = maxOrderBytes
		}
	}
	return all
}

// indexAt is the index of the workspace of a call at a moment, until free is called. Of the past there are few at once, so that
// the body of the request is read before there is one: how fast it comes is up to the client.
func indexAt[P any](t *attributor, c *call[P], at moment) (x *attribution.Index, free func(), err error) {
	if err := at.check(); err != nil {
		return nil, nil, err
	}
	seq := at.AsOf
	if !at.At.IsZero() {
		if seq, err = c.crm.SeqAt(c.ctx(), c.ws, at.At); err != nil {
			return nil, nil, err
		}
		if seq == 0 {
			return nil, nil, beforeAll(at.At)
		}
	}
	if seq == 0 {
		x, err = t.indexes.Get(c.ctx(), c.crm, c.ws)
		return x, func() {}, err
	}
	body, err := io.ReadAll(c.Body)
	if err != nil {
		return nil, nil, bodyError(c.ctx(), err)
	}
	c.Body = io.NopCloser(bytes.NewReader(body))
	return t.indexes.AsOf(c.ctx(), c.crm, c.ws, seq)
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
