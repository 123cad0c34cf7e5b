package picture

import (
	"image"

	"golang.org/x/image/draw"
)

// shrunk is a picture of at most MaxSide × MaxSide.
type shrunk struct {
	pixels *image.RGBA
	// opaque says whether nothing in it is transparent. It is told before the last
	// step of scaling, whose rounding may leave 254 of 255.
	opaque bool
}

// shrink scales a picture down to fit.
func (d decoded) shrink() shrunk {
	w, h := fit(d.canvas.Dx(), d.canvas.Dy())
	near := average(d.pixels, d.canvas, blocks(d.canvas.Dx(), w), blocks(d.canvas.Dy(), h))
	s := shrunk{pixels: near, opaque: near.Opaque()}
	if near.Rect.Dx() != w || near.Rect.Dy() != h {
		s.pixels = image.NewRGBA(image.Rect(0, 0, w, h))
		draw.CatmullRom.Scale(s.pixels, s.pixels.Rect, near, near.Rect, draw.Src, nil)
	}
	return s
}

// fit is the largest size with the same proportions that is within MaxSide and
// not larger than w×h. No side vanishes.
func fit(w, h int) (int, int) {
	long := max(w, h)
	if long <= MaxSide {
		return w, h
	}
	scaled := func(side int) int { return max(1, (side*MaxSide+long/2)/long) }
	return scaled(w), scaled(h)
}

// blocks is the number of blocks of whole pixels into which a side of n pixels is cut
// before it is scaled to want: less than four times as many, and at least twice as
// many where there are enough pixels.
func blocks(n, want int) int { return n / max(1, n/(2*want)) }

// average cuts the canvas into w×h blocks and makes each one pixel, the mean of
// its own. It reads the source a part of a row at a time, so that it needs no copy.
func average(src image.Image, canvas image.Rectangle, w, h int) *image.RGBA {
	const part = 4096
	line := image.NewRGBA(image.Rect(0, 0, min(canvas.Dx(), part), 1))
	sums := make([][4]uint64, w)
	out := image.NewRGBA(image.Rect(0, 0, w, h))
	edge := func(i, blocks, n int) int { return i * n / blocks } // where block i begins
	for y := range h {
		clear(sums)
		top, bottom := edge(y, h, canvas.Dy()), edge(y+1, h, canvas.Dy())
		for sy := top; sy < bottom; sy++ {
			x, next := 0, edge(1, w, canvas.Dx())
			for from := 0; from < canvas.Dx(); from += part {
				clear(line.Pix) // where the source has no pixels, nothing is drawn
				draw.Draw(line, line.Rect, src, canvas.Min.Add(image.Pt(from, sy)), draw.Src)
				for i := range min(part, canvas.Dx()-from) {
					if from+i == next {
						x++
						next = edge(x+1, w, canvas.Dx())
					}
					p, sum := line.Pix[4*i:4*i+4:4*i+4], &sums[x]
					sum[0] += uint64(p[0])
					sum[1] += uint64(p[1])
					sum[2] += uint64(p[2])
					sum[3] += uint64(p[3])
				}
			}
		}
		for x, sum := range sums {
			n := uint64(bottom-top) * uint64(edge(x+1, w, canvas.Dx())-edge(x, w, canvas.Dx()))
			for c, s := range sum {
				out.Pix[out.PixOffset(x, y)+c] = uint8((s + n/2) / n)
			}
		}
	}
	return out
}
