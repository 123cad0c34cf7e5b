#!/usr/bin/env bash
# github.com/piglig/go-qr v1.1.0: the light border of one code, as a PNG and as an SVG, with one configuration.
#
# The guess: NewQrCodeImgConfig(10, 4) is a scale of 10 and a border of 4 modules, which is the quiet zone that
# ISO/IEC 18004 asks for. The README says so beside this very line, and both formats take the same configuration.
# What happens: in the PNG the border is 4 modules of 10 pixels. In the SVG, in both of its forms, it is 4 units where a
# module has 10: two fifths of a module, which is next to none. On a white page nobody sees it. On a coloured flyer the
# finder patterns touch what is around them.
# The way out: give an SVG the scale 1, at which a unit is a module, and let it be scaled where it is shown; or give a
# border of 4 times the scale.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
export GOFLAGS=-mod=mod

cat >main.go <<'GO'
package main

import (
	"bytes"
	"fmt"
	"image/png"
	"regexp"
	"strconv"

	goqr "github.com/piglig/go-qr"
)

// first is where the first dark point of a drawing stands, which is a corner of a finder pattern.
var first = regexp.MustCompile(`<path d="M(\d+),`)

func main() {
	code := must(goqr.EncodeText("https://shop.example/?utm_term=pam", goqr.Medium))
	for _, scale := range []int{10, 1} {
		picture := must(png.Decode(bytes.NewReader(must(code.ToPNGBytes(goqr.NewQrCodeImgConfig(scale, 4))))))
		border := 0
		for light := uint32(1); light != 0; border++ {
			light, _, _, _ = picture.At(border, border).RGBA()
		}
		fmt.Printf("scale %d: PNG %.1f", scale, float64(border-1)/float64(scale))
		for _, options := range [][]goqr.Option{nil, {goqr.WithOptimalSVG()}} {
			drawn := must(code.ToSVGBytes(goqr.NewQrCodeImgConfig(scale, 4, options...)))
			at := must(strconv.Atoi(string(first.FindSubmatch(drawn)[1])))
			fmt.Printf(", SVG %.1f", float64(at)/float64(scale))
		}
		fmt.Println(" modules")
	}
}

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}
GO
go mod init example.com/finding >/dev/null 2>&1
go get github.com/piglig/go-qr@v1.1.0 >/dev/null 2>&1
go mod tidy >/dev/null 2>&1
seen=$(go run .)
echo "$seen"
diff - <(echo "$seen") <<'SEEN' && echo 'as described'
scale 10: PNG 4.0, SVG 0.4, SVG 0.4 modules
scale 1: PNG 4.0, SVG 4.0, SVG 4.0 modules
SEEN
