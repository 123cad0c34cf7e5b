package xlsxfile_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/getklar/influencercrm/sheetimport/internal/xlsxtest"
	"github.com/getklar/influencercrm/sheetimport/xlsxfile"
)

const (
	mainSpace    = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
	strictSpace  = "http://purl.oclc.org/ooxml/spreadsheetml/main"
	partType     = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
	strictType   = "http://purl.oclc.org/ooxml/officeDocument/relationships"
	packageSpace = "http://schemas.openxmlformats.org/package/2006/relationships"
)

// packageParts are the parts of a workbook as a program writes it that is not Excel: a text, a date and an amount.
func packageParts() map[string]string {
	return map[string]string{
		"[Content_Types].xml": `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
			<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
			<Default Extension="xml" ContentType="application/xml"/></Types>`,
		"_rels/.rels": `<Relationships xmlns="` + packageSpace + `">
			<Relationship Id="rId1" Type="` + partType + `/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
		"xl/workbook.xml": `<workbook xmlns="` + mainSpace + `" xmlns:r="` + partType + `">
			<sheets><sheet name="Plan" sheetId="1" r:id="rId1"/></sheets></workbook>`,
		"xl/_rels/workbook.xml.rels": `<Relationships xmlns="` + packageSpace + `">
			<Relationship Id="rId1" Type="` + partType + `/worksheet" Target="worksheets/sheet1.xml"/>
			<Relationship Id="rId2" Type="` + partType + `/styles" Target="styles.xml"/>
			<Relationship Id="rId3" Type="` + partType + `/sharedStrings" Target="sharedStrings.xml"/></Relationships>`,
		"xl/styles.xml": `<styleSheet xmlns="` + mainSpace + `"><numFmts count="1"><numFmt numFmtId="164" formatCode="0.00 &quot;€&quot;"/></numFmts>
			<cellXfs count="3"><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/></cellXfs></styleSheet>`,
		"xl/sharedStrings.xml": `<sst xmlns="` + mainSpace + `"><si><t>Ana</t></si><si><r><t>Le</t></r><r><rPr><b/></rPr><t>a</t></r></si></sst>`,
		"xl/worksheets/sheet1.xml": `<worksheet xmlns="` + mainSpace +
			`"><sheetData><row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" s="1"><v>46188</v></c>` +
			`<c r="C1" s="2"><v>12.5</v></c><c r="D1" t="s"><v>1</v></c></row></sheetData></worksheet>`,
	}
}

// replacing returns an edit that replaces a text in all parts.
func replacing(pairs ...string) func(map[string]string) {
	return func(parts map[string]string) {
		for name := range parts {
			parts[name] = strings.NewReplacer(pairs...).Replace(parts[name])
		}
	}
}

// moving returns an edit that gives a part another name, and its relationship another target.
func moving(from, to, oldTarget, newTarget string) func(map[string]string) {
	return func(parts map[string]string) {
		parts[to] = parts[from]
		delete(parts, from)
		replacing(`Target="`+oldTarget+`"`, `Target="`+newTarget+`"`)(parts)
	}
}

