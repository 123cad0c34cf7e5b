package crm

import (
	"strings"

	"github.com/google/uuid"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm/internal/keyset"
)

// sortKey is what the SortKey methods of the records return, for the orders that several kinds have.
func sortKey(s Sort, name string, start budget.Date, written Times) string {
	switch s {
	case SortName:
		return Fold(name)
	case SortStart:
		return start.String()
	case SortChanged:
		return keyset.Number(written.ChangedAt.UnixMicro())
	}
	return ""
}

// SortKey implements Record.
func (c Cooperation) SortKey(s Sort) string {
	switch s {
	case SortStatus:
		return keyset.Join(string(c.Status), c.Period.Start.String())
	case SortCost:
		return keyset.Join(string(c.Cost.Currency()), keyset.Number(c.Cost.Minor()))
	case SortInfluencer:
		return c.Influencer.UUID().String()
	}
	return sortKey(s, c.Name, c.Period.Start, c.Times)
}

// SortValues are the values by which a database orders records under a Sort, made of a SortKey: microseconds since 1970
// for SortChanged, status and start day for SortStatus, currency and minor units for SortCost, and the key itself for
// the others; none for SortCreated. It reports false for what is no key.
func SortValues(s Sort, key string) ([]any, bool) {
	parts := keyset.Split(key)
	switch {
	case s == SortCreated && key == "":
		return nil, true
	case s == SortChanged && len(parts) == 1:
		at, ok := keyset.ParseNumber(key)
		return []any{at}, ok
	case s == SortStatus && len(parts) == 2:
		return []any{parts[0], parts[1]}, true
	case s == SortCost && len(parts) == 2:
		minor, ok := keyset.ParseNumber(parts[1])
		return []any{parts[0], minor}, ok
	case s == SortInfluencer:
		id, err := uuid.Parse(key)
		return []any{key}, err == nil && id.String() == key
	case s == SortName || s == SortStart:
		return []any{key}, !strings.Contains(key, "\x00") // which no database keeps in a text
	}
	return nil, false
}
