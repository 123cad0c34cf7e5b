package sheetimport

import (
	"slices"

	"github.com/getklar/influencercrm/crm/account"
	"github.com/getklar/influencercrm/sheetimport/cell"
	"github.com/getklar/influencercrm/sheetimport/column"
	"github.com/getklar/influencercrm/sheetimport/internal/texts"
	"github.com/getklar/influencercrm/sheetimport/sheet"
)

// PlannedValue is a word of the sheet that stands for one of a few meanings, and what it is taken for.
type PlannedValue struct {
	Field  column.Field `json:"field"`
	Column string       `json:"column"` // the letter
	Header string       `json:"header"`
	Value  string       `json:"value"` // as first typed
	Rows   int          `json:"rows"`  // how many have it
	// Samples are the first rows that have it.
	Samples []int `json:"samples"`
	// Meaning is what the value is read as; empty if it cannot be read.
	Meaning string `json:"meaning"`
	// Proposed is what a value that cannot be read may mean, for somebody to confirm; empty if nothing is known of it.
	Proposed   string            `json:"proposed,omitzero"`
	Confidence column.Confidence `json:"confidence"` // Given by the mapping, Exact for a known word, else NoMatch
}

// MaxPlannedValues is how many values of a field a plan lists at most.
const MaxPlannedValues = 100

const (
	maxValueSamples = 3
	// maxWordLen is how long, in bytes, a value is that a plan lists although nobody has said what it means.
	maxWordLen = 120
)

// plannedValues lists the words of the columns with a few meanings, most frequent first.
func (x *rowReader) plannedValues(entries []*entry) []PlannedValue {
	all := []PlannedValue{}
	for _, f := range []column.Field{column.Status, column.Platform, column.LastTouch, column.Influencer, column.Responsible, column.Campaign} {
		c, ok := x.columns[f]
		listed := f == column.Status || f == column.Platform || f == column.LastTouch || f == column.Responsible
		if !ok || !listed && len(x.meanings[f]) == 0 {
			continue
		}
		var values []PlannedValue
		at := map[string]int{}
		for _, e := range entries {
			if e.verdict == Skipped || c.Index >= len(e.cells.Cells) {
				continue
			}
			text := texts.Trim(f.Text(e.cells.Cells[c.Index]))
			if text == "" {
				continue
			}
			n, seen := at[text]
			if !seen {
				_, mapped := x.meanings.Of(f, text)
				word := listed && !cell.IsBlank(text) && len(text) <= maxWordLen
				if !word && !mapped || len(values) == MaxPlannedValues {
					continue
				}
				n = len(values)
				at[text] = n
				values = append(values, x.plannedValue(c, text))
			}
			v := &values[n]
			if v.Rows++; len(v.Samples) < maxValueSamples {
				v.Samples = append(v.Samples, e.row)
			}
		}
		slices.SortStableFunc(values, func(a, b PlannedValue) int { return b.Rows - a.Rows })
		all = append(all, values...)
	}
	return all
}

// plannedValue says what one value is taken for.
func (x *rowReader) plannedValue(c column.Column, text string) PlannedValue {
	v := PlannedValue{Field: c.Field, Column: c.Letter, Header: texts.Shorten(c.Header), Value: text, Confidence: column.NoMatch}
	if meaning, ok := x.meanings.Of(c.Field, text); ok {
		v.Meaning, v.Confidence = meaning, column.Given
		return v
	}
	switch c.Field {
	case column.Status:
		if status, _, ok := cell.ParseStatusLabels(text); ok {
			text = status
		}
		stage, cancelled, err := cell.ParseStatus(text)
		switch {
		case err != nil:
			v.Proposed = cell.ProposeStatus(text)
			return v
		case cancelled:
			stage = "cancelled"
		}
		v.Meaning, v.Confidence = string(stage), column.Exact
	case column.Platform:
		platform, known, err := cell.ParsePlatform(text)
		if err != nil {
			return v
		}
		if v.Meaning, _ = account.ParsePlatform(platform); known {
			v.Confidence = column.Exact
		}
	case column.LastTouch:
		yes, err := cell.ParseYesNo(text)
		if err != nil {
			return v
		}
		v.Meaning, v.Confidence = map[bool]string{true: "yes", false: "no"}[yes], column.Exact
	default:
		v.Meaning = v.Value
	}
	return v
}

// ProposedValues is the mapping of values that the plan was made with, and what it proposes for those that cannot be read. A
// person confirms or changes it, and the next plan gets it as Options.Values.
func (p *Plan) ProposedValues() column.ValueMapping {
	var m column.ValueMapping
	for _, v := range p.Values {
		switch {
		case v.Confidence == column.Given:
			m = append(m, column.MappedValue{Field: v.Field, Value: v.Value, Meaning: v.Meaning})
		case v.Meaning == "" && v.Proposed != "":
			m = append(m, column.MappedValue{Field: v.Field, Value: v.Value, Meaning: v.Proposed})
		}
	}
	return m
}

// withMeanings returns a row in which the values that the mapping names are what they mean.
func (x *rowReader) withMeanings(r sheet.Row) sheet.Row {
	cells := r.Cells
	for f := range x.meanings {
		c, ok := x.columns[f]
		if !ok || c.Index >= len(r.Cells) {
			continue
		}
		meaning, ok := x.meanings.Of(f, f.Text(r.Cells[c.Index]))
		if !ok {
			continue
		}
		if &cells[0] == &r.Cells[0] {
			cells = slices.Clone(cells)
		}
		cells[c.Index].Raw = &sheet.RawValue{Kind: column.RawInstead, Value: meaning}
	}
	r.Cells = cells
	return r
}
