package pages

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/account"
	"github.com/getklar/influencercrm/examples/server/imports"
	"github.com/getklar/influencercrm/sheetimport"
	"github.com/getklar/influencercrm/sheetimport/column"
)

// importChoices is the form in which people say what the columns and words of a sheet mean.
type importChoices struct {
	Form    *form
	Columns []mappedColumn
	Fields  []option
	Values  []mappedValue
	All     bool   // it was asked for
	Page    int    // which columns and words are shown, from 1, where all are asked for
	Next    string // the address of the next columns and words
	More    int    // how many words that mean nothing are not listed
	// Unsure tells that a column that every sheet needs was told by more than its name, and Unknown that words of the sheet
	// mean nothing to the import: then the form is open.
	Unsure, Unknown bool
	Dates, Decimals []option
	Statuses        []option
}

// How many columns and words a page asks about, each with a list to choose from.
const columnsTogether, valuesTogether = 30, 60

type mappedColumn struct {
	sheetimport.PlannedColumn
	Name string // of the field in the form
}

type mappedValue struct {
	sheetimport.PlannedValue
	Name    string // of the field in the form
	Label   string // what the words are about
	Options []option
}

// required are the columns that every sheet needs: an influencer by name or handle, and a platform.
var required = []column.Field{column.Influencer, column.FirstName, column.LastName, column.Handle, column.Platform}

func (v *visit) choicesOf(plan imports.Plan) (importChoices, error) {
	made, err := v.pages.options.Imports.Choices(v.Context(), v.ws.ID, plan.ID)
	if err != nil {
		return importChoices{}, err
	}
	f := newForm(map[string][]string{"tab": {made.Tab}, "dates": {string(made.Dates)},
		"decimals": {string(made.Decimals)}, "status": {string(made.Status)}})
	if made.FillDown {
		f.Values.Set("fill_down", "yes")
	}
	c := importChoices{Form: f, Fields: v.face.fieldOptions()}
	asked, _ := strconv.Atoi(v.FormValue("columns")) // what is no number asks for nothing
	c.Page = min(asked, max(len(plan.Columns)/columnsTogether, len(plan.Values)/valuesTogether)+1)
	c.All = c.Page > 0
	for n, planned := range plan.Columns {
		name := "column." + strconv.Itoa(n)
		f.Values.Set(name, string(planned.Field))
		told := planned.Confidence != column.Inferred && planned.Confidence != column.Contains
		unsure := !told && slices.Contains(required, planned.Field)
		c.Unsure = c.Unsure || unsure
		if unsure && !c.All || c.All && n/columnsTogether == c.Page-1 {
			c.Columns = append(c.Columns, mappedColumn{planned, name})
		}
	}
	if c.All && (c.Page*columnsTogether < len(plan.Columns) || c.Page*valuesTogether < len(plan.Values)) {
		c.Next = v.to("import", plan.ID.String()) + "?columns=" + strconv.Itoa(c.Page+1)
	}
	var unknown, known []int // what nobody knows yet comes first
	for n, value := range plan.Values {
		if isUnknown(value) {
			unknown = append(unknown, n)
		} else {
			known = append(known, n)
		}
	}
	c.Unknown = len(unknown) > 0
	if c.All {
		unknown = append(unknown, known...)
		unknown = unknown[min((c.Page-1)*valuesTogether, len(unknown)):]
	}
	for _, n := range unknown[:min(valuesTogether, len(unknown))] {
		m, shown := v.valueChoice(n, plan.Values[n])
		c.Values = append(c.Values, m)
		f.Values.Set(m.Name, shown)
	}
	if !c.All {
		c.More = len(unknown) - len(c.Values)
	}
	c.Dates = []option{{"", v.say("As the sheet tells"), false}, {string(imports.DayFirst), v.say("Day first: 03/04 is 3 April"), false},
		{string(imports.MonthFirst), v.say("Month first: 03/04 is 4 March"), false}}
	c.Decimals = []option{{"", v.say("As the sheet tells"), false}, {string(imports.Comma), v.say("Comma: 1.234,50"), false},
		{string(imports.Point), v.say("Point: 1,234.50"), false}}
	c.Statuses = []option{{"", v.say("Signed, because it is live"), false}, {string(crm.Negotiating), v.face.Status(crm.Negotiating), false},
		{string(crm.Draft), v.face.Status(crm.Draft), false}}
	return c, nil
}