// Programs put the parts of a workbook where they like, and name their elements in more than one way.
func TestPartsOfOtherProducers(t *testing.T) {
	t.Parallel()
	const want = "Ana; 06-15-26 | date 2026-06-15; 12.50 € | number 12.5; Lea"
	for name, edit := range map[string]func(map[string]string){
		"as it is": func(map[string]string) {},
		"absolute targets": replacing(`Target="xl/`, `Target="/xl/`, `Target="worksheets`,
			`Target="/xl/worksheets`, `Target="styles`, `Target="/xl/styles`, `Target="shared`, `Target="/xl/shared`),
		"targets with a dot": replacing(`Target="xl/`, `Target="./xl/`, `Target="worksheets`,
			`Target="./worksheets`, `Target="styles`, `Target="./styles`, `Target="shared`, `Target="./shared`),
		"targets that go up": replacing(`Target="worksheets`, `Target="../xl/worksheets`, `Target="styles`,
			`Target="../xl/styles`, `Target="shared`, `Target="../xl/shared`),
		"another sheet": moving("xl/worksheets/sheet1.xml", "xl/worksheets/plan-1.xml",
			"worksheets/sheet1.xml", "worksheets/plan-1.xml"),
		"the sheet in xl":        moving("xl/worksheets/sheet1.xml", "xl/sheet.xml", "worksheets/sheet1.xml", "sheet.xml"),
		"the sheet at the root":  moving("xl/worksheets/sheet1.xml", "sheet.xml", "worksheets/sheet1.xml", "/sheet.xml"),
		"other styles":           moving("xl/styles.xml", "xl/styles1.xml", "styles.xml", "styles1.xml"),
		"other strings":          moving("xl/sharedStrings.xml", "xl/strings/shared1.xml", "sharedStrings.xml", "strings/shared1.xml"),
		"strings in lower case":  moving("xl/sharedStrings.xml", "xl/sharedstrings.xml", "sharedStrings.xml", "sharedstrings.xml"),
		"styles in another case": moving("xl/styles.xml", "xl/Styles.xml", "styles.xml", "Styles.xml"),
		"another workbook": func(parts map[string]string) {
			moving("xl/workbook.xml", "xl/workbook2.xml", "xl/workbook.xml", "xl/workbook2.xml")(parts)
			moving("xl/_rels/workbook.xml.rels", "xl/_rels/workbook2.xml.rels", "", "")(parts)
		},
		"the workbook at the root": func(parts map[string]string) {
			for _, name := range []string{"workbook.xml", "styles.xml", "sharedStrings.xml", "worksheets/sheet1.xml", "_rels/workbook.xml.rels"} {
				moving("xl/"+name, name, "xl/"+name, name)(parts)
			}
			moving("_rels/workbook.xml.rels", "_rels/workbook.xml.rels1", "", "")(parts)
			moving("_rels/workbook.xml.rels1", "_rels/workbook.xml.rels", "", "")(parts)
		},
		"names in upper case": func(parts map[string]string) {
			for _, name := range []string{"xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/_rels/workbook.xml.rels"} {
				moving(name, strings.ToUpper(name[:1])+name[1:], "", "")(parts)
			}
		},
		"names with backslashes": func(parts map[string]string) {
			for _, name := range []string{"xl/workbook.xml", "xl/styles.xml", "xl/worksheets/sheet1.xml", "xl/_rels/workbook.xml.rels", "_rels/.rels"} {
				moving(name, strings.ReplaceAll(name, "/", `\`), "", "")(parts)
			}
		},
		"names with a slash in front": func(parts map[string]string) {
			for _, name := range []string{"xl/workbook.xml", "xl/styles.xml", "xl/sharedStrings.xml", "xl/worksheets/sheet1.xml", "xl/_rels/workbook.xml.rels", "_rels/.rels"} {
				moving(name, "/"+name, "", "")(parts)
			}
		},
		"a longer name of the tab than Excel allows": replacing(`name="Plan"`, `name="Influencer: plan for June/July 2026 [draft]"`),
		"a prefix": func(parts map[string]string) {
			for name := range parts {
				if strings.Contains(parts[name], mainSpace) {
					text := strings.NewReplacer("</", "</x:", "<", "<x:", "xmlns=", "xmlns:x=").Replace(parts[name])
					parts[name] = text
				}
			}
		},
		"another prefix of relationships": replacing("r:id=", "rel:id=", "xmlns:r=", "xmlns:rel="),
		"a prefix for each element": func(parts map[string]string) {
			parts["xl/worksheets/sheet1.xml"] = strings.ReplaceAll(parts["xl/worksheets/sheet1.xml"], `<row r="1">`,
				`<row xmlns:x14ac="urn:x" r="1" x14ac:dyDescent="0.25">`)
		},
		"strict":                    replacing(mainSpace, strictSpace, partType, strictType),
		"a dimension that is wrong": replacing("<sheetData>", `<dimension ref="A1"/><sheetData>`),
		"a byte order mark": func(parts map[string]string) {
			for name := range parts {
				parts[name] = "\uFEFF" + `<?xml version="1.0" encoding="utf-8"?>` + parts[name]
			}
		},
		"comments and instructions": replacing("<sheetData>", `<?mso x?><!-- written by hand --><sheetData>`, "<v>0</v>", "<!-- Ana --><v>0</v>"),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			parts := packageParts()
			edit(parts)
			table, err := xlsxfile.Parse(t.Context(), xlsxtest.Zipped(t, parts), xlsxfile.Options{})
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			if len(table.Rows) > 0 {
				for _, c := range table.Rows[0].Cells {
					got = append(got, cellText(c))
				}
			}
			if diff := cmp.Diff(want, strings.Join(got, "; ")); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// A cell says what it is in its type, its format and its children, of which programs use more than Excel does.
func TestCellsOfOtherProducers(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ cell, want string }{
		{`<c t="inlineStr"><is><t>Ana</t></is></c>`, "Ana"},
		{`<c t="inlineStr"><is><r><t>An</t></r><r><rPr><i/></rPr><t xml:space="preserve">a </t></r></is></c>`, "Ana "},
		{`<c t="inlineStr"><is><t>東京</t><rPh sb="0" eb="2"><t>トウキョウ</t></rPh><phoneticPr fontId="1"/></is></c>`, "東京"},
		{`<c t="inlineStr"><is><r><t>東</t></r><r><t>京</t></r><rPh sb="0" eb="2"><t>トウキョウ</t></rPh></is></c>`, "東京"},
		{`<c t="s"><v>2</v></c>`, "東京"},
		{`<c t="s"><v>3</v></c>`, "a\r\nb"},
		{`<c t="s"><v> 0 </v></c>`, "Ana"},
		{`<c t="s"><v>4</v></c>`, ""},
		{`<c t="str"><v>1E5</v></c>`, "1E5"},
		{`<c t="str"><v>MAY-20</v></c>`, "MAY-20"},
		{`<c t="str" s="1"><v>46188</v></c>`, "46188"},
		{`<c t="inlineStr"><is><t>1E5</t></is></c>`, "1E5"},
		{`<c t="inlineStr" s="2"><is><t>0012</t></is></c>`, "0012"},
		{`<c t="str"><v>a_x000D_&#10;b_x000a_c</v></c>`, "a\r\nb\nc"},
		{`<c t="str"><v>a_x005F_x000D_b</v></c>`, "a_x000D_b"},
		{`<c t="inlineStr"><is><t>a&#13;&#10;b</t></is></c>`, "a\r\nb"},
		{`<c t="inlineStr"><is><t>a_x005F_x000D_b</t></is></c>`, "a_x000D_b"},
		{`<c t="inlineStr"><is><t><![CDATA[5" & <b>]]></t></is></c>`, `5" & <b>`},
		{`<c><v>1E5</v></c>`, "1E5 | number 100000"},
		{`<c><v>0012</v></c>`, "0012 | number 12"},
		{`<c><v>1e+05</v></c>`, "100000 | number 100000"},
		{`<c><v>1.0E7</v></c>`, "10000000 | number 10000000"},
		{`<c t="n"><v> 12.5 </v></c>`, "12.5 | number 12.5"},
		{`<c t="1"><v>12.5</v></c>`, "12.5 | number 12.5"},
		{`<c t="n" s="1"><v>46188.0</v></c>`, "06-15-26 | date 2026-06-15"},
		{`<c s="1" t="d"><v>2026-06-15</v></c>`, "2026-06-15 | date 2026-06-15"},
		{`<c s="1" t="d"><v>2026-06-15T09:30:00Z</v></c>`, "06-15-26 | date 2026-06-15"},
		{`<c t="d"><v>2026-06-15T00:00:00.000</v></c>`, "2026-06-15T00:00:00.000 | date 2026-06-15"},
		{`<c t="b"><v>1</v></c>`, "TRUE | yes_no true"},
		{`<c t="b"/>`, ""},
		{`<c t="e"/>`, ""},
		{`<c t="b"><v>true</v></c>`, "TRUE | yes_no true"},
		{`<c t="b"><v>false</v></c>`, "FALSE | yes_no false"},
		{`<c t="b"><v>0</v></c>`, "FALSE | yes_no false"},
		{`<c t="e"><v>#N/A</v></c>`, "#N/A | error #N/A"},
		{`<c t="str"><f>A1&amp;"x"</f><v>Anax</v></c>`, "Anax"},
		{`<c><f t="shared" ref="A1:A9" si="0">1+1</f><v>2</v></c>`, "2 | number 2"},
		{`<c><f t="shared" si="0"/><v>3</v></c>`, "3 | number 3"},
		{`<c><f>1+1</f></c>`, "=1+1 | pending 1+1"},
		{`<c t="n"><f>1+1</f><v/></c>`, "=1+1 | pending 1+1"},
		{`<c s="3"><v>46188</v></c>`, "15. Juni 2026 | date 2026-06-15"},
		{`<c s="4"><v>12.5</v></c>`, "12.50 € | number 12.5 EUR"},
		{`<c s="5"><v>12.5</v></c>`, "12.50 | number 12.5"},
		{`<c s="6"><v>46188</v></c>`, "2026-06-15 | date 2026-06-15"},
		{`<c s="7"><v>12.5</v></c>`, "12.50 € | number 12.5 EUR"},
		{`<c s="8"><v>0.15</v></c>`, "15% | percent 0.15"},
		{`<c s="9"><v>46188.5</v></c>`, "15/06/2026 12:00 | date 2026-06-15"},
		{`<c s="10"><v>46188</v></c>`, "Juni 2026 | date 2026-06-15"},
		{`<c s="11"><v>46188</v></c>`, "juni 2026 | date 2026-06-15"},
		{`<c s="12"><v>12.5</v></c>`, "12.50 | number 12.5"},
		{`<c s="13"><v>1.5</v></c>`, "36:00"},
		{`<c s="14"><v>12.5</v></c>`, "12.5 | number 12.5 EUR"},
		{`<c s="14"><v>-12.5</v></c>`, "-12.5 | number -12.5 EUR"},
		{`<c s="99"><v>12.5</v></c>`, "12.5 | number 12.5"},
	} {
		parts := packageParts()
		parts["xl/styles.xml"] = `<styleSheet xmlns="` + mainSpace + `"><numFmts>
			<numFmt numFmtId="164" formatCode="0.00 &quot;€&quot;"/>
			<numFmt numFmtId="165" formatCode="[$-407]d\. mmmm yyyy;@"/>
			<numFmt numFmtId="166" formatCode="[Red]#,##0.00\ [$€-2]"/>
			<numFmt numFmtId="167" formatCode="[Color10]0.00;[Red]\-0.00"/>
			<numFmt numFmtId="168" formatCode="[$-F800]yyyy\-mm\-dd"/>
			<numFmt numFmtId="169" formatCode="#,##0.00\ [$€-407]"/>
			<numFmt numFmtId="170" formatCode="[Blue]0%"/>
			<numFmt numFmtId="171" formatCode="dd/mm/yyyy\ hh:mm"/>
			<numFmt numFmtId="172" formatCode="[$-de-DE]mmmm\ yyyy;@"/>
			<numFmt numFmtId="173" formatCode="[$-da-DK]mmmm\ yyyy;@"/>
			<numFmt numFmtId="174" formatCode="[Magenta]0.00"/>
			<numFmt numFmtId="175" formatCode="[hh]:mm"/>
			<numFmt numFmtId="176" formatCode="[Red][&lt;0]\-#,##0.00\ [$€-2];[Black]#,##0.00\ [$€-2]"/></numFmts>
			<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="49"/><xf numFmtId="165"/><xf numFmtId="166"/><xf numFmtId="167"/>
			<xf numFmtId="168"/><xf numFmtId="169"/><xf numFmtId="170"/><xf numFmtId="171"/>
			<xf numFmtId="172"/><xf numFmtId="173"/><xf numFmtId="174"/><xf numFmtId="175"/><xf numFmtId="176"/></cellXfs></styleSheet>`
		parts["xl/sharedStrings.xml"] = `<sst xmlns="` + mainSpace + `"><si><t>Ana</t></si><si><t xml:space="preserve"> b </t></si>
			<si><t>東京</t><rPh sb="0" eb="2"><t>トウキョウ</t></rPh></si><si><t>a_x000D_
b</t></si><si/></sst>`
		parts["xl/worksheets/sheet1.xml"] = `<worksheet xmlns="` + mainSpace + `"><sheetData><row>` + test.cell +
			`<c><v>1</v></c></row></sheetData></worksheet>`
		table, err := xlsxfile.Parse(t.Context(), xlsxtest.Zipped(t, parts), xlsxfile.Options{})
		if err != nil {
			t.Errorf("%s: %v", test.cell, err)
			continue
		}
		c := table.Rows[0].Cell(0)
		got := cellText(c)
		if c.Raw != nil && c.Raw.Currency != "" {
			got += " " + c.Raw.Currency
		}
		if got != test.want {
			t.Errorf("%s: got %q, want %q", test.cell, got, test.want)
		}
	}
}
