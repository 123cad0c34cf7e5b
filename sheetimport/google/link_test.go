package google_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/sheetimport/google"
)

func TestLinks(t *testing.T) {
	t.Parallel()
	const at = "https://docs.google.com/spreadsheets/d/" + documentID
	for link, want := range map[string]string{
		documentID:                               documentID,
		"  " + documentID + "\n":                 documentID,
		at:                                       documentID,
		at + "/":                                 documentID,
		at + "/edit":                             documentID,
		at + "/edit?usp=sharing":                 documentID,
		at + "/edit#gid=0":                       documentID + "#gid=0",
		at + "/edit?gid=17#gid=17":               documentID + "#gid=17",
		at + "/edit?gid=17#gid=18":               documentID + "#gid=18",
		at + "/edit?gid=17":                      documentID + "#gid=17",
		at + "/edit#gid=17&range=A1:B2":          documentID + "#gid=17",
		at + "/edit#rangeid=12":                  documentID,
		at + "/export?format=csv&gid=2":          documentID + "#gid=2",
		at + "/htmlview?pli=1":                   documentID,
		"http" + strings.TrimPrefix(at, "https"): documentID,
		strings.TrimPrefix(at, "https://") + "/edit#gid=3":                              documentID + "#gid=3",
		"https://DOCS.google.com/spreadsheets/u/1/d/" + documentID + "/edit":            documentID,
		"https://docs.google.com/a/klar.example/spreadsheets/d/" + documentID + "/edit": documentID,
		"https://docs.google.com/spreadsheets/d/1AxzqfXfYSEiVVIdP2QYSVPr7bOG_jhOk/edit": "1AxzqfXfYSEiVVIdP2QYSVPr7bOG_jhOk",
	} {
		s, err := google.Open(link, &google.Options{APIKey: apiKey})
		if err != nil {
			t.Errorf("%s: %v", link, err)
		} else if s.Name() != want {
			t.Errorf("%s is %s, want %s", link, s.Name(), want)
		}
	}
	const (
		copyIt    = "open the sheet and copy the link from the address bar"
		published = "is the link of a published copy"
		noLink    = "is neither a link to a Google sheet nor its id"
		noSheet   = "leads to something of Google's that is no sheet"
	)
	for link, want := range map[string]string{
		"":                                      "a Google sheet needs a link",
		"my sheet":                              noLink,
		"2PACX-1vTk2cXkqJ3bGqkX9JQ4cE6b4yQd3v5": published,
		"https://docs.google.com/spreadsheets/d/e/2PACX-1vTk2cXkqJ3bGqkX9/pub?output=csv": published,
		"https://docs.google.com/spreadsheets/d/e/2PACX-1vTk2cXkqJ3bGqkX9/pubhtml":        published,
		"https://docs.google.com/document/d/" + documentID + "/edit":                      noSheet,
		"https://docs.google.com/forms/d/" + documentID + "/edit":                         noSheet,
		"https://docs.google.com/":                                          noSheet,
		"https://docs.google.com/spreadsheets/":                             "does not name a sheet",
		"https://docs.google.com/spreadsheets/d/short/edit":                 "does not name a sheet",
		at + "/edit#gid=one":                                                "a tab has a number",
		at + "/edit#gid=-1":                                                 "a tab has a number",
		at + "/edit#gid=99999999999":                                        "a tab has a number",
		"https://drive.google.com/file/d/" + documentID + "/view":           noLink,
		"https://sheets.example.com/spreadsheets/d/" + documentID + "/edit": noLink,
		"https://docs.google.com.evil.example/spreadsheets/d/" + documentID: noLink,
		"https://docs.google.com@evil.example/spreadsheets/d/" + documentID: noLink,
		"https://evil@docs.google.com/spreadsheets/d/" + documentID:         noLink,
		"https://docs.google.com:8080/spreadsheets/d/" + documentID:         noLink,
		"file://docs.google.com/spreadsheets/d/" + documentID:               noLink,
		"http://169.254.169.254/latest/meta-data":                           noLink,
		"https://%zz": noLink,
		at + "/edit?x=" + strings.Repeat("a", 3000): "is too long for a link",
	} {
		_, err := google.Open(link, &google.Options{APIKey: apiKey})
		var bad *crm.Error
		if !errors.As(err, &bad) || !errors.Is(err, crm.ErrInvalid) || bad.Field != "link" || !strings.Contains(bad.Problem.String(), want) || !strings.Contains(bad.Problem.String(), copyIt) {
			t.Errorf("%s: err = %v, want %q", link, err, want)
		}
	}
}

func TestNames(t *testing.T) {
	t.Parallel()
	for want, o := range map[string]google.Options{
		documentID + "!Plan": {Tab: "Plan"},
		"Our influencers":    {Tab: "Plan", Name: "Our influencers"},
	} {
		o.APIKey = apiKey
		s, err := google.Open("https://docs.google.com/spreadsheets/d/"+documentID+"/edit#gid=4", &o)
		if err != nil || s.Name() != want {
			t.Errorf("%v, %v; want %q", s, err, want)
		}
	}
}
