package column

import (
	"slices"

	"github.com/getklar/influencercrm/sheetimport/cell"
	"github.com/getklar/influencercrm/sheetimport/internal/texts"
	"github.com/getklar/influencercrm/sheetimport/sheet"
)

// FindFormats finds the header of a sheet without a column for the platform, in which each cell of a column of formats names one:
// "IG Reel", "2 TikToks". ok is false if there is none.
func FindFormats(s *sheet.Table, m Mapping) (h Header, formats Column, ok bool) {
	for _, row := range s.Rows {
		if row.Number > HeaderRows {
			break
		}
		columns, _ := readColumns(row, m)
		if hasField(columns, Platform) || !namesInfluencers(columns) || holdsValues(row, s.Below(row.Number)) {
			continue
		}
		data := s.Below(row.Number)
		for _, c := range columns {
			if c.Field != Custom && c.Field != Tags || c.Confidence == Given || !slices.Contains(formatHeaders, NormalizeHeader(c.Header)) {
				continue
			}
			seen, named := tally(data, c.Index, isNothing, func(_ sheet.Cell, text string) bool { return PlatformOfFormat(text) != "" })
			if seen > 0 && named == seen {
				h = Header{Row: row.Number, Columns: columns, width: width(len(row.Cells), data)}
				h.settleDuplicates(data, "")
				return h, c, true
			}
		}
	}
	return Header{}, Column{}, false
}

// PlatformOfFormat is the platform that a format names, or "".
func PlatformOfFormat(text string) string {
	platform, known, err := cell.ParsePlatform(texts.Trim(text))
	if err != nil || !known {
		return ""
	}
	return platform
}
