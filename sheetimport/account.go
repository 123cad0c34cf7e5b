package sheetimport

import (
	"bytes"
	"encoding/json"
	"fmt"
)

// accountOf is what a run keeps of a plan: its JSON, as json.Marshal makes it, but made row by row. Marshal of the whole has
// it twice, and in a buffer that doubles as it grows: for a sheet of 100,000 rows that is three times 180 MB.
func accountOf(p *Plan) ([]byte, error) {
	around := *p
	around.Rows = []PlannedRow{}
	text, err := json.Marshal(&around)
	if err != nil {
		return nil, fmt.Errorf("import run: %w", err)
	}
	// A quote inside of a text has a backslash, so this is no part of one.
	before, after, _ := bytes.Cut(text, []byte(`"rows":[]`))
	account := append(bytes.Clone(before), `"rows":[`...)
	for n := range p.Rows {
		row, err := json.Marshal(&p.Rows[n])
		if err != nil {
			return nil, fmt.Errorf("import run: %w", err)
		}
		if n == accountSample {
			account = grown(account, n, len(p.Rows))
		}
		if n > 0 {
			account = append(account, ',')
		}
		account = append(account, row...)
	}
	account = append(account, ']')
	return append(account, after...), nil
}

// accountSample is after how many rows the length of an account is guessed.
const accountSample = 500

// grown has room for the rest of an account of which so many rows are there, if the others are about as long.
func grown(account []byte, done, rows int) []byte {
	longer := make([]byte, len(account), len(account)/done*(rows+rows/16)+len(account))
	copy(longer, account)
	return longer
}
