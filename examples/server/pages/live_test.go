package pages_test

import (
	"strconv"
	"strings"
	"testing"

	"github.com/getklar/influencercrm/crm"
)

func number(t *testing.T, text string) int {
	t.Helper()
	n, err := strconv.Atoi(text)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// A page that goes on says where in the log it stands, and tells of what came after that; a form only of its own record.
func TestNews(t *testing.T) {
	t.Parallel()
	h := newHost(t)
	summer := h.summer()
	of := func(p page) (seq, version string) {
		t.Helper()
		_, rest, ok := strings.Cut(p.body, ` data-seq="`)
		seq, rest, _ = strings.Cut(rest, `" data-version="`)
		version, _, _ = strings.Cut(rest, `"`)
		if _, err := strconv.Atoi(seq); !ok || err != nil {
			t.Fatalf("no seq in %q", p.body)
		}
		return seq, version
	}
	list, form := "campaigns", "campaigns/"+summer.String()+"/edit"
	seq, version := of(h.get(list, "en"))
	if version != "0" {
		t.Errorf("a list is version %s of a record", version)
	}
	seqOfForm, version := of(h.get(form, "en"))
	if version != "1" || seqOfForm != seq {
		t.Errorf("the form is version %s at %s, want 1 at %s", version, seqOfForm, seq)
	}
	if p := h.get(list+"?news="+seq, "en"); strings.Contains(p.body, `class="toast"`) {
		t.Error("there are news although nothing has changed")
	}
	for _, name := range []string{"Autumn", "Winter"} {
		if _, err := h.crm.CreateCampaign(t.Context(), h.ws.ID, crm.Campaign{Name: name}); err != nil {
			t.Fatal(err)
		}
	}
	p := h.get(list+"?news="+seq, "en")
	h.has("news", p, 200, `class="toast"`, "Winter", "and one more change", `/campaigns" data-show`)
	if strings.Contains(p.body, `/undo"`) {
		t.Error("what somebody else did can be undone by a slip")
	}
	after, _ := of(p)
	if was, now := number(t, seq), number(t, after); now <= was {
		t.Errorf("the page stands at %d, before it at %d", now, was)
	}
	h.has("news of a form", h.get(form+"?news="+seq, "de"), 200, "Inzwischen wurde das gespeichert", "Zeigen")
	for _, none := range []string{"", "x", "-1", "999999999", "9223372036854775808"} {
		if p := h.get(list+"?news="+none, "en"); p.status != 200 || strings.Contains(p.body, `class="toast"`) {
			t.Errorf("news=%s: status %d, %s", none, p.status, p.body)
		}
	}
}
