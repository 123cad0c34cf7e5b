package cell

import (
	"github.com/getklar/influencercrm/crm/sentence"
	"github.com/getklar/influencercrm/sheetimport/internal/texts"
)

// dittoWords stand for the value of the cell above, in the form of PlainWords.
var dittoWords = indexPhrases(`dito, ditto, idem, dto, same, same as above, as above, see above, siehe oben, wie oben, s.o, s. o`)

// CheckDitto returns an error for a cell that stands for the one above it. Rows are sorted and filtered, so that nobody can tell
// which one that was.
func CheckDitto(text string) error {
	t := texts.Trim(text)
	switch t {
	case "〃", "″", "↑", "^", "''", `"`, "”", "“":
	default:
		if len(t) > maxNoValueWord || !dittoWords[texts.PlainWords(t)] {
			return nil
		}
	}
	return NewError("ditto", t, sentence.Of("stands for the cell above it"),
		sentence.Of("write the value in each row, as rows can be sorted"))
}
