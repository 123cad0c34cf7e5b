package pages_test

import (
	"strings"
	"testing"

	"github.com/getklar/influencercrm/crm"
)

// A form that was open while a person was erased brings nothing of them back, also what nobody has typed: the log says
// by then that it never stood there.
func TestErasedWhileAFormIsOpen(t *testing.T) {
	t.Parallel()
	h := newHost(t)
	emma := h.emma()
	c := ok(h.crm.CreateCampaign(h.Context(), h.ws.ID, crm.Campaign{Name: "Summer"}))(h)
	booked := ok(h.crm.CreateCooperation(h.Context(), h.ws.ID, crm.Cooperation{Campaign: c.ID, Influencer: emma.ID,
		Name: "Emma again", Notes: "Emma likes cats"}))(h)
	m := ok(h.crm.CreateMember(h.Context(), h.ws.ID, crm.Member{Name: "Lea Leitner", Email: "lea@mail.example"}))(h)

	const form = `<form method="post" action="/w/`
	forms := map[string][]string{}
	paths := []string{"cooperations/" + booked.Cooperation.ID.String(), "influencers/" + emma.ID.String(), "members/" + m.ID.String()}
	for _, path := range paths {
		forms[path] = h.fields(h.get(path, "en"), form)
	}
	ok(h.crm.Erase(h.Context(), h.ws.ID, emma.ID, emma.Version, ""))(h)
	ok(h.crm.EraseMember(h.Context(), h.ws.ID, m.ID, m.Version, ""))(h)
	for _, path := range paths {
		met := h.post(path, append(forms[path], "notes", "typed")...)
		h.has("met "+path, met, 412, "A person was erased meanwhile", "Erased person")
		for _, gone := range []string{"Emma", "cats", "Lea", "mail.example", "saved this meanwhile"} {
			if strings.Contains(met.main(), gone) {
				t.Errorf("%s still has %q: %s", path, gone, met.main())
			}
		}
	}
	// What the page shows then is a form of the record as it is.
	met := h.post(paths[0], forms[paths[0]]...)
	h.has("saved", h.post(paths[0], h.fields(met, form)...), 303)
	if now := ok(h.crm.Cooperation(h.Context(), h.ws.ID, booked.Cooperation.ID))(h); now.Notes != "" || strings.Contains(now.Name, "Emma") {
		t.Errorf("%q, %q", now.Name, now.Notes)
	}
}
