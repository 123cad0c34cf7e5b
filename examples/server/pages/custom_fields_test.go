package pages_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/getklar/influencercrm/crm"
)

// Custom fields of both kinds of records are changed, added and emptied away, and met by name.
func TestCustomFields(t *testing.T) {
	t.Parallel()
	h, _, draft := planned(t)
	draft.Custom = map[string]string{"Size Chart": "M", "Shelf": "B"}
	draft = ok(h.crm.UpdateCooperation(t.Context(), h.ws.ID, draft, ""))(h).Cooperation
	person := ok(h.crm.Influencer(t.Context(), h.ws.ID, draft.Influencer))(h)
	person.Custom = map[string]string{"Size Chart": "M", "Shelf": "B"}
	person = ok(h.crm.UpdateInfluencer(t.Context(), h.ws.ID, person, ""))(h)
	for _, test := range []struct {
		path, begins string
		stored       func() map[string]string
	}{
		{"cooperations/" + draft.ID.String(), `data-cooperation`, func() map[string]string {
			return ok(h.crm.Cooperation(t.Context(), h.ws.ID, draft.ID))(h).Custom
		}},
		{"influencers/" + person.ID.String(), personForm, func() map[string]string {
			return ok(h.crm.Influencer(t.Context(), h.ws.ID, person.ID))(h).Custom
		}},
	} {
		p := h.get(test.path, "en")
		h.has("shown", p, 200, `<label for="field-custom.Size Chart">Size Chart</label>`, `name="custom.Shelf" value="B"`, "Add a field")
		form := h.fields(p, test.begins)
		changed := with(form, "custom.Size Chart", "L", "custom.Shelf", "", "new_field.name", "Colour", "new_field.value", "red")
		for name, pairs := range map[string][]string{
			"A field needs a name":          with(form, "new_field.value", "red"),
			"A field needs a value":         with(form, "new_field.name", "Colour"),
			"There is a field of this name": with(form, "new_field.name", " Shelf ", "new_field.value", "C"),
		} {
			h.has(name, h.post(test.path, pairs...), 422, name)
		}
		h.has("save", h.post(test.path, changed...), 303)
		want := map[string]string{"Size Chart": "L", "Colour": "red"}
		if diff := cmp.Diff(want, test.stored()); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.path, diff)
		}
		met := h.post(test.path, with(form, "opened", "", "custom.Size Chart", "S")...)
		h.has("met", met, 412, `name="take.custom.Size Chart"`)
		again := with(h.fields(met, test.begins), "take.custom.Size Chart", "mine")
		h.has("chosen", h.post(test.path, again...), 303)
		want["Size Chart"] = "S"
		if diff := cmp.Diff(want, test.stored()); diff != "" {
			t.Errorf("%s, chosen (-want +got):\n%s", test.path, diff)
		}
	}
	made := h.post("influencers/new", "name", "Ida", "new_field.name", "Colour", "new_field.value", "red")
	h.has("made", made, 303)
	ida := ok(h.crm.Influencers(t.Context(), h.ws.ID, crm.InfluencerFilter{Name: "Ida"}, crm.ListOptions{}))(h).Items
	if len(ida) != 1 || ida[0].Custom["Colour"] != "red" {
		t.Errorf("%+v", ida)
	}
}