// blankMeaning stands in the form for a word that means nothing.
const blankMeaning = "-"

// isUnknown reports whether a word means nothing to the import, and nobody has said what it means.
func isUnknown(value sheetimport.PlannedValue) bool {
	return value.Meaning == "" && value.Confidence == column.NoMatch
}

// isChosen reports whether the meaning of a word is chosen from a list.
func isChosen(field column.Field) bool {
	return slices.Contains([]column.Field{column.Status, column.LastTouch, column.Platform}, field)
}

// shownMeaning is the meaning of a word as the form shows it.
func shownMeaning(value sheetimport.PlannedValue) string {
	if value.Meaning == "" && value.Confidence == column.Given && isChosen(value.Field) {
		return blankMeaning
	}
	return value.Meaning
}

// valueChoice is the choice for a word of the sheet, and what is chosen: what it is read as, or may mean.
func (v *visit) valueChoice(n int, value sheetimport.PlannedValue) (m mappedValue, chosen string) {
	m = mappedValue{PlannedValue: value, Name: "value." + strconv.Itoa(n), Label: v.face.FieldLabel(string(value.Field))}
	chosen = cmp.Or(shownMeaning(value), value.Proposed)
	blank := option{blankMeaning, v.say("Leave it blank"), false}
	switch { // what the import reads by itself can be read as something else, and not be unknown
	case isUnknown(value):
		m.Options = []option{{"", v.say("Not known"), false}}
	case value.Confidence == column.Given:
		m.Options = []option{{"", v.say("As the import reads it"), false}}
	}
	switch value.Field {
	case column.Status:
		for _, s := range crm.Statuses() {
			m.Options = append(m.Options, option{string(s), v.face.Status(s), false})
		}
		m.Options = append(m.Options, option{"cancelled", v.say("Cancelled"), false}, blank)
	case column.LastTouch:
		m.Options = append(m.Options, option{"yes", v.say("Yes"), false}, option{"no", v.say("No"), false}, blank)
	case column.Platform:
		for _, p := range account.Platforms() {
			m.Options = append(m.Options, option{p.ID, p.Name, false})
		}
		m.Options = append(m.Options, blank)
	default:
		m.Options = nil
		return m, chosen
	}
	if !slices.ContainsFunc(m.Options, func(o option) bool { return o.Value == chosen }) {
		m.Options = append(m.Options, option{chosen, chosen, false})
	}
	return m, chosen
}

// importAgain plans the files of a plan again, with what somebody has said about its columns and words.
func (v *visit) importAgain() (answer, error) {
	id, err := v.planID()
	if err != nil {
		return nil, err
	}
	plan, err := v.pages.options.Imports.Find(v.Context(), v.ws.ID, id, v.face.Lang)
	if err != nil {
		return v.followed(id, err)
	}
	made, err := v.pages.options.Imports.Choices(v.Context(), v.ws.ID, id)
	if err != nil {
		return nil, err
	}
	f := v.typed()
	if _, all := f.Values["tab"]; all { // a form about some columns does not ask for the rest
		made.Tab = strings.TrimSpace(f.Get("tab"))
		made.Dates, made.Decimals, made.Status = imports.DateOrder(f.Get("dates")), imports.Decimals(f.Get("decimals")),
			crm.Status(f.Get("status"))
		made.FillDown = f.Get("fill_down") != ""
	}
	made.Mapping = chosenColumns(f, plan, made.Mapping)
	made.Values = chosenValues(f, plan, made.Values)
	var fresh imports.Plan
	var refusal error
	if v.refuseTwice(f, plan); len(f.Problems) == 0 {
		fresh, refusal = v.pages.options.Imports.Again(v.Context(), v.ws.ID, id, made, v.face.Lang)
	}
	if f.refused(v, refusal) || len(f.Problems) > 0 {
		for n, p := range f.Problems {
			if strings.ContainsRune(p.Field, '[') { // a place in a mapping, which no field of the form has
				f.Problems[n].Field = ""
			}
		}
		page, err := v.planPage(plan)
		if err != nil {
			return nil, err
		}
		d := page.data.(importPlanData)
		if d.Choices.Form == nil { // of a plan that is carried out nothing can be chosen any more
			return nil, refusal
		}
		for name, values := range d.Choices.Form.Values {
			if _, sent := f.Values[name]; !sent && (name != "fill_down" || !f.Values.Has("tab")) { // which is not sent where it is off
				f.Values[name] = values
			}
		}
		d.Choices.Form = f
		page.data = d
		return page.again(), nil
	}
	if refusal != nil {
		return v.followed(id, refusal)
	}
	return redirect(v.to("import", fresh.ID.String())), nil
}

