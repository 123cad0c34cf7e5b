package csvfile_test

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/getklar/influencercrm/sheetimport/csvfile"
	"github.com/getklar/influencercrm/sheetimport/sheet"
)

func ExampleNew() {
	file := strings.NewReader("PK\x03\x04 …")
	_, err := csvfile.New("plan.xlsx", file, nil).Read(context.Background())
	fmt.Println(err)
	fmt.Println(errors.Is(err, sheet.ErrUnreadable))
	// Output:
	// "plan.xlsx": the sheet cannot be read: it is an Excel workbook (.xlsx) or another ZIP file, not a CSV file; open it in the spreadsheet program and save it as "CSV UTF-8"
	// true
}
