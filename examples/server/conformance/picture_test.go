package conformance

import (
	"bytes"
	"image"
	"image/png"
)

// picture is a small PNG.
func picture(c *client) string {
	var out bytes.Buffer
	if err := png.Encode(&out, image.NewGray(image.Rect(0, 0, 8, 8))); err != nil {
		c.Fatal(err)
	}
	return out.String()
}
