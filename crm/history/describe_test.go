package history_test

import (
	"encoding/json"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/language"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/history"
)

func TestDescribe(t *testing.T) {
	t.Parallel()
	const id, other = `"018f8f5e-0000-7000-8000-000000000001"`, `"018f8f5e-0000-7000-8000-000000000002"`
	names := func(ref crm.Ref) string {
		return map[string]string{
			`"` + ref.IDString() + `"`: "",
			id:                         string(ref.Kind) + " One",
		}[`"`+ref.IDString()+`"`]
	}
	for _, test := range []struct {
		kind   crm.ChangeKind
		of     crm.Kind
		reason string
		fields [][3]string // field, before, after; "" is unset
		want   string
		german string
	}{
		{crm.Created, crm.KindCampaign, "", [][3]string{{"budget", "", `{"amount":"10.00","currency":"EUR"}`},
			{"name", "", `"Summer"`}}, `Mira created the campaign "Summer"`,
			`Mira hat die Kampagne „Summer“ angelegt`},
		{crm.Deleted, crm.KindCooperation, "a test", [][3]string{{"name", `"Summer - Pam"`, ""}},
			`Mira deleted the cooperation "Summer - Pam" (reason: a test)`,
			`Mira hat die Kooperation „Summer - Pam“ gelöscht (Grund: a test)`},
		{crm.Updated, crm.KindCooperation, "", [][3]string{{"status", `"negotiating"`, `"signed"`}}, `Mira moved it from negotiating to signed`,
			`Mira hat den Status von „In Verhandlung“ auf „Unterschrieben“ gesetzt`},
		{crm.Updated, crm.KindCooperation, "she\nwrote", [][3]string{
			{"cost", `{"amount":"100.00","currency":"EUR"}`, `{"amount":"120.00","currency":"EUR"}`},
			{"period", "", `{"start":"2026-06-01"}`},
			{"status", `"draft"`, `"signed"`},
		},
			`Mira moved it from draft to signed, changed the cost from 100.00 EUR to 120.00 EUR and set the start to 2026-06-01 (reason: she wrote)`,
			`Mira hat den Status von „Entwurf“ auf „Unterschrieben“ gesetzt, die Kosten von 100,00 EUR auf 120,00 EUR geändert und den Beginn auf 01.06.2026 gesetzt (Grund: she wrote)`},
		{crm.Updated, crm.KindCooperation, "", [][3]string{{"cost", `{"amount":"100.00","currency":"EUR"}`, ""}},
			`Mira cleared the cost, which was 100.00 EUR`,
			`Mira hat die Kosten geleert (vorher 100,00 EUR)`},
		{crm.Updated, crm.KindCooperation, "", [][3]string{{"archived_on", "", `"2026-06-01"`}}, `Mira archived it`,
			`Mira hat den Datensatz archiviert`},
		{crm.Updated, crm.KindCooperation, "", [][3]string{{"archived_on", `"2026-06-01"`, ""}}, `Mira took it out of the archive`,
			`Mira hat den Datensatz aus dem Archiv geholt`},
		{crm.Updated, crm.KindCooperation, "", [][3]string{{"claims_until", "", `"2026-06-01"`}},
			`Mira ended its codes and links on 2026-06-01, as its campaign or influencer is archived`,
			`Mira hat die Codes und Links zum 01.06.2026 beendet, weil Kampagne oder Influencer archiviert ist`},
		{crm.Updated, crm.KindCooperation, "", [][3]string{{"claims_until", `"2026-06-01"`, ""}}, `Mira let its codes and links go on`,
			`Mira hat die Codes und Links weiterlaufen lassen`},
		{crm.Updated, crm.KindCooperation, "",
			[][3]string{{"cancellation", "",
				`{"on":"2026-08-15","fee":{"amount":"10.00","currency":"EUR"},"reason":"ill"}`}},
			`Mira cancelled it on 2026-08-15 with a fee of 10.00 EUR, because: ill`,
			`Mira hat die Kooperation zum 15.08.2026 abgesagt, mit einem Ausfallhonorar von 10,00 EUR, Begründung: ill`},
		{crm.Updated, crm.KindCooperation, "", [][3]string{{"cancellation", `{"on":"2026-08-15"}`, ""}}, `Mira took the cancellation back`,
			`Mira hat die Absage zurückgenommen`},
		{crm.Updated, crm.KindCooperation, "", [][3]string{{"influencer", other, id}, {"responsible", "", id}, {"campaign", id, other}},
			`Mira changed the influencer to "influencer One", set the responsible member to "member One" and changed the campaign`,
			`Mira hat den Influencer auf „influencer One“ geändert, das zuständige Teammitglied auf „member One“ gesetzt und die Kampagne geändert`},
		{crm.Updated, crm.KindCooperation, "", [][3]string{
			{"rules", `[]`, `[{"match":"equals","pattern":"PAM10"},{"match":"contains","pattern":"PAMELA"}]`},
			{"rules_origin", "", `{"provenance":"overridden"}`},
		}, `Mira set the discount rules to equals PAM10, contains PAMELA`,
			`Mira hat die Rabattregeln auf ist gleich PAM10, enthält PAMELA gesetzt`},
		{crm.Updated, crm.KindCooperation, "",
			[][3]string{{"utm_origins", "", `{"campaign":{"provenance":"overridden"}}`}},
			`Mira set the origins of the UTM parameters`,
			`Mira hat die Herkunft der UTM-Parameter gesetzt`},
		{crm.Updated, crm.KindCooperation, "", [][3]string{{"utm", `{"source":"ig","term":"x"}`, `{"source":"tiktok"}`}, {"notes", `"a"`, `"b"`}},
			`Mira changed the utm_source from "ig" to "tiktok", cleared the utm_term, which was "x" and changed the notes`,
			`Mira hat das Feld utm_source von „ig“ auf „tiktok“ geändert, das Feld utm_term geleert (vorher „x“) und die Notizen geändert`},
		{crm.Updated, crm.KindCooperation, "", [][3]string{{"custom", `{"Size":"S"}`, `{"Colour":"red","Size":"M"}`}, {"last_touch", "", "true"}},
			`Mira set the custom field "Colour" to "red", changed the custom field "Size" from "S" to "M" and switched last touch on`,
			`Mira hat das eigene Feld „Colour“ auf „red“ gesetzt, das eigene Feld „Size“ von „S“ auf „M“ geändert und Last Touch eingeschaltet`},
		{crm.Updated, crm.KindInfluencer, "", [][3]string{
			{"profiles", `[{"id":` + id + `,"platform":"instagram","handle":"pam","rules":[]}]`,
				`[{"id":` + other + `,"platform":"tiktok","rules":[]}]`},
			{"tags", `["vip","b"]`, `["vip","new","hot"]`},
		}, `Mira added the profile TikTok, removed the profile Instagram @pam, added the tags "new", "hot" and removed the tag "b"`,
			`Mira hat das Profil TikTok hinzugefügt, das Profil Instagram @pam entfernt, die Schlagwörter „new“, „hot“ hinzugefügt und das Schlagwort „b“ entfernt`},
		{crm.Updated, crm.KindInfluencer, "", [][3]string{
			{"profiles", `[{"id":` + id + `,"platform":"x","handle":"pam"}]`,
				`[{"id":` + id + `,"platform":"x","handle":"pam","link":"https://x.com/pam"}]`},
		}, `Mira changed the profile X @pam`,
			`Mira hat das Profil X @pam geändert`},
		{crm.Updated, crm.KindInfluencer, "", [][3]string{{"picture", "", id}}, `Mira set the picture`,
			`Mira hat das Bild gesetzt`},
		{crm.Updated, crm.KindInfluencer, "", [][3]string{{"picture", id, other}}, `Mira changed the picture`,
			`Mira hat das Bild geändert`},
		{crm.Updated, crm.KindInfluencer, "", [][3]string{{"picture", other, ""}}, `Mira removed the picture`,
			`Mira hat das Bild entfernt`},
		{crm.Updated, crm.KindWorkspace, "",
			[][3]string{{"month_budgets", `{}`, `{"2026-06":{"amount":"500.00","currency":"EUR"}}`},
				{"tail_days", "0", "7"}, {"forecast", `{"draft":"0"}`, `{"draft":"1"}`}},
			`Mira set the budget of 2026-06 to 500.00 EUR, changed the tail days from 0 to 7 and changed the forecast weights`,
			`Mira hat das Budget für Juni 2026 auf 500,00 EUR gesetzt, die Nachlauftage von 0 auf 7 geändert und die Gewichte der Prognose geändert`},
		{crm.Updated, crm.KindWorkspace, "", [][3]string{{"code_comparison", `"exact"`, `"accents"`}},
			`Mira changed the way the shop compares codes from "Exactly" to "Without regard to accents (MySQL, MariaDB: Shopware, PrestaShop …)"`,
			`Mira hat den Vergleich der Codes von „Genau“ auf „Ohne Rücksicht auf Akzente (MySQL, MariaDB: Shopware, PrestaShop …)“ geändert`},
		{crm.Updated, crm.KindCampaign, "", nil, `Mira changed nothing`,
			`Mira hat nichts geändert`},
		{crm.Updated, crm.KindCampaign, "", [][3]string{{"name", `7`, `{`}, {"tags", `7`, `{}`},
			{"period", `[]`, `"x"`}, {"new_thing", `[1]`, `[2]`}},
			`Mira changed the name, changed the tags, changed the period and changed the new thing`,
			`Mira hat den Namen geändert, die Schlagwörter geändert, den Zeitraum geändert und das Feld new thing geändert`},
		{crm.Created, crm.KindImportRun, "", nil, `Mira created the import run`,
			`Mira hat den Import angelegt`},
		{crm.Updated, crm.KindCooperation, "",
			[][3]string{{"cancellation", `{"on":"2026-08-15"}`, `{"on":"2026-08-16"}`}, {"last_touch", "true", ""}},
			`Mira changed the cancellation and switched last touch off`,
			`Mira hat die Absage geändert und Last Touch ausgeschaltet`},
		{crm.Updated, crm.KindCooperation, "", [][3]string{{"cancellation", "", `{"reason":"ill"}`}}, `Mira cancelled it, because: ill`,
			`Mira hat die Kooperation abgesagt, Begründung: ill`},
		{crm.Updated, crm.KindInfluencer, "", [][3]string{
			{"profiles", `[{"id":` + id + `,"platform":"x","handle":"pam"},{"id":` + other + `,"platform":"tiktok"}]`,
				`[{"id":` + other + `,"platform":"tiktok"},{"id":` + id + `,"platform":"x","handle":"pia"}]`},
			{"tags", `["a","b"]`, `["b","a"]`},
		}, `Mira changed the profile X @pam to X @pia and changed the order of the tags`,
			`Mira hat das Profil X @pam zu X @pia geändert und die Reihenfolge der Schlagwörter geändert`},
		{crm.Updated, crm.KindInfluencer, "", [][3]string{
			{"profiles", `[{"id":` + id + `,"platform":"x"},{"id":` + other + `,"platform":"tiktok"}]`,
				`[{"id":` + other + `,"platform":"tiktok"},{"id":` + id + `,"platform":"x"}]`},
		}, `Mira changed the order of the profiles`,
			`Mira hat die Reihenfolge der Profile geändert`},
		{crm.Updated, crm.KindWorkspace, "", [][3]string{
			{"sources", `{"sheet":{"connected":true,"link":"https://a.example"},"crm":{}}`,
				`{"sheet":{"link":"https://a.example"},"crm":{"connected":true}}`},
			{"ignored_codes", `["A","B"]`, `["A","C"]`},
		}, `Mira disconnected the sheet, connected the CRM, added the ignored code "C" and removed the ignored code "B"`,
			`Mira hat die Tabelle getrennt, das CRM verbunden, den ignorierten Code „C“ hinzugefügt und den ignorierten Code „B“ entfernt`},
		{crm.Updated, crm.KindWorkspace, "", [][3]string{
			{"sources", `{"sheet":{"link":"https://a.example"}}`, `{"sheet":{"link":"https://b.example"}}`},
			{"ignored_codes", `["A","B"]`, `["B","A"]`}, {"time_zone", `"UTC"`, `"Europe/Berlin"`},
		}, `Mira changed the link of the sheet, changed the order of the ignored codes and changed the time zone from "UTC" to "Europe/Berlin"`,
			`Mira hat den Link für die Tabelle geändert, die Reihenfolge der ignorierten Codes geändert und die Zeitzone von „UTC“ auf „Europe/Berlin“ geändert`},
		{crm.Updated, crm.KindInfluencer, "", [][3]string{{"tags", "[]", `["a","b","c","d","e","f","g"]`}, {"responsible", other, id}},
			`Mira added the tags "a", "b", "c", "d", "e" and 2 more and changed the responsible member to "member One"`,
			`Mira hat die Schlagwörter „a“, „b“, „c“, „d“, „e“ und 2 weitere hinzugefügt und das zuständige Teammitglied auf „member One“ geändert`},
		{crm.Updated, crm.KindCooperation, "", [][3]string{
			{"utm", "{}", `{"source":"a","medium":"b","campaign":"c","term":"d","content":"e"}`},
			{"custom", "{}", `{"A":"1","B":"2","C":"3","D":"4","E":"5","F":"6","G":"7","H":"8"}`},
		},
			`Mira set the utm_source to "a", set the utm_medium to "b", set the utm_campaign to "c", set the utm_term to "d", set the utm_content to "e", ` +
				`set the custom field "A" to "1", set the custom field "B" to "2", set the custom field "C" to "3", set the custom field "D" to "4", ` +
				`set the custom field "E" to "5", set the custom field "F" to "6", set the custom field "G" to "7" and made 1 more change`,
			`Mira hat das Feld utm_source auf „a“ gesetzt, das Feld utm_medium auf „b“ gesetzt, das Feld utm_campaign auf „c“ gesetzt, das Feld utm_term auf „d“ gesetzt, das Feld utm_content auf „e“ gesetzt, das eigene Feld „A“ auf „1“ gesetzt, das eigene Feld „B“ auf „2“ gesetzt, das eigene Feld „C“ auf „3“ gesetzt, ` +
				`das eigene Feld „D“ auf „4“ gesetzt, das eigene Feld „E“ auf „5“ gesetzt, das eigene Feld „F“ auf „6“ gesetzt, das eigene Feld „G“ auf „7“ gesetzt und 1 weitere Änderung gemacht`},
		{crm.Updated, crm.KindCooperation, "", [][3]string{{"notes", "", `"x"`}, {"picture", "", "7"},
			{"rules", `[{"match":"equals","pattern":"A"}]`, "[]"}},
			`Mira set the notes, set the picture and cleared the discount rules, which was equals A`,
			`Mira hat die Notizen gesetzt, das Bild gesetzt und die Rabattregeln geleert (vorher ist gleich A)`},
		{crm.Erased, crm.KindInfluencer, "", [][3]string{{"archived_on", "", `"2026-06-01"`}}, `Mira erased the personal data`,
			`Mira hat die personenbezogenen Daten gelöscht`},
		{"melt", crm.KindInfluencer, "", nil, `Mira did "melt" to the influencer`,
			`Mira hat eine Änderung vorgenommen („melt“): den Influencer`},
	} {
		c := crm.Change{Actor: "Mira", Kind: test.kind, Record: crm.Ref{Kind: test.of}, Reason: test.reason}
		for _, f := range test.fields {
			c.Fields = append(c.Fields, crm.FieldChange{Field: f[0], Before: orNil(f[1]), After: orNil(f[2])})
		}
		if diff := cmp.Diff(test.want, history.Describe(c, names)); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
		if diff := cmp.Diff(test.german, history.DescribeIn(language.German, c, names)); diff != "" {
			t.Errorf("in German (-want +got):\n%s", diff)
		}
	}
	if got := history.Describe(crm.Change{Kind: crm.Created, Record: crm.Ref{Kind: crm.KindMember}}, nil); got != "somebody created the member" {
		t.Errorf("without an actor: %s", got)
	}
}

