package xlsxfile

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"regexp"
	"strings"

	"github.com/getklar/influencercrm/crm/sentence"
	"github.com/getklar/influencercrm/sheetimport/sheet"
)

// plain is the workbook as excelize reads it best: its tabs, the texts that cells share and the formats, under the names that
// Excel gives them. excelize finds texts and formats by these names alone, keeps only large tabs of such a name out of memory,
// refuses some names of tabs that other programs allow, and reads all that is beside, such as pictures.
func (w *workbook) plain() ([]byte, error) {
	const (
		declaration = `<?xml version="1.0" encoding="UTF-8"?>`
		space       = "http://schemas.openxmlformats.org/"
		types       = space + "officeDocument/2006/relationships"
		head        = declaration + `<Relationships xmlns="` + space + `package/2006/relationships">`
		link        = `<Relationship Id="rId%d" Type="` + types + `/%s" Target="%s"/>`
	)
	var b bytes.Buffer
	out := zip.NewWriter(&b)
	var sheets, links strings.Builder
	// Any number of tabs may name the same part, which is copied once: 255 copies of a part of 2 MB took 2.3 GB of memory.
	targets := map[*zip.File]string{}
	for n, t := range w.parts.tabs {
		target := fmt.Sprintf("worksheets/sheet%d.xml", n+1)
		if f, err := w.file(t.part); err == nil { // reading the tab says that it is missing
			if targets[f] == "" {
				targets[f] = target
				if err := copyPart(out, f, "xl/"+target); err != nil {
					return nil, err
				}
			}
			target = targets[f]
		}
		fmt.Fprintf(&sheets, `<sheet name="%s" sheetId="%d" r:id="rId%d"/>`, t.plain, n+1, n+1)
		fmt.Fprintf(&links, link, n+1, "worksheet", target)
	}
	for _, part := range [][2]string{
		{"_rels/.rels", head + fmt.Sprintf(link, 1, "officeDocument", "xl/workbook.xml") + `</Relationships>`},
		{"xl/_rels/workbook.xml.rels", head + links.String() + `</Relationships>`},
		{"xl/workbook.xml", declaration + `<workbook xmlns="` + space + `spreadsheetml/2006/main" xmlns:r="` + types + `">` +
			fmt.Sprintf(`<workbookPr date1904="%t"/><sheets>`, w.parts.date1904) + sheets.String() + `</sheets></workbook>`},
	} {
		f, err := out.Create(part[0])
		if err == nil {
			_, err = io.WriteString(f, part[1])
		}
		if err != nil {
			return nil, err
		}
	}
	if f, err := w.file(w.parts.strings); err == nil { // a workbook need not have them
		if err := copyPart(out, f, "xl/sharedStrings.xml"); err != nil {
			return nil, err
		}
	}
	if err := w.writeFormats(out, "xl/styles.xml"); err != nil {
		return nil, partError(err, sentence.Of("the list of formats"))
	}
	err := out.Close()
	return b.Bytes(), err
}

// misreadLanguage matches the language of a number format that excelize 2.11 takes for another: it reads the last four
// characters as a number in hexadecimal digits as far as that goes, so that de-DE is 14, which is Hungarian.
var misreadLanguage = regexp.MustCompile(`(\[\$[^\]-]*-[A-Za-z]+[A-Fa-f])-[A-Za-z]{2}\]`)

// writeFormats writes the formats without the regions of such languages.
func (w *workbook) writeFormats(out *zip.Writer, name string) error {
	r, err := w.open(w.parts.styles)
	if err != nil {
		return nil // a workbook need not have formats
	}
	defer r.Close() //nolint:errcheck // it was only read
	text, err := io.ReadAll(io.LimitReader(r, maxPart+1))
	if err != nil {
		return err
	}
	if len(text) > maxPart {
		return sheet.ErrTooLarge
	}
	part, err := out.Create(name)
	if err == nil {
		_, err = part.Write(misreadLanguage.ReplaceAll(text, []byte("$1]")))
	}
	return err
}

// copyPart copies a part as it is packed, under another name.
func copyPart(out *zip.Writer, f *zip.File, to string) error {
	packed, err := f.OpenRaw()
	if err != nil {
		return err
	}
	header := f.FileHeader
	header.Name = to
	part, err := out.CreateRaw(&header)
	if err == nil {
		_, err = io.Copy(part, packed)
	}
	return err
}
