package sheetimport_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// The exports of boards and of CRMs have names of cards where other sheets have people, the stage as the list, and the name
// of the first group above the headers.
func TestExportsOfBoards(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name, text string
		fields     []string
		want       []string
	}{
		{"Trello",
			"Card ID,Card Name,Card URL,Labels,Members,Due Date,List ID,List Name,Archived,Start Date,Platform,Fee\n" +
				"64a1,Ana Ruiz,https://trello.com/c/a,,lena,2026-06-15T10:00:00.000Z,5f1,Signed,true,2026-06-01T10:00:00.000Z,Instagram,1000.00\n" +
				"64a2,Ben Lee,https://trello.com/c/b,,lena,2026-06-15T10:00:00.000Z,5f2,Declined,false,,TikTok,500.00\n",
			[]string{"status", "start"}, []string{"created 2026-06-01 signed archived_row", "created cancelled"}},
		{"Trello, archived before it was signed",
			"Card Name,Labels,List Name,Archived\nAna Ruiz,Instagram,Ideas,true\nBen Lee,TikTok,Negotiating,true\nCem Ay,TikTok,Declined,true\n",
			[]string{"status"}, []string{"created draft archived_row", "created negotiating archived_row", "created cancelled"}},
		{"Trello with the platform as a label",
			"Card Name,Labels,List Name\nAna Ruiz,Instagram,Signed\nBen Lee,TikTok,Negotiating\n",
			[]string{"status"}, []string{"created signed", "created negotiating"}},
		{"ClickUp, of which no row of data is taken for the headers",
			"Task Type,Task ID,Task Name,Status,Start Date,Assignees,Folder,Platform (drop down),Fee (currency)\n" +
				"Task,86a1,Ana Ruiz,confirmed,\"Monday, June 1st 2026, 4:00:00 am\",[Lena Maier],Influencer,Instagram,1000\n" +
				"Task,86a2,Ben Lee,declined,\"Tuesday, June 2nd 2026, 4:00:00 am\",[Lena Maier],Influencer,TikTok,500\n",
			[]string{"status", "start", "cost", "responsible"},
			[]string{"created 1000.00 EUR Lena Maier 2026-06-01 signed", "created 500.00 EUR Lena Maier 2026-06-02 cancelled"}},
		{"ClickUp with days in milliseconds",
			"Task Name,Status,Start Date,Platform,Fee\nAna Ruiz,signed,1780272000000,Instagram,100.00\nBen Lee,signed,,Instagram,100.00\n" +
				"Cem Ay,signed,1780394400000,Instagram,100.00\n",
			[]string{"start"}, []string{"created 2026-06-01", "created", "created 2026-06-02"}},
		{"a column of days with one number",
			"Task Name,Status,Start Date,Platform,Fee\nAna Ruiz,signed,1780272000000,Instagram,100.00\nBen Lee,signed,2026-06-02,Instagram,100.00\n",
			[]string{"start"}, []string{"rejected not_a_date", "created 2026-06-02"}},
		{"a German board whose first group has its name above the headers",
			"Kooperationen\n\nAbgesagt;;;;\nKartenname;Plattform;Datum;Honorar;Status\nAna Ruiz;Instagram;01.06.2026;100,00;\n\nZugesagt;;;;\n" +
				"Kartenname;Plattform;Datum;Honorar;Status\nBen Lee;TikTok;02.06.2026;100,00;\n",
			[]string{"status"}, []string{"created cancelled", "skipped", "skipped", "skipped", "created signed"}},
		{"HubSpot",
			"Record ID,Deal Name,Deal Stage,Deal owner,Amount,Close Date,Associated Contact,Platform\n" +
				"111,Ana - Summer,Closed Won,Lena Maier,1000.00,2026-06-01 10:00,Ana Ruiz (ana@x.example),Instagram\n",
			[]string{"status", "cost"}, []string{"created 1000.00 EUR signed email_in_name"}},
	} {
		got := planWords(memoryShop(t, nil).plan(test.text), test.fields, "archived_row", "email_in_name")
		if diff := cmp.Diff(test.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.name, diff)
		}
	}
}

