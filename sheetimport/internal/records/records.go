package records

import (
	"strconv"
	"strings"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/sheetimport/internal/texts"
)

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
