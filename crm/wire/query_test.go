package wire_test

import (
	"errors"
	"fmt"
	"net/url"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/getklar/influencercrm/budget"
	"github.com/google/uuid"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/wire"
)

// listFields are the parameters of a cooperationList.
const listFields = "campaigns, influencers, platforms, categories, tags, statuses, cancelled, responsibles, unassigned, name, " +
	"import_key, import_source, during.start, during.end, state, on, has_amount, text, archive, size, token, sort, desc, with_names, brief"

// cooperationList is what a page of cooperations is asked for with.
type cooperationList struct {
	crm.CooperationFilter
	crm.ListOptions
}

func TestQuery(t *testing.T) {
	t.Parallel()
	id := must(crm.ParseID[crm.Campaign](someID))
	for _, test := range []struct {
		query string
		want  cooperationList
	}{
		{"", cooperationList{}},
		{"size=&statuses=&on=&unassigned=", cooperationList{CooperationFilter: crm.CooperationFilter{Statuses: []crm.Status{}}}},
		{"campaigns=" + someID + "&statuses=draft&statuses=&statuses=signed&text=a%26b&unassigned=true&has_amount=false", cooperationList{
			CooperationFilter: crm.CooperationFilter{
				Campaigns: []crm.CampaignID{id}, Statuses: []crm.Status{crm.Draft, crm.Signed}, Text: "a&b", Unassigned: true,
			},
		}},
		{"during.start=2026-06-01&on=2026-06-02&size=20&token=x&sort=cost&desc=true&with_names=true", cooperationList{
			crm.CooperationFilter{
				During: budget.Period{Start: budget.MustParseDate("2026-06-01")}, On: budget.MustParseDate("2026-06-02"),
			},
			crm.ListOptions{Size: 20, Token: "x", Sort: "cost", Desc: true, WithNames: true},
		}},
	} {
		got, err := wire.Query[cooperationList](must(url.ParseQuery(test.query)))
		if diff := cmp.Diff(test.want, got, values); diff != "" || err != nil {
			t.Errorf("%s: %v (-want +got):\n%s", test.query, err, diff)
		}
	}
}

func TestQueryNamesEachProblem(t *testing.T) {
	t.Parallel()
	type nested struct {
		Seq      int8 `json:"seq"`
		Untagged string
		Left     string `json:"-"`
	}
	query := must(url.ParseQuery("campaign=x&campaigns=summer&desc=yes&during=june&during.start=June&during.middle=x&size=many&sort=a&sort=b&text=%ff"))
	got, err := wire.Query[cooperationList](query)
	if !errors.Is(err, crm.ErrInvalid) || !cmp.Equal(got, cooperationList{}, values) {
		t.Errorf("%+v, %v", got, err)
	}
	var said []string
	for _, e := range crm.FieldErrors(err) {
		said = append(said, e.Error())
		if e.Code() == "" {
			t.Errorf("%v has no code", e)
		}
	}
	want := []string{
		`campaign "x": is no field here; the fields are ` + listFields,
		`campaigns "summer": is no id; an id looks like 018f8f5e-8a2b-7c3d-9e4f-5a6b7c8d9e0f`,
		`desc "yes": must be true or false`,
		`during "june": is no field here; the fields are ` + listFields,
		`during.middle "x": is no field here; the fields are ` + listFields,
		`during.start "June": not a date: "June", want year-month-day like 2026-06-01`,
		`size "many": must be a whole number, like 50`,
		`sort "a b": is given more than once, and takes one value`,
		`text "": is not valid text (UTF-8)`,
	}
	if diff := cmp.Diff(want, said); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	for _, q := range []string{"seq=128", "Untagged=x", "=x", "-=x", "Left=x", ".=x", "seq.x=1"} {
		if got, err := wire.Query[nested](must(url.ParseQuery(q))); !errors.Is(err, crm.ErrInvalid) {
			t.Errorf("%s is %+v, %v", q, got, err)
		}
	}
}

