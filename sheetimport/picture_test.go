package sheetimport_test

import (
	"bytes"
	"image"
	"image/png"
	"testing"

	"github.com/getklar/influencercrm/crm"
)

// TestAnImportLeavesPictures: also where it changes the influencer, an import leaves the picture.
func TestAnImportLeavesPictures(t *testing.T) {
	t.Parallel()
	const head = "Influencer,Handle,Platform,Campaign,Posting date,Fee\n"
	s := memoryShop(t, nil)
	s.bring(head + "Ida,@ida,IG,Sale,2026-06-01,100\n")
	var file bytes.Buffer
	if err := png.Encode(&file, image.NewGray(image.Rect(0, 0, 3, 2))); err != nil {
		t.Fatal(err)
	}
	before, err := s.service.SetPicture(s.ctx, s.ws, s.contents().Influencers[0].ID,
		s.contents().Influencers[0].Version, crm.Picture{Type: "image/png", Width: 3, Height: 2,
			Data: file.Bytes()}, "")
	if err != nil {
		t.Fatal(err)
	}
	s.bring(head + "Ida,@ida,IG,Sale,2026-06-01,100\nIda,@ida,TikTok,Sale,2026-07-01,200\n")
	after := s.contents().Influencers
	if len(after) != 1 || after[0].Version == before.Version || after[0].Picture != before.Picture || before.Picture.IsZero() {
		t.Errorf("from %+v to %+v", before, after)
	}
}
