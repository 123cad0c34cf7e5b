package cell_test

import (
	"fmt"

	"github.com/getklar/influencercrm/sheetimport/cell"
)

func ExampleDateOrderOf() {
	order, proofs := cell.DateOrderOf([]string{"03/04/26", "28/04/26"})
	date, err := cell.ParseDate("03/04/26", order)
	fmt.Println(order, proofs, date, err)
	// Output: day first [28/04/26] 2026-04-03 <nil>
}

func ExampleParseAmount() {
	for _, text := range []string{"1'200.-", "$1,234.50", "1.234", "barter"} {
		a, err := cell.ParseAmount(text, cell.StyleUnknown, "")
		fmt.Printf("%s|%s|%v|%v\n", a.Value, a.Currency, a.Blank, err)
	}
	// Output:
	// 1200||false|<nil>
	// 1234.5|USD|false|<nil>
	// 0||false|"1.234" can be read in two ways (1234 or 1.234); write it with two decimals, like 1234.00, or say how the whole sheet writes amounts
	// 0||true|<nil>
}

func ExampleParseCodes() {
	rules, err := cell.ParseCodes("LISA10, enthält PAM")
	fmt.Println(rules, err)
	_, err = cell.ParseCodes("10-Mar")
	fmt.Println(err)
	// Output:
	// [equals LISA10 contains PAM] <nil>
	// "10-Mar" looks like a code that the spreadsheet turned into a date or a number; format the column as text and type the code again
}