// A German sentence about any field has no word that only a program or an Englishman would say, and no amount or day as a
// program writes it, whatever kind of value the field has.
func TestGermanHasNoEnglishValues(t *testing.T) {
	t.Parallel()
	english := regexp.MustCompile(`(?i)\b(draft|negotiating|signed|equals|contains|starts|ends|with|by_day|on_start|on_end|exact|accents|woocommerce_|general|` +
		`auto|custom|undo|change|import of|are one|cancelled|UTC)\b|\d{4}-\d\d|\d\.\d\d\b [A-Z]{3}|"`)
	values := []string{`"draft"`, `"negotiating"`, `"signed"`, `"by_day"`, `"on_start"`, `"on_end"`, `"exact"`,
		`"accents"`, `"general"`, `"auto"`, `"custom"`,
		`"2026-06-01"`, `{"amount":"26577.02","currency":"EUR"}`, `{"start":"2026-06-01","end":"2026-06-30"}`, `true`,
		`{"on":"2026-06-01","fee":{"amount":"1500.00","currency":"EUR"},"reason":"cancelled in the sheet"}`,
		`{"2026-12":{"amount":"1500.00","currency":"EUR"}}`,
		`[{"match":"equals","pattern":"LENA10"},{"match":"contains","pattern":"LENA"},{"match":"starts_with","pattern":"L"},{"match":"ends_with","pattern":"10"}]`}
	words := map[string][]string{"status": values[:3], "spread": values[3:6], "code_comparison": values[6:9], "name_mode": values[9:11]}
	for _, record := range []crm.Record{crm.Workspace{}, crm.Member{}, crm.Campaign{}, crm.Influencer{}, crm.Cooperation{}} {
		for _, f := range reflect.VisibleFields(reflect.TypeOf(record)) {
			field, _, _ := strings.Cut(f.Tag.Get("json"), ",")
			for _, value := range values {
				if of, ok := words[field]; !ok && strings.HasPrefix(value, `"`) && value[1] != '2' || ok && !slices.Contains(of, value) {
					continue // a text of another field is what a person typed
				}
				if field != "cancellation" && strings.HasPrefix(value, `{"on"`) || field != "month_budgets" && strings.HasPrefix(value, `{"2026`) {
					continue // and so are the names of custom fields
				}
				for _, change := range []crm.FieldChange{{Field: field, After: orNil(value)}, {Field: field, Before: orNil(value)}, {Field: field, Before: orNil("{}"), After: orNil(value)}} {
					for _, reason := range []string{"import", "undo of a change on 2026-11-29 22:04 UTC by Mira", `"Lena Maier" and "Lena maier" are one`} {
						c := crm.Change{Actor: "Mira", Kind: crm.Updated, Record: record.Ref(), Reason: reason, Fields: []crm.FieldChange{change}}
						reader := history.Reader{Lang: language.German, Zone: time.FixedZone("", 3600)}
						if said := reader.Describe(c); english.MatchString(said) {
							t.Errorf("%s %s: %s", record.Ref().Kind, value, said)
						}
					}
				}
			}
		}
	}
}

