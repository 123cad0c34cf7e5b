package google_test

import (
	"encoding/json"
	"errors"
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/oauth2"
	"golang.org/x/text/language"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/sheetimport"
	"github.com/getklar/influencercrm/sheetimport/column"
	"github.com/getklar/influencercrm/sheetimport/google"
	"github.com/getklar/influencercrm/sheetimport/report"
	"github.com/getklar/influencercrm/sheetimport/sheet"
)

// writer are the options of someone who may write.
func writer() *google.Options {
	return &google.Options{
		TokenSource: oauth2.StaticTokenSource(&oauth2.Token{AccessToken: "t"}), WriteStatus: true,
		Retry: google.Retry{Attempts: 3, Wait: new(waitList).wait},
	}
}

func statusTab() *fakeTab {
	return tab(5, "Ida's plan", []string{"Our plan"}, headers(),
		[]string{"Ida", "IG", "2026-06-01", "100", ""}, []string{"Mats", "IG", "2026-06-01", "100", "created"}, nil,
		[]string{"Lea", "IG", "", "100", "old"}, []string{"Tom", "IG", "", "100", "old"})
}

// written lists what the requests write, as "range: texts".
func (f *fake) written() []string {
	f.mu.Lock()
	defer f.mu.Unlock()
	var all []string
	for i, r := range f.requests {
		if r.Method != http.MethodPost {
			continue
		}
		var request struct {
			Data []struct {
				Range  string
				Values [][]string
			}
		}
		if err := json.Unmarshal([]byte(f.bodies[i]), &request); err != nil {
			f.t.Error(err)
		}
		for _, d := range request.Data {
			all = append(all, d.Range+": "+strings.Join(d.Values[0], "|"))
		}
	}
	return all
}

func TestWriteStatus(t *testing.T) {
	t.Parallel()
	f := newFake(t, statusTab())
	before := shown(f.read(nil))
	s := f.open(documentID, writer())
	if _, err := s.Read(t.Context()); err != nil {
		t.Fatal(err)
	}
	texts := map[int]string{3: `=HYPERLINK("http://evil.example")`, 4: "created", 6: "rejected: the platform is missing", 7: ""}
	for range 2 { // the second time all of it is there
		if err := s.WriteStatus(t.Context(), texts); err != nil {
			t.Fatal(err)
		}
		want := []string{
			`'Ida''s plan'!E3:E3: =HYPERLINK("http://evil.example")`,
			"'Ida''s plan'!E6:E7: rejected: the platform is missing|",
		}
		if diff := cmp.Diff(want, f.written()); diff != "" {
			t.Errorf("requests (-want +got):\n%s", diff)
		}
	}
	want := before
	want[2][4], want[5][4], want[6][4] = texts[3], texts[6], ""
	if diff := cmp.Diff(want, shown(f.read(nil))); diff != "" {
		t.Errorf("sheet (-want +got):\n%s", diff)
	}
}

