package sheetimport

import (
	"bytes"
	"encoding/json"
	"errors"
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
	before, after, found := bytes.Cut(text, []byte(`"rows":[]`))
	if !found {
		return nil, errors.New("import run: the account has no place for its rows")
	}
	length, err := rowsLength(p.Rows)
	if err != nil {
		return nil, err
	}
	account := make([]byte, 0, len(text)+length)
	account = append(append(account, before...), `"rows":[`...)
	for n := range p.Rows {
		row, err := accountOfRow(&p.Rows[n])
		if err != nil {
			return nil, err
		}
		if n > 0 {
			account = append(account, ',')
		}
		account = append(account, row...)
	}
	account = append(append(account, ']'), after...)
	if cap(account)-len(account) > len(account)/4 { // the run keeps it
		account = bytes.Clone(account)
	}
	return account, nil
}

func accountOfRow(row *PlannedRow) ([]byte, error) {
	text, err := json.Marshal(row)
	if err != nil {
		return nil, fmt.Errorf("import run: %w", err)
	}
	return text, nil
}

// accountSample is of about how many rows, from all parts of a plan, the length of an account is guessed.
const accountSample = 500

// rowsLength guesses how many bytes the rows have in the account, and a sixteenth more.
func rowsLength(rows []PlannedRow) (int, error) {
	step := len(rows)/accountSample + 1
	looked, length := 0, 0
	for n := 0; n < len(rows); n += step {
		row, err := accountOfRow(&rows[n])
		if err != nil {
			return 0, err
		}
		looked++
		length += len(row) + len(",")
	}
	if looked == 0 {
		return 0, nil
	}
	length = length / looked * len(rows)
	return length + length/16, nil
}
