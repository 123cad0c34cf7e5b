package xlsxfile

import "github.com/getklar/influencercrm/sheetimport/sheet"

// Plain is the workbook that excelize is given for the bytes of another.
func Plain(data []byte) ([]byte, error) {
	var l *sheet.Limits
	w, err := openWorkbook(data, l.OrDefault())
	if err != nil {
		return nil, err
	}
	defer w.book.Close()
	return w.plain()
}
