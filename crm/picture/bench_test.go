package picture_test

import (
	"bytes"
	"image/color"
	"testing"

	"github.com/getklar/influencercrm/crm/picture"
)

func BenchmarkRead(b *testing.B) {
	photo := quarters(4000, 3000, red, green, blue, white)
	for _, bench := range []struct {
		name string
		file []byte
	}{
		{"JPEG of 12 megapixels", asJPEG(photo)},
		{"PNG of 12 megapixels", asPNG(photo)},
		{"PNG of 40 megapixels", rawPNG(8_000, 5_000, 8, 6, 0, (1+4*8_000)*5_000)},
		{"WebP of 7 megapixels", webpOf(vp8l(2800, 2500, color.NRGBA{R: 90, A: 255}))},
		{"JPEG of 512 pixels", asJPEG(quarters(512, 512, red, green, blue, white))},
	} {
		b.Run(bench.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := picture.Read(bytes.NewReader(bench.file)); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