// importForget forgets what was said of sheets with the headers of a plan, and plans its files again without it. If
// they cannot be read then, somebody has to say what the columns are.
func (v *visit) importForget() (answer, error) {
	id, err := v.planID()
	if err != nil {
		return nil, err
	}
	fresh, err := v.pages.options.Imports.Forget(v.Context(), v.ws.ID, id, v.face.Lang)
	f := newForm(map[string][]string{})
	if f.refused(v, err) {
		page, err := v.importPage(f)
		return page.again(), err
	}
	if err != nil {
		return v.followed(id, err)
	}
	return redirect(v.to("import", fresh.ID.String())), nil
}

// refuseTwice marks columns to which somebody has given the meaning of another one, where only one column can have it.
func (v *visit) refuseTwice(f *form, plan imports.Plan) {
	fields := make([]column.Field, len(plan.Mapping))
	for n, planned := range plan.Mapping {
		fields[n] = cmp.Or(column.Field(f.Get("column."+strconv.Itoa(n))), planned.Field)
	}
	for n, field := range fields {
		other := slices.Index(fields, field)
		chosen := field != plan.Mapping[n].Field || field != plan.Mapping[other].Field
		if other < n && chosen && !field.Repeatable() {
			marked := "column." + strconv.Itoa(n)
			if before := "column." + strconv.Itoa(other); !f.Values.Has(marked) && f.Values.Has(before) { // that of the two which is on the page
				marked = before
			}
			f.wrong(marked, v.say("The columns %s and %s are both “%s”, and only one can be. Choose something else for the other.",
				columnName(plan, other), columnName(plan, n), v.face.FieldLabel(string(field))))
		}
	}
}

// columnName is what a form calls a column: its letter and header.
func columnName(plan imports.Plan, n int) string {
	return plan.Columns[n].Column + " · " + plan.Columns[n].Header
}

// chosenColumns adds to a mapping the columns for which somebody has chosen another field than the plan has.
func chosenColumns(f *form, plan imports.Plan, m column.Mapping) column.Mapping {
	m = slices.Clone(m)
	for n, planned := range plan.Mapping {
		field := column.Field(f.Get("column." + strconv.Itoa(n)))
		if field == "" || field == planned.Field {
			continue
		}
		planned.Field = field
		m = slices.DeleteFunc(m, func(c column.MappedColumn) bool {
			return max(c.Nth, 1) == max(planned.Nth, 1) && column.NormalizeHeader(c.Header) == column.NormalizeHeader(planned.Header)
		})
		m = append(m, planned)
	}
	return m
}

// chosenValues are the words of a mapping with those for which somebody has chosen another meaning than the plan has, or none.
func chosenValues(f *form, plan imports.Plan, m column.ValueMapping) column.ValueMapping {
	m = slices.Clone(m)
	for n, planned := range plan.Values {
		name := "value." + strconv.Itoa(n)
		meaning := strings.TrimSpace(f.Get(name))
		if !f.Values.Has(name) || meaning == shownMeaning(planned) {
			continue
		}
		m = slices.DeleteFunc(m, func(c column.MappedValue) bool {
			return c.Field == planned.Field && crm.Fold(c.Value) == crm.Fold(planned.Value)
		})
		if meaning == "" && (isChosen(planned.Field) || planned.Confidence == column.Given) {
			continue // what was said before is taken back
		}
		if meaning == blankMeaning {
			meaning = ""
		}
		m = append(m, column.MappedValue{Field: planned.Field, Value: planned.Value, Meaning: meaning})
	}
	return m
}

// fieldOptions are the fields that a column may have.
func (f *face) fieldOptions() []option {
	var all []option
	for _, field := range column.Fields() {
		if field != column.Month { // no column of a sheet of cooperations has it
			all = append(all, option{Value: string(field), Label: f.FieldLabel(string(field))})
		}
	}
	return all
}
