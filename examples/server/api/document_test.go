package api

import (
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/getklar/influencercrm/examples/server/openapi"
)

var update = flag.Bool("update", false, "write the files that tests compare with")

// The comments in the document are those of the sources.
func TestComments(t *testing.T) {
	t.Parallel()
	all := openapi.Comments{}
	for _, dir := range []string{
		"../../../crm", "../../../crm/attribution", "../../../crm/attribution/orders", "../../../crm/web", "../../../crm/account",
		"../../../crm/duplicates", "../../../budget", "../../../utm", "../../../discount",
		"../../../sheetimport", "../../../sheetimport/column", "../../../sheetimport/sheet",
		"../../../sheetimport/export", "../imports", "../orderfile",
		"../openapi", "../told", "../webhook", "../access", "../paging", ".",
	} {
		of, err := openapi.ReadComments(dir)
		if err != nil {
			t.Fatal(err)
		}
		for name, text := range of {
			all[name] = text
		}
	}
	doc, err := describe(newAPI(t).Operations(), all)
	if err != nil {
		t.Fatal(err)
	}
	want, err := json.MarshalIndent(doc.Comments, "", "\t")
	if err != nil {
		t.Fatal(err)
	}
	if *update {
		if err := os.WriteFile("comments.json", append(want, '\n'), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile(filepath.Clean("comments.json"))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want)+"\n", string(got)); diff != "" {
		t.Errorf("comments.json is not what the sources say; run this test with -update (-want +got):\n%s", diff)
	}
}

// An amount is the same object in answers, requests and patches: both parts of it are always there.
func TestAmountsInTheDocument(t *testing.T) {
	t.Parallel()
	doc, err := document(newAPI(t).Operations())
	if err != nil {
		t.Fatal(err)
	}
	var got struct {
		Components struct {
			Schemas map[string]struct {
				Required []string `json:"required"`
			} `json:"schemas"`
		} `json:"components"`
	}
	if err := json.Unmarshal(doc.JSON, &got); err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string][]string{
		"Money": {"amount", "currency"}, "Member": {"id", "version", "name"}, "MemberInput": {"name"},
		"MemberPatch": nil, "ProfilePatch": {"platform"},
	} {
		if diff := cmp.Diff(want, got.Components.Schemas[name].Required); diff != "" {
			t.Errorf("%s needs (-want +got):\n%s", name, diff)
		}
	}
}