func TestWriteStatusOfManyRows(t *testing.T) {
	t.Parallel()
	plan := tab(5, "Plan", headers())
	texts := map[int]string{}
	for n := range 1500 {
		plan.rows = append(plan.rows, textsOf("Ida", "IG"))
		texts[n+2] = strings.Repeat("x", 1500)
	}
	f := newFake(t, plan)
	s := f.open(documentID, writer())
	if _, err := s.Read(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := s.WriteStatus(t.Context(), texts); err != nil {
		t.Fatal(err)
	}
	if n := len(f.written()); n != 3 {
		t.Errorf("%d requests for 2,250,000 bytes, want 3", n)
	}
	for i, body := range f.bodies {
		if len(body) > 2<<20 {
			t.Errorf("request %d has %d bytes", i+1, len(body))
		}
	}
	for _, row := range f.read(nil).Rows[1:] {
		if row.Cell(4).Text != texts[row.Number] {
			t.Fatalf("row %d has %d characters", row.Number, len(row.Cell(4).Text))
		}
	}
}

// TestWriteStatusIntoKlarsTemplate: there the column is called "Status", which elsewhere is the deal's.
func TestWriteStatusIntoKlarsTemplate(t *testing.T) {
	t.Parallel()
	_, plan := fromCSV(t, "klar-sheet.csv")
	f := newFake(t, plan)
	s := f.open(documentID, writer())
	if _, err := s.Read(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := s.WriteStatus(t.Context(), map[int]string{4: "created", 5: "created", 7: "rejected"}); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"'Plan'!AJ4:AJ5: created|created", "'Plan'!AJ7:AJ7: rejected"}, f.written()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func textsOf(row ...string) []fakeCell { return texts(row)[0] }

func TestWriteStatusIsTriedAgain(t *testing.T) {
	t.Parallel()
	f := newFake(t, statusTab())
	lost := true
	f.refuse = func(_ int, w http.ResponseWriter, r *http.Request) bool {
		if r.Method != http.MethodPost || !lost {
			return false
		}
		lost = false // written, but the answer is a failure
		f.write(discard{}, []byte(f.bodies[len(f.bodies)-1]))
		w.WriteHeader(http.StatusServiceUnavailable)
		return true
	}
	s := f.open(documentID, writer())
	if _, err := s.Read(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := s.WriteStatus(t.Context(), map[int]string{3: "created"}); err != nil {
		t.Fatal(err)
	}
	want := []string{"'Ida''s plan'!E3:E3: created", "'Ida''s plan'!E3:E3: created"}
	if diff := cmp.Diff(want, f.written()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// discard is an answer that is lost.
type discard struct{}

func (discard) Header() http.Header         { return http.Header{} }
func (discard) Write(p []byte) (int, error) { return len(p), nil }
func (discard) WriteHeader(int)             {}

// TestWriteStatusBesideTheRightRow: rows that somebody moved or changed since the reading get no text of another row.
func TestWriteStatusBesideTheRightRow(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		change func(*fakeTab)
		stale  bool
	}{
		"nothing":           {func(*fakeTab) {}, false},
		"another row":       {func(p *fakeTab) { p.set(4, 1, text("Matti")) }, false},
		"the status itself": {func(p *fakeTab) { p.set(3, 5, text("somebody's note")) }, false},
		"the row":           {func(p *fakeTab) { p.set(3, 4, text("200")) }, true},
		"a new row above":   {func(p *fakeTab) { p.rows = append(texts([]string{"new"}), p.rows...) }, true},
		"the row is gone":   {func(p *fakeTab) { p.rows = append(p.rows[:2:2], p.rows[3:]...) }, true},
		"a new column":      {func(p *fakeTab) { p.rows[2] = append(texts([]string{"x"})[0], p.rows[2]...) }, true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			plan := statusTab()
			f := newFake(t, plan)
			s := f.open(documentID, writer())
			if _, err := s.Read(t.Context()); err != nil {
				t.Fatal(err)
			}
			c.change(plan)
			err := s.WriteStatus(t.Context(), map[int]string{3: "created"})
			if !c.stale {
				if err != nil || len(f.written()) != 1 {
					t.Errorf("err = %v, written %q", err, f.written())
				}
				return
			}
			if !errors.Is(err, google.ErrNotWritten) || !errors.Is(err, crm.ErrConflict) || len(f.written()) != 0 {
				t.Errorf("err = %v, written %q; want ErrNotWritten and nothing", err, f.written())
			}
		})
	}
}

func TestWriteStatusRefuses(t *testing.T) {
	t.Parallel()
	without := tab(5, "Plan", []string{"Influencer", "Platform"}, []string{"Ida", "IG"}, []string{"Mats", "IG"})
	reader := writer()
	reader.WriteStatus = false
	for name, c := range map[string]struct {
		tab    *fakeTab
		o      *google.Options
		unread bool
		texts  map[int]string
		family error
		want   string
	}{
		"without the option": {statusTab(), reader, false, map[int]string{3: "x"}, crm.ErrInvalid, "writing into the sheet is off"},
		"before a reading":   {statusTab(), writer(), true, map[int]string{3: "x"}, crm.ErrInvalid, "read the sheet before"},
		"the header": {statusTab(), writer(), false, map[int]string{3: "x", 2: "x"}, crm.ErrInvalid,
			"is above the data, which begins below row 2"},
		"below the last row": {statusTab(), writer(), false, map[int]string{3: "x", 8: "x"}, crm.ErrInvalid,
			"is no row of the sheet, which has 7"},
		"no row at all": {statusTab(), writer(), false, map[int]string{0: "x"}, crm.ErrInvalid, "is no row of the sheet"},
		"a long text": {statusTab(), writer(), false, map[int]string{3: strings.Repeat("x", 40_000)},
			crm.ErrInvalid, "is no text of at most 32767 characters"},
		"broken characters": {statusTab(), writer(), false, map[int]string{3: "\xff"}, crm.ErrInvalid, "is no text"},
		"no column":         {without, writer(), false, map[int]string{2: "x"}, google.ErrNotWritten, `add one with the header "Import status"`},
		"no headers": {tab(5, "Plan", []string{"a"}), writer(), false, map[int]string{2: "x"},
			column.ErrNoHeader, "no header row was found"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := newFake(t, c.tab)
			s := f.open(documentID, c.o)
			if !c.unread {
				if _, err := s.Read(t.Context()); err != nil {
					t.Fatal(err)
				}
			}
			err := s.WriteStatus(t.Context(), c.texts)
			if !errors.Is(err, c.family) || !strings.Contains(err.Error(), c.want) {
				t.Errorf("err = %v, want %q", err, c.want)
			}
			if len(f.written()) != 0 {
				t.Errorf("wrote %q", f.written())
			}
		})
	}
	t.Run("a viewer", func(t *testing.T) {
		t.Parallel()
		f := newFake(t, statusTab())
		f.refuse = func(_ int, w http.ResponseWriter, r *http.Request) bool {
			if r.Method == http.MethodPost {
				f.fail(w, http.StatusForbidden, "PERMISSION_DENIED", "The caller does not have permission")
			}
			return r.Method == http.MethodPost
		}
		s := f.open(documentID, writer())
		if _, err := s.Read(t.Context()); err != nil {
			t.Fatal(err)
		}
		err := s.WriteStatus(t.Context(), map[int]string{3: "created"})
		if !errors.Is(err, google.ErrNotWritten) || errors.Is(err, sheet.ErrUnreadable) || !strings.Contains(err.Error(), "may not change it; share the sheet with it as editor") {
			t.Errorf("err = %v", err)
		}
	})
}

// TestWriteStatusOfAPlan: what an import says about each row goes into the sheet, also into one whose headers only the
// mapping explains.
func TestWriteStatusOfAPlan(t *testing.T) {
	t.Parallel()
	f := newFake(t,
		tab(4, "Notes", []string{"Who", "Where"}, []string{"nobody", "nowhere"}),
		tab(5, "Plan", []string{"Talent code", "Where", "When", "Done"}, []string{"Ida", "IG", "2026-06-01"}, nil,
			[]string{"Mats", "IG", "31.02.2026"}))
	mapping := column.Mapping{
		{Header: "Talent code", Field: column.Influencer}, {Header: "Where", Field: column.Platform},
		{Header: "When", Field: column.Start}, {Header: "Done", Field: column.ImportStatus},
	}
	o := writer()
	o.Mapping = mapping
	s := f.open(documentID, o)
	service, ws := crmOf(t)
	importer := sheetimport.New(service, &sheetimport.Options{Mapping: mapping})
	plan, err := importer.Plan(t.Context(), ws, s)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := importer.Apply(t.Context(), plan); err != nil {
		t.Fatal(err)
	}
	if n := len(f.written()); n != 0 {
		t.Errorf("the import wrote %d times into the sheet", n)
	}
	if err := s.WriteStatus(t.Context(), report.StatusTexts(plan, language.English)); err != nil {
		t.Fatal(err)
	}
	texts := report.StatusTexts(plan, language.English)
	if diff := cmp.Diff([]string{"'Plan'!D2:D2: " + texts[2], "'Plan'!D4:D4: " + texts[4]}, f.written()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if !strings.HasPrefix(texts[2], "Imported") || !strings.HasPrefix(texts[4], "Not imported: When") {
		t.Errorf("the texts are %v", texts)
	}
}

func TestOpenRefusesABadMapping(t *testing.T) {
	t.Parallel()
	o := writer()
	o.Mapping = column.Mapping{{Header: "Who", Field: "nobody"}}
	if _, err := google.Open(documentID, o); !errors.Is(err, crm.ErrInvalid) || !strings.Contains(err.Error(), "mapping[0].field") {
		t.Errorf("err = %v, want an ErrInvalid about the mapping", err)
	}
}