// A title that is one word is no group of a board, though it may be a status, and headers may be dates and numbers.
func TestHeadersThatAreNoBoards(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name, text string
		want       []string
	}{
		{"a title", "Planung\n\nInfluencer;Plattform;Datum;Honorar\nAna Ruiz;Instagram;01.06.2026;100,00\n", []string{"created signed"}},
		{"a group", "Planung\nInfluencer;Plattform;Datum;Honorar\nAna Ruiz;Instagram;01.06.2026;100,00\n\nZugesagt;;;\n" +
			"Influencer;Plattform;Datum;Honorar\nBen Lee;TikTok;01.06.2026;100,00\n",
			[]string{"created draft", "skipped", "skipped", "skipped", "created signed"}},
		{"days", "Influencer;Instagram;TikTok;01.06.2026;01.07.2026\nAna Ruiz;@anar;;100,00;50,00\nBen Lee;;@benl;100,00;50,00\n",
			[]string{"created draft", "created draft"}},
		{"a number", "Influencer,Instagram,TikTok,Posting date,Fee,12\nAna Ruiz,@anar,,2026-06-01,100.00,\nBen Lee,,@benl,2026-06-01,100.00,\n",
			[]string{"created signed", "created signed"}},
	} {
		if diff := cmp.Diff(test.want, rowWords(t, test.text)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.name, diff)
		}
	}
}

// A sheet of cards without campaigns tells which of its columns may be these.
func TestBoardsThatMayBeCampaigns(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name, text string
		want       []string
	}{
		{"Trello", "Card Name,Board Name,List Name,Platform\nAna Ruiz,Summer Sale,Signed,Instagram\n", []string{`B "Board Name"`}},
		{"ClickUp", "Task Name,List Name,Folder Name,Status,Platform\nAna Ruiz,Summer Sale,,signed,Instagram\n", []string{`B "List Name"`}},
		{"German", "Kartenname;Brett;Status;Plattform\nAna Ruiz;Sommer;zugesagt;Instagram\n", []string{`B "Brett"`}},
		{"a campaign", "Card Name,Board Name,Campaign,Platform\nAna Ruiz,Team,Summer Sale,Instagram\n", nil},
		{"no cards", "Influencer,Folder,Platform\nAna Ruiz,Team,Instagram\n", nil},
	} {
		var got []string
		for _, n := range memoryShop(t, nil).plan(test.text).Notes {
			if n.Code == "board_may_be_campaign" {
				_, rest, _ := strings.Cut(n.Text.String(), "column ")
				named, _, _ := strings.Cut(rest, " may ")
				got = append(got, named)
			}
		}
		if diff := cmp.Diff(test.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.name, diff)
		}
	}
}

// One word above the only block of rows may be its title as well as their status, which is told.
func TestStatusesThatMayBeTitles(t *testing.T) {
	t.Parallel()
	const rows = "Influencer;Plattform;Datum;Honorar\nAna Ruiz;Instagram;01.06.2026;100,00\n"
	for _, test := range []struct {
		name, text string
		want       bool
	}{
		{"Entwurf", "Entwurf\n\n" + rows, true},
		{"Outreach", "Outreach\n" + rows, true},
		{"Backup", "Backup\n" + rows, true},
		{"New", "New\n" + rows, true},
		{"a title", "Planung\n" + rows, false},
		{"a board", "Entwurf\n" + rows + "\nZugesagt\n" + rows, false},
		{"statuses of their own", "Entwurf\nInfluencer;Plattform;Datum;Honorar;Status\nAna Ruiz;Instagram;01.06.2026;100,00;zugesagt\n", false},
	} {
		told := false
		for _, n := range memoryShop(t, nil).plan(test.text).Notes {
			told = told || n.Code == "status_from_title"
		}
		if told != test.want {
			t.Errorf("%s: told %v, want %v", test.name, told, test.want)
		}
	}
}
