package api

import (
	"net/http"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/web"
	"github.com/getklar/influencercrm/examples/server/idempotency"
)

// once answers a request that may have an Idempotency-Key.
func (a *API) once(r *http.Request, o Operation, ws crm.WorkspaceID, options *web.Options) (any, error) {
	handler := web.Handler(o.Answers[0].Status, func(r *http.Request) (any, error) { return o.do(a.crm, ws, r) }, options)
	return a.options.Keys.Answer(r, a.options.Caller(r.Context()), ws, handler)
}

// revealing is an operation whose answer shows a secret once. Kept under an Idempotency-Key, the answer would store the secret
// and show it again, so that a request with a key is refused.
func revealing(o Operation) Operation {
	o.Description = "It takes no `Idempotency-Key`, because the answer shows a secret once and is not kept."
	return o.keyless(idempotency.RefuseSecret)
}

// keyless is the operation without Idempotency-Keys, which are refused.
func (o Operation) keyless(refuse func(*http.Request) error) Operation {
	o.Idempotent = false
	do := o.do
	o.do = func(service *crm.Service, ws crm.WorkspaceID, r *http.Request) (any, error) {
		if err := refuse(r); err != nil {
			return nil, err
		}
		return do(service, ws, r)
	}
	return o
}
