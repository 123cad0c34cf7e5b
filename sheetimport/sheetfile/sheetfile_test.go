package sheetfile_test

import (
	"bytes"
	"strings"
	"testing"

	"github.com/getklar/influencercrm/sheetimport/internal/xlsxtest"
	"github.com/getklar/influencercrm/sheetimport/sheetfile"
)

// A file is read for what it is, whatever it is called.
func TestFile(t *testing.T) {
	t.Parallel()
	for name, data := range map[string][]byte{"deals.csv": xlsxtest.Deals(t), "deals.xlsx": []byte("Campaign,Influencer\nSummer,Ida\n")} {
		sheet, err := sheetfile.New(name, bytes.NewReader(data), nil).Read(t.Context())
		if err != nil || sheet.Name != name || sheet.Rows[0].Cell(1).Text != "Influencer" {
			t.Errorf("%s: %v", name, err)
		}
	}
	source := sheetfile.New("x.csv", strings.NewReader("a"), nil)
	if source.Name() != "x.csv" {
		t.Errorf("the source is called %q", source.Name())
	}
	_, first := source.Read(t.Context())
	if _, again := source.Read(t.Context()); first != nil || again == nil || !strings.Contains(again.Error(), "open it again") {
		t.Errorf("read twice: %v, %v", first, again)
	}
}
