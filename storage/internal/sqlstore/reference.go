package sqlstore

import (
	"context"
	"strings"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/backend"
)

// reference is a field of a record that names another one.
type reference struct {
	field  string
	exists statement
	to     crm.Ref
}

func (s *schema) references(record crm.Record) []reference {
	var all []reference
	responsible := func(id crm.MemberID) {
		if !id.IsZero() {
			all = append(all, reference{"responsible", s.members.exists, crm.RefTo(id)})
		}
	}
	switch r := record.(type) {
	case crm.Influencer:
		responsible(r.Responsible)
	case crm.Cooperation:
		all = append(all,
			reference{"campaign", s.campaigns.exists, crm.RefTo(r.Campaign)},
			reference{"influencer", s.influencers.exists, crm.RefTo(r.Influencer)})
		responsible(r.Responsible)
	}
	return all
}

// dangling tells which of a record's references names nothing, after the database has refused it: by
// the constraint, which is named after the field, or by looking. Where a database neither names it nor
// reads on after that, the error does without the field.
func (w *writer) dangling(ctx context.Context, record crm.Record, refused error) error {
	constraint := w.store.dialect.Classify(refused).Constraint
	for _, ref := range w.store.schema.references(record) {
		if strings.Contains(constraint, "_"+ref.field+"_fk") {
			return backend.Dangling(record.Ref(), ref.field, ref.to.IDString())
		}
	}
	if constraint != "" {
		return backend.Dangling(record.Ref(), "", "")
	}
	for _, ref := range w.store.schema.references(record) {
		var n int
		if _, err := w.get(ctx, &n, ref.exists, w.wsText, ref.to.ID.String()); err == nil && n == 0 {
			return backend.Dangling(record.Ref(), ref.field, ref.to.IDString())
		}
	}
	return backend.Dangling(record.Ref(), "", "")
}
