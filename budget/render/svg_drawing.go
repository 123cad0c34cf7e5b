package render

import (
	"fmt"
	"strings"
)

// px is a length of a drawing in tenths of a pixel. A whole number is written in the same way everywhere, which a
// float is not.
type px int

const (
	pixel      px = 10
	sheetWidth    = 960 * pixel // without SVGOptions.Width
	narrowest     = 320 * pixel
	margin        = 16 * pixel
)

func (p px) String() string {
	sign := ""
	if p < 0 {
		sign, p = "-", -p
	}
	if p%pixel == 0 {
		return fmt.Sprintf("%s%d", sign, int(p/pixel))
	}
	return fmt.Sprintf("%s%d.%d", sign, int(p/pixel), int(p%pixel))
}

// shape is a rectangle, a path or a text.
type shape struct {
	Kind, Class string
	X, Y, W, H  px
	Path        string
	Text        string
	Turned      bool // a text that runs upwards
}

// group is shapes that have one tooltip.
type group struct {
	Title  string
	Shapes []shape
}

// drawing is one chart.
type drawing struct {
	Name, Title, Desc string
	Y, Height         px
	Width             px
	Groups            []group
	y                 px // what is drawn so far
}

// group begins a group with a tooltip; what is drawn from now on is in it.
func (d *drawing) group(title string) { d.Groups = append(d.Groups, group{Title: title}) }

func (d *drawing) add(s shape) {
	if len(d.Groups) == 0 {
		d.group("")
	}
	g := &d.Groups[len(d.Groups)-1]
	g.Shapes = append(g.Shapes, s)
}

// rect draws nothing that has no size.
func (d *drawing) rect(class string, x, y, w, h px) {
	if w > 0 && h > 0 {
		d.add(shape{Kind: "rect", Class: class, X: x, Y: y, W: w, H: h})
	}
}

func (d *drawing) path(class, format string, points ...any) {
	d.add(shape{Kind: "path", Class: class, Path: fmt.Sprintf(format, points...)})
}

// text writes at the base line. The class says which end of it x is.
func (d *drawing) text(class string, x, y px, text string) {
	d.add(shape{Kind: "text", Class: class, X: x, Y: y, Text: text})
}

func (d *drawing) turned(class string, x, y px, text string) {
	d.add(shape{Kind: "text", Class: class, X: x, Y: y, Text: text, Turned: true})
}

// write writes a paragraph below what is drawn so far, in lines that fit. The size is that of the letters.
func (d *drawing) write(class string, size int, paragraph string) {
	room := d.Width - 2*margin
	line := ""
	end := func() {
		d.y += px(size) * pixel * 14 / 10
		d.text(strings.TrimSpace(class+fmt.Sprintf(" s%d", size)), margin, d.y-px(size)*pixel*3/10, line)
	}
	for _, word := range strings.Fields(paragraph) {
		switch {
		case line == "":
			line = word
		case textWidth(line+" "+word, size) > room:
			end()
			line = word
		default:
			line += " " + word
		}
	}
	if line != "" {
		end()
	}
}

// mark draws the sign of what is over, a full triangle, or at risk, an empty one, with its middle at x.
func (d *drawing) mark(class string, x, y px) {
	const half, height = 5 * pixel, 9 * pixel
	d.path(class, "M%v %vL%v %vL%v %vZ", x, y-height, x+half, y, x-half, y)
}
