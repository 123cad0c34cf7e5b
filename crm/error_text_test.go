package crm_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/language"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/sentence"
)

// TestErrorsInTwoLanguages has an error of each form, with its code, as English, German and JSON.
func TestErrorsInTwoLanguages(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	_, unnamed := s.crm.CreateCampaign(ctx, s.ws, crm.Campaign{Notes: "\x01"})
	_, absent := s.crm.Influencer(ctx, s.ws, crm.InfluencerID(nobody))
	used := second(s.crm.Delete(ctx, s.ws, must(s.crm.Campaign(ctx, s.ws, s.usedTwice()))(t).At(), ""))
	bare := &crm.Error{Family: crm.ErrBusy, Record: crm.Ref{Kind: crm.KindMember}}
	foreign := errors.New("boom")
	for _, test := range []struct {
		err                   error
		code, english, german string
	}{
		{unnamed, "name_missing",
			"campaign name \"\": a campaign needs a name\ncampaign notes \"\\x01\": has the control character U+0001, which cannot be seen, inside; remove it",
			"Kampagne name „“: eine Kampagne braucht einen Namen\nKampagne notes „\\x01“: enthält das unsichtbare Steuerzeichen U+0001; bitte entfernen"},
		{absent, "not_in_workspace",
			`influencer id "` + nobody.String() + `": there is no such influencer in this workspace`,
			`Influencer id „` + nobody.String() + `“: gibt es in diesem CRM nicht (Influencer)`},
		{used, "in_use",
			"campaign: it is in use by 2 cooperations; archive it instead",
			"Kampagne: wird noch verwendet von 2 Kooperationen; stattdessen archivieren"},
		{bare, "busy", "member: busy with another change", "Teammitglied: mit einer anderen Änderung beschäftigt"},
		{fmt.Errorf("host db.example, port 5432: %w", crm.ErrUnavailable), "unavailable",
			"the database is not available", "die Datenbank ist nicht erreichbar"},
		{errors.Join(crm.ErrStorage, crm.ErrUnknownOutcome), "unknown_outcome",
			crm.ErrUnknownOutcome.Error(), "das Commit blieb ohne Antwort; ob die Änderung gespeichert ist, ist nicht bekannt"},
		{foreign, "", "boom", "boom"},
	} {
		got := []string{crm.Code(test.err), crm.Explain(test.err, language.AmericanEnglish), crm.Explain(test.err, language.MustParse("de-AT"))}
		if diff := cmp.Diff([]string{test.code, test.english, test.german}, got); diff != "" {
			t.Errorf("%v (-want +got):\n%s", test.err, diff)
		}
	}
	const want = `{"record":{"kind":"campaign"},"field":"name","value":"","code":"name_missing","params":["a campaign"],"problem":"a campaign needs a name"}`
	if got := string(must(json.Marshal(crm.FieldErrors(unnamed)[0]))(t)); decoded(t, got) != decoded(t, want) {
		t.Errorf("%s, want %s", got, want)
	}
	var back crm.Error
	s.ok(json.Unmarshal([]byte(want), &back))
	if back.Problem.String() != "a campaign needs a name" || !back.Problem.Equal(sentence.Of("a campaign needs a name")) {
		t.Errorf("read back: %v", &back)
	}
}

// usedTwice is a campaign with two cooperations.
func (s *shop) usedTwice() crm.CampaignID {
	c, pam := s.campaign("Summer"), s.influencer("Pam")
	for range 2 {
		s.book(crm.Cooperation{Campaign: c.ID, Influencer: pam.ID})
	}
	return c.ID
}

// decoded is a JSON text in one form, without empty members.
func decoded(t *testing.T, text string) string {
	t.Helper()
	var members map[string]any
	if err := json.Unmarshal([]byte(text), &members); err != nil {
		t.Fatal(err)
	}
	for name, value := range members {
		if value == "" {
			delete(members, name)
		}
	}
	return string(must(json.Marshal(members))(t))
}
