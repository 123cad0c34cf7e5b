package imports

import (
	"cmp"
	"context"
	"io"
	"path"
	"strings"

	"github.com/getklar/influencercrm/crm/sentence"
	"github.com/getklar/influencercrm/examples/server/refusal"
	"github.com/getklar/influencercrm/sheetimport"
	"github.com/getklar/influencercrm/sheetimport/google"
	"github.com/getklar/influencercrm/sheetimport/sheet"
	"github.com/getklar/influencercrm/sheetimport/sheetfile"
)

// Upload is what a plan is made of: a file, or the link of a Google sheet among the choices.
type Upload struct {
	Choices
	Sheet   *File // nil if there is a link
	Budgets []File
	// MakeRoom lets the oldest plans go that nobody has begun to carry out, where a workspace has as many as there may
	// be. Without it the upload is refused then.
	MakeRoom bool
}

// File is an uploaded file: CSV or an Excel workbook, whatever its name.
type File struct {
	Name    string
	Size    int64 // bytes
	Content io.ReadSeeker
}

// maxName bounds the name of a file, in characters.
const maxName = 200

// plainName is the name of a file without folders, or what it is called if it has none.
func plainName(name string) string {
	name = strings.ToValidUTF8(path.Base(strings.ReplaceAll(strings.TrimSpace(name), `\`, "/")), "\uFFFD")
	if letters := []rune(name); len(letters) > maxName {
		name = string(letters[:maxName])
	}
	if name == "." || name == "/" {
		return "sheet"
	}
	return name
}

// request is an upload as it is kept with its plan, so that the plan can be made again.
type request struct {
	Choices
	Name    string   `json:"name,omitzero"` // of the file
	Budgets []string `json:"budget_files,omitzero"`
	Size    int64    `json:"size,omitzero"` // of all files, in bytes

	First string    `json:"first_key,omitzero"` // the key of the headers as they were first read; empty before
	Kept  *usedKept `json:"kept,omitzero"`      // nil if none of the choices were kept

	Replaces []string `json:"replaces,omitzero"` // the plans that went for this one, the last maxReplaced of them
}

func (u Upload) request() (request, error) {
	r := request{Choices: u.Choices}
	switch {
	case u.Sheet != nil && u.Link != "":
		return r, refusal.Invalid("link", u.Link, sentence.Of("is given beside a file; leave one of them out"))
	case u.Sheet == nil && u.Link == "":
		return r,
			refusal.Invalid("file", "",
				sentence.Of("is missing; upload a CSV file or an Excel workbook, or name the link of a Google sheet"))
	case len(u.Budgets)+len(u.BudgetTabs) > sheetimport.MaxTables && len(u.BudgetTabs) > 0:
		return r, refusal.Invalid("budget_tabs", "", sentence.Of("at most %d tables of budgets come with a sheet", sheetimport.MaxTables))
	case len(u.Budgets) > sheetimport.MaxTables:
		return r, refusal.Invalid("budgets", "", sentence.Of("at most %d tables of budgets come with a sheet", sheetimport.MaxTables))
	}
	if u.Sheet != nil {
		r.Name, r.Size = plainName(u.Sheet.Name), u.Sheet.Size
	}
	for _, f := range u.Budgets {
		r.Budgets = append(r.Budgets, plainName(f.Name))
		r.Size += f.Size
	}
	return r, nil
}

// files are those of the upload, with their places.
func (u Upload) files() map[int]File {
	all := map[int]File{}
	if u.Sheet != nil {
		all[0] = *u.Sheet
	}
	for n, f := range u.Budgets {
		all[n+1] = f
	}
	return all
}

// sources are the sheet of a request and its tables of budgets. The function opens a file by its place: 0 is the sheet.
func (s *Service) sources(r request, open func(file int) io.Reader) (sheet.Source, []sheet.Source, error) {
	main, err := s.tab(r, r.Tab, open)
	if err != nil {
		return nil, nil, err
	}
	var budgets []sheet.Source
	for _, tab := range r.BudgetTabs {
		source, err := s.tab(r, tab, open)
		if err != nil {
			return nil, nil, err
		}
		budgets = append(budgets, named{source, "budget_tabs"})
	}
	for n, name := range r.Budgets {
		budgets = append(budgets, named{sheetfile.Open(name, open(n+1), &sheetfile.Options{Mapping: r.Mapping}), "budgets"})
	}
	return main, budgets, nil
}

// tab is a tab of the file or of the Google sheet.
func (s *Service) tab(r request, tab string, open func(int) io.Reader) (sheet.Source, error) {
	if r.Link == "" {
		return named{sheetfile.Open(r.Name, open(0), &sheetfile.Options{Tab: tab, Mapping: r.Mapping}), "file"}, nil
	}
	if s.options.Google == nil {
		return nil,
			refusal.Invalid("link", r.Link,
				sentence.Of("cannot be read: this server has no credentials for Google; download the sheet and upload the file"))
	}
	o := *s.options.Google
	o.Tab, o.Mapping, o.WriteStatus = cmp.Or(tab, o.Tab), r.Mapping, false
	source, err := google.Open(r.Link, &o)
	if err != nil {
		return nil, err
	}
	return named{source, "link"}, nil
}

// named is a source whose errors say which part of the request they are about.
type named struct {
	sheet.Source
	field string
}

// Read implements sheet.Source.
func (n named) Read(ctx context.Context) (*sheet.Table, error) {
	source := n.Source
	if inner, ok := source.(named); ok { // a tab, of which the outer name is the closer one
		source = inner.Source
	}
	table, err := source.Read(ctx)
	return table, told(err, n.field, n.Name())
}
