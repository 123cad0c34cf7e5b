package tables

import (
	"slices"

	sq "github.com/Masterminds/squirrel"

	"github.com/getklar/influencercrm/crm"
)

var claimColumns = []string{"workspace_id", "kind", "claim_key", "cooperation_id", "influencer_id", "from_day", "to_day", "until_day"}

// ClaimRow is the row of a claim.
type ClaimRow struct {
	Cooperation string
	Influencer  string
	Kind        string
	Key         string
	From        string
	To          string
	Until       string
}

// Dest are pointers to the columns that Claims selects.
func (row *ClaimRow) Dest() []any {
	return []any{&row.Kind, &row.Key, &row.Cooperation, &row.Influencer, &row.From, &row.To, &row.Until}
}

// Claim makes a claim of a row.
func (row *ClaimRow) Claim() (crm.Claim, error) {
	var d decoder
	c := crm.Claim{
		Cooperation: decodeID[crm.Cooperation](&d, "cooperation_id", row.Cooperation),
		Influencer:  decodeID[crm.Influencer](&d, "influencer_id", row.Influencer),
		Kind:        crm.ClaimKind(row.Kind),
		Key:         row.Key,
		From:        d.date("from_day", row.From),
		To:          d.date("to_day", row.To),
		Until:       d.date("until_day", row.Until),
	}
	return c, d.err
}

// Claims selects the claims under a filter, in order. It reports false for a filter that no claim passes.
func (s *Schema) Claims(ws string, f crm.ClaimFilter) (q sq.SelectBuilder, possible bool) {
	q = sq.Select(claimColumns[1:]...).From(s.claims.name).Where(tenant, ws).OrderBy("from_day", "cooperation_id", "kind", "claim_key")
	if f.Key != "" {
		q = q.Where("claim_key = ?", f.Key)
	}
	if len(f.Kinds) == 0 {
		return q, true
	}
	kinds := knownKinds(f.Kinds)
	return q.Where(sq.Eq{"kind": kinds}), len(kinds) > 0
}

// knownKinds returns the kinds that claims have, each once, so that a list of any length makes a short condition.
func knownKinds(kinds []crm.ClaimKind) []string {
	known := []string{}
	for _, kind := range []crm.ClaimKind{crm.ClaimEquals, crm.ClaimContains, crm.ClaimStartsWith, crm.ClaimEndsWith, crm.ClaimUTM} {
		if slices.Contains(kinds, kind) {
			known = append(known, string(kind))
		}
	}
	return known
}

// deriveClaims are the rows of a cooperation's claims. One that it makes twice is one row.
func deriveClaims(ws string, r crm.Record) ([][][]any, error) {
	c := r.(crm.Cooperation)
	e := encoder{ref: c.Ref()}
	var rows [][]any
	all := crm.ClaimsOf(c)
	for n, claim := range all {
		if slices.Contains(all[:n], claim) {
			continue
		}
		rows = append(rows, []any{ws, string(claim.Kind), claim.Key, IDText(c.ID), IDText(claim.Influencer),
			e.date("period.start", claim.From), e.date("period.end", claim.To), e.date("archived_on", claim.Until)})
	}
	return [][][]any{rows}, e.err
}