// A severity that nobody knows is named once.
func TestQueryOfConflicts(t *testing.T) {
	t.Parallel()
	_, err := wire.Query[crm.ConflictFilter](url.Values{"severity": {"awful"}})
	if all := crm.FieldErrors(err); len(all) != 1 || all[0].Field != "severity" {
		t.Errorf("%v", err)
	}
}

// Whatever a client asks for, it is read or refused by name.
func TestQueryTakesAnything(t *testing.T) {
	t.Parallel()
	names := rapid.SampledFrom([]string{"campaigns", "on", "during.start", "during.", "size", "desc", "statuses", "profiles[0]", "", "."})
	rapid.Check(t, func(t *rapid.T) {
		query := url.Values(rapid.MapOf(rapid.OneOf(names, rapid.String()), rapid.SliceOf(rapid.String())).Draw(t, "query"))
		got, err := wire.Query[cooperationList](query)
		if err != nil && (len(crm.FieldErrors(err)) == 0 || !cmp.Equal(got, cooperationList{}, values)) {
			t.Fatalf("%+v, %v", got, err)
		}
	})
}

// A list of a page: the filter and the options of the list are the parameters of the URL.
func ExampleQuery() {
	type list struct {
		crm.CampaignFilter
		crm.ListOptions
	}
	asked, _ := url.ParseQuery("text=summer&archive=any&size=20")
	q, err := wire.Query[list](asked)
	fmt.Println(q.Text, q.Archive, q.Size, err)

	asked, _ = url.ParseQuery("txt=summer&size=all")
	_, err = wire.Query[list](asked)
	fmt.Println(err)
	// Output:
	// summer any 20 <nil>
	// size "all": must be a whole number, like 50
	// txt "summer": is no field here; the fields are name, text, has_amount, archive, state, upcoming, on, size, token, sort, desc, with_names, brief
}

// A host's own ids are refused in the words in which those of records are.
func TestOwnIDs(t *testing.T) {
	t.Parallel()
	const want = `plan "x": is no id; an id looks like 018f8f5e-8a2b-7c3d-9e4f-5a6b7c8d9e0f`
	type own struct {
		Plan uuid.UUID `json:"plan"`
	}
	_, inQuery := wire.Query[own](url.Values{"plan": {"x"}})
	_, inBody := wire.Parse[own]([]byte(`{"plan":"x"}`))
	for _, err := range []error{inQuery, inBody} {
		if err == nil || err.Error() != want || crm.Code(err) != "not_an_id" {
			t.Errorf("%v, want %s", err, want)
		}
	}
}

// TestProblemsAreBounded: what is wrong with a text of any length takes few words.
func TestProblemsAreBounded(t *testing.T) {
	t.Parallel()
	var doc strings.Builder
	query := url.Values{}
	for n := range 5_000 {
		fmt.Fprintf(&doc, `,"field%d":%d`, n, n)
		query.Set(fmt.Sprint("field", n), "1")
	}
	_, inRecord := wire.Parse[crm.Cooperation]([]byte("{" + doc.String()[1:] + "}"))
	_, inQuery := wire.Query[crm.CooperationFilter](query)
	_, inOptions := wire.Parse[crm.ListOptions]([]byte(`{"sort":"` + strings.Repeat("x", 100_000) + `",` + doc.String()[1:] + "}"))
	for name, err := range map[string]error{"record": inRecord, "query": inQuery, "options": inOptions} {
		list := crm.FieldErrors(err)
		if len(list) != crm.MaxProblems+1 || !strings.HasSuffix(list[crm.MaxProblems].Error(), "there are more problems; mend these first") {
			t.Errorf("%s: %d problems, the last one is %v", name, len(list), list[len(list)-1])
		}
		if n := len(err.Error()); n > 64<<10 {
			t.Errorf("%s: the error has %d bytes", name, n)
		}
	}
}
