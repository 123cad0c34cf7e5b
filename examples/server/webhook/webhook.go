package webhook

import (
	"strings"
	"time"

	"github.com/google/uuid"

	"github.com/getklar/influencercrm/crm"
)

// Webhook is an address that is told of the changes of a workspace.
type Webhook struct {
	ID        uuid.UUID  `json:"id"`
	Version   int64      `json:"version"`
	URL       string     `json:"url"`
	Kinds     []crm.Kind `json:"kinds"`            // of the records whose changes are sent; all if there are none
	Active    bool       `json:"active"`           // if not, nothing is sent until it is again, and then from where it stopped
	Position  crm.Seq    `json:"position"`         // of the last change that was sent, given up or not wanted
	CreatedAt time.Time  `json:"created_at"`       // UTC
	Secret    string     `json:"secret,omitempty"` // with which messages are signed; only in the answer that makes it
}

// Revision is the version, which is the ETag.
func (w Webhook) Revision() int64 { return w.Version }

// Draft is what a client chooses of a new webhook.
type Draft struct {
	URL   string     `json:"url"`             // https, at a public address
	Kinds []crm.Kind `json:"kinds,omitzero"`  // of the records whose changes are sent; all if there are none
	After *crm.Seq   `json:"after,omitempty"` // changes with a larger seq are sent; without it those from now on
}

// Edit is what a client changes of a webhook. What is left out stays.
type Edit struct {
	URL    *string     `json:"url,omitempty"`
	Kinds  *[]crm.Kind `json:"kinds,omitempty"`  // an empty list is all
	Active *bool       `json:"active,omitempty"` // true also begins anew with a message that waits for its next attempt
}

// MaxWebhooks is how many webhooks a workspace may have.
const MaxWebhooks = 20

// kindsOfLog are the kinds of records that have changes.
var kindsOfLog = []crm.Kind{crm.KindWorkspace, crm.KindMember, crm.KindCampaign, crm.KindInfluencer, crm.KindCooperation}

// row is a webhook as it is stored.
type row struct {
	ID        string `db:"id"`
	Workspace string `db:"workspace"`
	Version   int64  `db:"version"`
	URL       string `db:"url"`
	Kinds     string `db:"kinds"`
	Secret    string `db:"secret"`
	Active    int64  `db:"active"`
	Position  int64  `db:"position"`
	CreatedAt int64  `db:"created_at"`
}

const columns = "id, workspace, version, url, kinds, secret, active, position, created_at"

// webhook is the row as clients see it.
func (r row) webhook() (Webhook, error) {
	id, err := uuid.Parse(r.ID)
	return Webhook{
		ID: id, Version: r.Version, URL: r.URL, Kinds: splitKinds(r.Kinds), Active: r.Active != 0, Position: crm.Seq(r.Position),
		CreatedAt: time.UnixMicro(r.CreatedAt).UTC(),
	}, err
}

func joinKinds(kinds []crm.Kind) string {
	texts := make([]string, len(kinds))
	for n, k := range kinds {
		texts[n] = string(k)
	}
	return strings.Join(texts, ",")
}

func splitKinds(text string) []crm.Kind {
	kinds := []crm.Kind{}
	for name := range strings.SplitSeq(text, ",") {
		if name != "" {
			kinds = append(kinds, crm.Kind(name))
		}
	}
	return kinds
}
