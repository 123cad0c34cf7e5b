// Command sheet2plan does a brand's whole job at once: it reads the influencer sheet, keeps it as CRM records in an
// SQLite file, and prints the planning report, exact to the cent.
//
//	go run ./examples/sheet2plan [-db FILE] [-currency EUR] [-dates day|month] [-decimals comma|point] [-plan] [-json]
//	  [-lang en|de] [-verdict rejected] [-all] [-export FILE] [-export-campaigns FILE] [-export-months FILE]
//	  [-report FILE] [-tab NAME] [-value FIELD:WORD=MEANING] [-fill-down]
//	  [-budget-tab NAME] [SHEET [BUDGETS ...]]
//	go run ./examples/sheet2plan -db FILE -undo
//
// SHEET is a CSV file, an Excel workbook (.xlsx) or the link of a Google sheet; who reads that is said by the
// environment, GOOGLE_APPLICATION_CREDENTIALS or GOOGLE_API_KEY. Without SHEET it takes the sample sheet that comes
// with it, and the budgets of its campaigns; without -db the records are gone when it ends. Run twice on one file, it
// says that nothing changed. With
// -plan it says what it would do, and does nothing. An import is all or nothing: if it is interrupted, nothing of the
// sheet is in the file. As long as it runs, a few seconds for some thousand rows, other programs cannot write into the
// file. With -json it prints the plan as JSON and nothing else. With -export it writes all cooperations into a file
// that can be imported again, with -export-campaigns and -export-months the budgets of all campaigns and of months into
// files that are BUDGETS, and with -report the planning report into a file whose name ends in .txt, .csv, .md, .svg or
// .xlsx. With -tab it reads the tab of that name, with -value it learns what a word of your own means, and with
// -fill-down a row without a campaign belongs to the one above it. BUDGETS are files of campaigns (Campaign, Budget,
// Revenue target, Start, End) or of months (Month, Budget), which come in with the sheet; -budget-tab is a tab of the
// sheet's file with such. With -undo it takes the last import back; what somebody changed since stays, and is listed.
// With -lang de plans, reports, the status column and the errors are in German; only what cannot be read as an option
// is said in English.
//
// Its exit status is 0 if something of the sheet could be read, and 1 with one sentence if not.
package main

import (
	"context"
	"errors"
	"flag"
	"log"
	"os"
	"os/signal"
)

func main() {
	log.SetFlags(0)
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	err := run(ctx, os.Args[1:], os.Stdout, os.Stderr)
	stop()
	switch {
	case errors.Is(err, flag.ErrHelp):
	case err != nil:
		log.Fatalln("sheet2plan:", err)
	}
}
