package api

import (
	"time"

	"github.com/google/uuid"

	"github.com/getklar/influencercrm/crm/web"
	"github.com/getklar/influencercrm/examples/server/webhook"
)

// webhooks take the scope of whoever manages the workspace, because a webhook outlives the token that has made it.
func (a *API) webhooks() []Operation {
	hooks := a.options.Webhooks
	if hooks == nil {
		return nil
	}
	type list struct {
		one[uuid.UUID]
		webhook.DeliveryFilter
	}
	all := tagged("Webhooks",
		operation("GET /webhooks", "listWebhooks", "List webhooks",
			func(c *call[struct{}]) (list1[webhook.Webhook], error) { return listed(hooks.List(c.ctx(), c.ws)) }),
		revealing(creating[webhook.Draft](operation("POST /webhooks", "createWebhook",
			"Have changes sent to an address; the answer has the secret, once",
			func(c *call[struct{}]) (webhook.Webhook, error) {
				chosen, err := web.Body[webhook.Draft](c.request)
				if err != nil {
					return webhook.Webhook{}, err
				}
				return hooks.Create(c.ctx(), c.ws, chosen)
			}))),
		operation("GET /webhooks/{id}", "getWebhook", "Read a webhook",
			func(c *call[one[uuid.UUID]]) (webhook.Webhook, error) { return hooks.Get(c.ctx(), c.ws, c.params.ID) }),
		editing[webhook.Edit](operation("PATCH /webhooks/{id}", "patchWebhook", "Change a webhook, or switch it off and on",
			func(c *call[one[uuid.UUID]]) (webhook.Webhook, error) {
				version, err := web.Version(c.request)
				if err != nil {
					return webhook.Webhook{}, err
				}
				edit, err := web.Body[webhook.Edit](c.request)
				if err != nil {
					return webhook.Webhook{}, err
				}
				return hooks.Edit(c.ctx(), c.ws, c.params.ID, version, edit)
			})),
		versioned(operation("DELETE /webhooks/{id}", "deleteWebhook", "Delete a webhook and its deliveries",
			func(c *call[one[uuid.UUID]]) (nothing, error) {
				version, err := web.Version(c.request)
				if err != nil {
					return nothing{}, err
				}
				return nothing{}, hooks.Delete(c.ctx(), c.ws, c.params.ID, version)
			})),
		trying(operation("POST /webhooks/{id}/test", "testWebhook", "Send a signed message to try a webhook, and say what became of it",
			func(c *call[one[uuid.UUID]]) (webhook.Tested, error) { return hooks.Test(c.ctx(), c.ws, c.params.ID) })),
		operation("GET /webhooks/{id}/deliveries", "listDeliveries", "List the messages to a webhook, the newest first",
			func(c *call[list]) (page[webhook.Delivery], error) {
				return paged(hooks.Deliveries(c.ctx(), c.ws, c.params.ID, c.params.DeliveryFilter))
			}),
		operation("POST /webhooks/{id}/deliveries/{delivery}/replay", "replayDelivery", "Send a message again that is delivered or dead",
			func(c *call[struct {
				one[uuid.UUID]
				// Delivery is the id of the message.
				Delivery uuid.UUID `json:"delivery"`
			}]) (webhook.Delivery, error) {
				return hooks.Replay(c.ctx(), c.ws, c.params.ID, c.params.Delivery)
			}),
	)
	for n := range all {
		all[n] = administrative(all[n])
	}
	return all
}

// trying is an operation that waits for a receiver.
func trying(o Operation) Operation {
	o.timeout, o.Idempotent = 30*time.Second, false
	return o
}