// What the library gives as a reason is said in the language and in the time zone of the reader; what a person gave is not.
func TestReasonsOfTheLibrary(t *testing.T) {
	t.Parallel()
	cancelled := []crm.FieldChange{{Field: "cancellation", After: orNil(`{"on":"2026-08-15","reason":"Krank"}`)}}
	notes := []crm.FieldChange{{Field: "notes", After: orNil(`"x"`)}}
	for _, test := range []struct {
		reason          string
		fields          []crm.FieldChange
		english, german string
	}{
		{"import", notes, "Mira set the notes (reason: import)", "Mira hat die Notizen gesetzt (Grund: Import)"},
		{"undo of a change on 2026-11-29 22:04 UTC", notes, "Mira set the notes (reason: undo of a change on 2026-11-29 23:04)",
			"Mira hat die Notizen gesetzt (Grund: Änderung vom 29.11.2026 23:04 zurückgenommen)"},
		{"undo of a change on 2026-11-29 23:30 UTC by Jo", notes, "Mira set the notes (reason: undo of a change on 2026-11-30 00:30 by Jo)",
			"Mira hat die Notizen gesetzt (Grund: Änderung vom 30.11.2026 00:30 von Jo zurückgenommen)"},
		{`"Lena Maier" and "Lena maier" are one`, notes, `Mira set the notes (reason: "Lena Maier" and "Lena maier" are one)`,
			"Mira hat die Notizen gesetzt (Grund: „Lena Maier“ und „Lena maier“ sind dieselbe Person)"},
		{"import undone", notes, "Mira set the notes (reason: import undone)", "Mira hat die Notizen gesetzt (Grund: import undone)"},
		{"Krank", cancelled, "Mira cancelled it on 2026-08-15, because: Krank",
			"Mira hat die Kooperation zum 15.08.2026 abgesagt, Begründung: Krank"},
		{"zu teuer", cancelled, "Mira cancelled it on 2026-08-15, because: Krank (reason: zu teuer)",
			"Mira hat die Kooperation zum 15.08.2026 abgesagt, Begründung: Krank (Grund: zu teuer)"},
	} {
		c := crm.Change{Actor: "Mira", Kind: crm.Updated, Record: crm.Ref{Kind: crm.KindCooperation}, Reason: test.reason, Fields: test.fields}
		berlin := time.FixedZone("Berlin", 3600)
		got := []string{history.Reader{Zone: berlin}.Describe(c), history.Reader{Lang: language.German, Zone: berlin}.Describe(c)}
		if diff := cmp.Diff([]string{test.english, test.german}, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.reason, diff)
		}
	}
}

