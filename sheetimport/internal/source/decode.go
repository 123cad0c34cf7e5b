package source

import (
	"bytes"
	"strconv"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"

	"github.com/getklar/influencercrm/crm/sentence"
	"github.com/getklar/influencercrm/sheetimport/sheet"
)

// notCSV are files that people take for a CSV file, by how they begin.
var notCSV = []struct {
	begins []string // in lower case
	is, do sentence.Sentence
}{
	{[]string{"pk\x03\x04", "pk\x05\x06", "pk\x07\x08"}, sentence.Of("an Excel workbook (.xlsx) or another ZIP file"), saveAsCSV},
	{[]string{"<!doctype", "<html", "<head", "<body", "<table", "<script", "<meta", "<?xml"}, sentence.Of("a web page or XML"),
		sentence.Of("if it came from a link, the sheet may not be shared with everybody who has the link; download the sheet as CSV")},
	{[]string{"%pdf-"}, sentence.Of("a PDF document"), saveAsCSV},
	{[]string{`{"`, `{\rtf`}, sentence.Of("JSON or rich text"), saveAsCSV},
	{[]string{"\x1f\x8b"}, sentence.Of("a compressed file"), sentence.Of("unpack it first")},
	{[]string{"\x89PNG\r\n", "\xff\xd8\xff", "gif87a", "gif89a"}, sentence.Of("a picture"), sentence.Of("choose the sheet that it shows")},
}

var saveAsCSV = sentence.Of(`open it in the spreadsheet program and save it as "CSV UTF-8"`)

const (
	utf8BOM = "\uFEFF"
	// brokenBOM is what is left of the mark where a program has read the file as Windows-1252 and written it as UTF-8.
	brokenBOM = "ï»¿"
)

// DecodeText turns the bytes of a file into text. The text is UTF-8, but for the broken places of a broken file.
func DecodeText(data []byte) (string, []sheet.Note, error) {
	if text, ok, err := decodeUTF16(data); ok || err != nil {
		return text, nil, err
	}
	data = bytes.TrimPrefix(bytes.TrimPrefix(data, []byte(utf8BOM)), []byte(brokenBOM))
	begin := strings.ToLower(string(bytes.TrimLeft(data[:min(len(data), 512)], " \t\r\n")))
	if begin == "" && len(bytes.TrimSpace(data)) == 0 {
		return "", nil, sentence.Errorf("%s: it is empty; choose a file with a header row and at least one row below it", sheet.ErrUnreadable)
	}
	if bytes.HasPrefix(data, []byte(oleMagic)) {
		return "", nil, oleError(data)
	}
	// ToLower replaces bytes that are not UTF-8, so the binary beginnings are compared with the bytes as they are.
	for _, f := range notCSV {
		for _, b := range f.begins {
			if strings.HasPrefix(begin, b) || bytes.HasPrefix(data, []byte(b)) || bytes.HasPrefix(data, []byte(strings.ToUpper(b))) {
				return "", nil, sentence.Errorf("%s: it is %s, not a CSV file; %s", sheet.ErrUnreadable, f.is, f.do)
			}
		}
	}
	// A few NUL characters are damage of their rows; more than that are another encoding or no text at all.
	const most = 100 // bytes of text for one of them
	if i := bytes.IndexByte(data, 0); i >= 0 && bytes.Count(data, []byte{0}) > 1+len(data)/most {
		return "", nil, sentence.Errorf("%s: line %s holds a NUL byte, so it is not a CSV file in UTF-8 or Windows-1252; %s",
			sheet.ErrUnreadable, strconv.Itoa(1+bytes.Count(data[:i], []byte("\n"))), saveAsCSV)
	}
	bad, sequences := countUTF8(data)
	if bad == 0 {
		return string(data), nil, nil
	}
	if sequences > bad {
		// Windows-1252 text hardly ever forms a valid sequence by chance: this is UTF-8 with broken places.
		return string(data), []sheet.Note{{Code: "broken_utf8",
			Text: sentence.Of("the file is UTF-8 but broken in places; the rows with such places cannot be read")}}, nil
	}
	text, err := charmap.Windows1252.NewDecoder().Bytes(data)
	if err != nil {
		return "", nil, sentence.Errorf("%s: it is neither UTF-8 nor Windows-1252: %s", sheet.ErrUnreadable, err)
	}
	// Five bytes mean nothing in Windows-1252. As bytes that are not UTF-8 they make an error of their row.
	text = bytes.ReplaceAll(text, []byte("\uFFFD"), []byte{0xFF})
	return string(text), []sheet.Note{{Code: "read_as_windows_1252",
		Text: sentence.Of("the file is not UTF-8 and was read as Windows-1252 (Western European); check the names with special letters")}}, nil
}

