package crm_test

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"github.com/getklar/influencercrm/crm"
)

func FuzzParseID(f *testing.F) {
	for _, seed := range []string{
		"", "018f8f5e-8a2b-7c3d-9e4f-5a6b7c8d9e0f", "018F8F5E-8A2B-7C3D-9E4F-5A6B7C8D9E0F", "018f8f5e8a2b7c3d9e4f5a6b7c8d9e0f",
		"{018f8f5e-8a2b-7c3d-9e4f-5a6b7c8d9e0f}", "urn:uuid:018f8f5e-8a2b-7c3d-9e4f-5a6b7c8d9e0f", "018f8f5e-8a2b-7c3d-9e4f-5a6b7c8d9e0g",
		"00000000-0000-0000-0000-000000000000",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		id, err := crm.ParseID[crm.Campaign](text)
		if err != nil {
			if fields := crm.FieldErrors(err); len(fields) != 1 || !errors.Is(err, crm.ErrInvalid) || !id.IsZero() {
				t.Errorf("%s and the error %v", id, err)
			}
			return
		}
		if !strings.EqualFold(id.String(), text) {
			t.Errorf("%q is %q", text, id)
		}
		var again crm.CampaignID
		doc, err := json.Marshal(id)
		if err := errors.Join(err, json.Unmarshal(doc, &again)); err != nil || again != id {
			t.Errorf("%s becomes %s through JSON: %v", id, again, err)
		}
	})
}
