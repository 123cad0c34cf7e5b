package sheetimport

import (
	"github.com/getklar/influencercrm/sheetimport/column"
)

// mayHoldEntities reports whether "&amp;" in a cell of a field is an ampersand that a web page has left. Links are
// mended where they are read, and UTM values are what a link has.
func mayHoldEntities(f column.Field) bool {
	switch f {
	case column.Influencer, column.FirstName, column.LastName, column.Handle, column.Campaign, column.Category, column.Tags,
		column.Responsible, column.Notes, column.CancellationReason, column.Code, column.Status, column.Custom:
		return true
	}
	return false
}