// Every field of a record has a name in both languages.
func TestLabels(t *testing.T) {
	t.Parallel()
	for _, record := range []crm.Record{crm.Workspace{}, crm.Member{}, crm.Campaign{}, crm.Influencer{}, crm.Cooperation{}} {
		for _, f := range reflect.VisibleFields(reflect.TypeOf(record)) {
			name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
			if name == "" || name == "-" || name == "id" || name == "version" || name == "kind" || f.Type == reflect.TypeFor[time.Time]() {
				continue
			}
			change := crm.Change{Actor: "Mira", Kind: crm.Updated, Record: record.Ref(),
				Fields: []crm.FieldChange{{Field: name, Before: orNil("7"), After: orNil("[8]")}}}
			if said := history.DescribeIn(language.German, change, nil); strings.Contains(said, "das Feld") || said == history.Describe(change, nil) {
				t.Errorf("%s of a %s has no German name: %s", name, record.Ref().Kind, said)
			}
		}
	}
}

func orNil(text string) json.RawMessage {
	if text == "" {
		return nil
	}
	return json.RawMessage(text)
}

func FuzzDescribe(f *testing.F) {
	for _, field := range []string{"name", "status", "cancellation", "period", "utm", "rules", "custom", "month_budgets", "profiles", "tags", "campaign", "cost", "picture", "last_touch", "odd\xff"} {
		f.Add(field, `"a"`, `{"on":"2026-01-01","start":{},"amount":"1.00","currency":"EUR"}`, "update", "Mi\nra")
		f.Add(field, `[{"id":"x"},null,7]`, ``, "create", "")
		f.Add(field, `[]`,
			`[{"match":"equals","pattern":"A","rules":[{"benefit":{"value":"1e999999999"}}],"benefit":{"kind":"amount","value":"1e999999999"}}]`, "update", "")
		f.Add(field, `"1e999999999"`, `{"amount":"1e999999999","currency":"EUR","fee":{"amount":"1e999999999","currency":"EUR"}}`, "update", "")
		f.Add(field, `null`, `[["a"],{"match":"equals","pattern":"\u0000"}]`, "x", "\xff")
	}
	f.Fuzz(func(t *testing.T, field, before, after, kind, actor string) {
		for _, record := range []crm.Kind{crm.KindWorkspace, crm.KindCooperation, crm.Kind(field)} {
			sentence := history.Describe(crm.Change{
				Actor: actor, Kind: crm.ChangeKind(kind), Record: crm.Ref{Kind: record}, Reason: before,
				Fields: []crm.FieldChange{{Field: field, Before: orNil(before), After: orNil(after)}, {Field: field}},
			}, nil)
			if sentence == "" || !utf8.ValidString(sentence) || len(sentence) > 20_000 || strings.ContainsFunc(sentence, unicode.IsControl) {
				t.Errorf("%d bytes: %q", len(sentence), sentence)
			}
		}
	})
}
