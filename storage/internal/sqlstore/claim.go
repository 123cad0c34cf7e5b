package sqlstore

import (
	"context"
	"slices"

	sq "github.com/Masterminds/squirrel"

	"github.com/getklar/influencercrm/crm"
)

var claimColumns = []string{"workspace_id", "kind", "claim_key", "cooperation_id", "influencer_id", "from_day", "to_day", "until_day"}

type claimRow struct {
	Cooperation string `db:"cooperation_id"`
	Influencer  string `db:"influencer_id"`
	Kind        string `db:"kind"`
	Key         string `db:"claim_key"`
	From        string `db:"from_day"`
	To          string `db:"to_day"`
	Until       string `db:"until_day"`
}

// Claims implements crm.Reader.
func (r *reader) Claims(ctx context.Context, f crm.ClaimFilter) ([]crm.Claim, error) {
	if err := r.usable(ctx); err != nil {
		return nil, err
	}
	q := sq.Select(claimColumns[1:]...).From(r.store.schema.claims.name).Where(tenant, r.wsText)
	if len(f.Kinds) > 0 {
		kinds := knownKinds(f.Kinds)
		if len(kinds) == 0 {
			return []crm.Claim{}, nil
		}
		q = q.Where(sq.Eq{"kind": kinds})
	}
	if f.Key != "" {
		q = q.Where("claim_key = ?", f.Key)
	}
	var rows []claimRow
	if err := r.list(ctx, &rows, q.OrderBy("from_day", "cooperation_id", "kind", "claim_key")); err != nil {
		return nil, r.fail(ctx, "reading claims", err)
	}
	claims := make([]crm.Claim, len(rows))
	for n, row := range rows {
		var d decoder
		claims[n] = crm.Claim{
			Cooperation: decodeID[crm.Cooperation](&d, "cooperation_id", row.Cooperation),
			Influencer:  decodeID[crm.Influencer](&d, "influencer_id", row.Influencer),
			Kind:        crm.ClaimKind(row.Kind),
			Key:         row.Key,
			From:        d.date("from_day", row.From),
			To:          d.date("to_day", row.To),
			Until:       d.date("until_day", row.Until),
		}
		if d.err != nil {
			return nil, r.unreadable(ctx, crm.RefTo(claims[n].Cooperation), d.err)
		}
	}
	return claims, nil
}

// knownKinds returns the kinds that claims have, each once, so that a list of any length makes a
// short condition.
func knownKinds(kinds []crm.ClaimKind) []string {
	known := []string{}
	for _, kind := range []crm.ClaimKind{crm.ClaimEquals, crm.ClaimContains, crm.ClaimStartsWith, crm.ClaimEndsWith, crm.ClaimUTM} {
		if slices.Contains(kinds, kind) {
			known = append(known, string(kind))
		}
	}
	return known
}

// claimRows are the claims of a cooperation.
func (w *writer) claimRows(c crm.Cooperation) ([]rowSet, error) {
	e := encoder{ref: c.Ref()}
	// A claim that a cooperation makes twice is one claim: the second insert changes nothing.
	claims := rowSet{into: w.store.schema.claims.insert}
	for _, claim := range crm.ClaimsOf(c) {
		from, to, until := e.date("period.start", claim.From), e.date("period.end", claim.To), e.date("archived_on", claim.Until)
		claims.rows = append(claims.rows, []any{w.wsText, string(claim.Kind), claim.Key, idText(c.ID), idText(claim.Influencer), from, to, until})
	}
	return []rowSet{claims}, e.err
}

// setClaims writes the claims of a cooperation, which has none in the table.
func (w *writer) setClaims(ctx context.Context, c crm.Cooperation) error {
	sets, err := w.claimRows(c)
	if err != nil {
		return err
	}
	for _, set := range sets {
		if _, err := w.add(ctx, set.into, set.rows); err != nil {
			return w.fail(ctx, "writing the claims of a cooperation", err)
		}
	}
	return nil
}