// decodeUTF16 turns UTF-16 into UTF-8, in which Excel writes its "Unicode text": it begins with a byte order mark, but for
// some programs such as bcp of SQL Server. ok is false for anything else.
func decodeUTF16(data []byte) (text string, ok bool, err error) {
	var order unicode.Endianness
	mark := unicode.ExpectBOM
	switch {
	case bytes.HasPrefix(data, []byte("\xff\xfe")):
		order = unicode.LittleEndian
	case bytes.HasPrefix(data, []byte("\xfe\xff")):
		order = unicode.BigEndian
	case bytes.HasPrefix(data, []byte(oleMagic)):
		return "", false, nil
	default:
		if order, ok = unmarkedUTF16(data); !ok {
			return "", false, nil
		}
		mark = unicode.IgnoreBOM
	}
	if len(data)%2 != 0 {
		return "", false,
			sentence.Errorf("%s: it is a UTF-16 text that ends in the middle of a character; it was not copied whole",
				sheet.ErrUnreadable)
	}
	decoded, err := unicode.UTF16(order, mark).NewDecoder().Bytes(data)
	switch {
	case err != nil:
		return "", false, sentence.Errorf("%s: it begins like a UTF-16 text, and is none: %s", sheet.ErrUnreadable, err)
	case bytes.IndexByte(decoded, 0) >= 0:
		return "", false, sentence.Errorf("%s: it begins like a UTF-16 text, and holds NUL characters; %s", sheet.ErrUnreadable, saveAsCSV)
	case len(bytes.TrimSpace(decoded)) == 0:
		return "", false, sentence.Errorf("%s: it is empty; choose a file with a header row and at least one row below it", sheet.ErrUnreadable)
	}
	return string(decoded), true, nil
}

// unmarkedUTF16 finds the order of the bytes of UTF-16 without a mark: one byte of most characters is zero, and the other is
// that of a few, such as Ā (U+0100) and the wide blank of Japanese (U+3000).
func unmarkedUTF16(data []byte) (order unicode.Endianness, ok bool) {
	data = data[:min(len(data), 1024)]
	var zeros [2]int // at even and at odd places
	for n, b := range data {
		if b == 0 {
			zeros[n%2]++
		}
	}
	const most = 8 // zeros on the one side for one on the other
	order = unicode.LittleEndian
	if zeros[0] > zeros[1] {
		order = unicode.BigEndian
	}
	more, few := max(zeros[0], zeros[1]), min(zeros[0], zeros[1])
	return order, few <= more/most && more > len(data)/4
}

// countUTF8 counts the bytes that are not UTF-8 and the characters of more than one byte.
func countUTF8(data []byte) (bad, sequences int) {
	if utf8.Valid(data) {
		return 0, 0
	}
	for len(data) > 0 {
		if data[0] < utf8.RuneSelf {
			data = data[1:]
			continue
		}
		r, n := utf8.DecodeRune(data)
		if r == utf8.RuneError && n == 1 {
			bad++
		} else {
			sequences++
		}
		data = data[n:]
	}
	return bad, sequences
}

// Files that Excel wrote before 2007, and those with a password, have one and the same container.
const oleMagic = "\xd0\xcf\x11\xe0"

func oleError(data []byte) error {
	if bytes.Contains(data, []byte("E\x00n\x00c\x00r\x00y\x00p\x00t\x00e\x00d\x00P\x00a\x00c\x00k\x00a\x00g\x00e\x00")) {
		return sentence.Errorf("%s: the workbook has a password; save a copy without one", sheet.ErrUnreadable)
	}
	return sentence.Errorf("%s: it is an old Excel workbook (.xls); open it and save it as .xlsx or CSV", sheet.ErrUnreadable)
}
