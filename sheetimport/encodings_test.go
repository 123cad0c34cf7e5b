package sheetimport_test

import (
	"bytes"
	"encoding/binary"
	"slices"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/encoding/charmap"

	"github.com/getklar/influencercrm/sheetimport/sheet"
	"github.com/getklar/influencercrm/sheetimport/sheetfile"
)

// encodings are the ways in which a text file can be written.
var encodings = map[string]func(*testing.T, string) []byte{
	"UTF-8":               func(_ *testing.T, s string) []byte { return []byte(s) },
	"UTF-8 with its mark": func(_ *testing.T, s string) []byte { return []byte("\uFEFF" + s) },
	"UTF-16, little end":  func(_ *testing.T, s string) []byte { return inUTF16(s, binary.LittleEndian) },
	"UTF-16, big end":     func(_ *testing.T, s string) []byte { return inUTF16(s, binary.BigEndian) },
	"Windows-1252": func(t *testing.T, s string) []byte {
		data, err := charmap.Windows1252.NewEncoder().Bytes([]byte(s))
		if err != nil {
			t.Fatal(err)
		}
		return data
	},
}

func inUTF16(s string, order binary.AppendByteOrder) []byte {
	var b []byte
	for _, unit := range utf16.Encode([]rune("\uFEFF" + s)) {
		b = order.AppendUint16(b, unit)
	}
	return b
}

// One sheet in every encoding with every delimiter and line end comes in the same: with its umlauts, delimiters and line
// breaks in quotes, blank lines that count, a quotation mark inside a cell, and a row of other length that hurts only itself.
func TestEncodingsAndDelimiters(t *testing.T) {
	t.Parallel()
	const table = `Unser Plan für Jürgen

Influencer,Plattform,Postingdatum,Honorar,Notizen
Zoë Müller,IG,2026-06-01,1200.50 €,"Größe: L, M"
"Jörg ""Jo"" Weiß",TikTok,2026-06-02,800,"Zeile 1
Zeile 2"

Stray "Quote,IG,2026-06-03,1,
Short Row,IG
Long Row,IG,2026-06-04,1,x,y
Øystein,YouTube,2026-06-05,300,
`
	want := []string{"4 created", "5 created", "6 skipped", "7 created", "8 created", "9 rejected !extra_cells", "10 created"}
	for encoding, write := range encodings {
		for name, delimiter := range map[string]string{"comma": ",", "semicolon": ";", "tab": "\t", "bar": "|"} {
			for ends, end := range map[string]string{"LF": "\n", "CRLF": "\r\n"} {
				t.Run(strings.Join([]string{encoding, name, ends}, "/"), func(t *testing.T) {
					t.Parallel()
					text := strings.ReplaceAll(strings.ReplaceAll(table, ",", delimiter), "\n", end)
					s := memoryShop(t, nil)
					plan, err := s.importer().Plan(s.ctx, s.ws, sheetfile.New("plan.csv", bytes.NewReader(write(t, text)), nil))
					if err != nil {
						t.Fatal(err)
					}
					var got []string
					for _, line := range account(plan) {
						line, _, _ = strings.Cut(line, " ?")
						got = append(got, line)
					}
					if diff := cmp.Diff(want, got); diff != "" {
						t.Errorf("(-want +got):\n%s", diff)
					}
					if noted := slices.ContainsFunc(plan.Notes, func(n sheet.Note) bool { return n.Code == "read_as_windows_1252" }); noted != (encoding == "Windows-1252") {
						t.Errorf("the notes are %v", plan.Notes)
					}
					if _, err := s.importer().Apply(s.ctx, plan); err != nil {
						t.Fatal(err)
					}
					var names, notes []string
					for _, one := range s.contents().Influencers {
						names = append(names, one.Name)
					}
					for _, c := range s.contents().Cooperations {
						notes = append(notes, c.Notes)
					}
					if diff := cmp.Diff([]string{"Jörg \"Jo\" Weiß", "Short Row", "Stray \"Quote", "Zoë Müller", "Øystein"}, sorted(names)); diff != "" {
						t.Errorf("influencers (-want +got):\n%s", diff)
					}
					if !slices.Contains(notes, "Größe: L"+delimiter+" M") || !slices.Contains(notes, "Zeile 1\nZeile 2") {
						t.Errorf("the notes are %q", notes)
					}
				})
			}
		}
	}
}
