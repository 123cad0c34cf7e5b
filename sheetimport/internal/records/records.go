package records

import (
	"context"
	"strconv"
	"strings"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/sheetimport/internal/texts"
)

// Each calls fn with every record of a filter.
func Each[R crm.Record, F any](ctx context.Context, records crm.Records[R, F], f F, fn func(R)) error {
	return EachPage(ctx, records, f, func(page []R) error {
		for _, r := range page {
			fn(r)
		}
		return nil
	})
}

// EachPage calls fn with each page of the records of a filter. Package crm has such a loop too, but does not export it:
// it is too little to be part of its API.
func EachPage[R crm.Record, F any](ctx context.Context, records crm.Records[R, F], f F, fn func([]R) error) error {
	o := crm.ListOptions{Size: crm.MaxPageSize}
	for {
		page, err := records.List(ctx, f, o)
		if err != nil {
			return err
		}
		if err := fn(page.Items); err != nil {
			return err
		}
		if page.Next == "" {
			return nil
		}
		o.Token = page.Next
	}
}

// ID names a cooperation in an exported sheet: its id, and the version in which the row shows it.
func ID(c crm.Cooperation) string { return c.ID.String() + " v" + strconv.FormatInt(c.Version, 10) }

// ParseID reads a cell that ID wrote; ok is false for any other text. An id alone is one whose version nobody knows.
func ParseID(text string) (id crm.CooperationID, version int64, ok bool) {
	first, rest, _ := strings.Cut(texts.Trim(text), " ")
	id, err := crm.ParseID[crm.Cooperation](first)
	if err != nil {
		return id, 0, false
	}
	if rest == "" {
		return id, 0, true
	}
	digits, found := strings.CutPrefix(texts.Trim(rest), "v")
	version, err = strconv.ParseInt(digits, 10, 64)
	return id, version, found && err == nil
}
