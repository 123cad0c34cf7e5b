package render

import (
	_ "embed"
	"fmt"
	"html/template"
	"strings"
)

// palette is the colours of a theme.
type palette struct {
	paper, ink, faint, grid, axis, now string
	signed                             string
	negotiating, negotiatingGround     string
	draft, draftGround                 string
	budget, over                       string
	heat, heatInk                      [5]string // from little to much
}

// The stages differ in lightness too, and texts stand out from what is behind them by 4.5 to 1 at least.
var (
	lightPalette = palette{
		paper: "#ffffff", ink: "#1c2330", faint: "#586172", grid: "#e3e6eb", axis: "#8b93a1", now: "#eef2f7",
		signed: "#2563a8", negotiating: "#d97706", negotiatingGround: "#fdecd3", draft: "#6b7280", draftGround: "#f1f2f4",
		budget: "#111827", over: "#b91c1c",
		heat:    [5]string{"#e8f0fa", "#c3d9f1", "#93bce6", "#2f74bd", "#17457f"},
		heatInk: [5]string{"#1c2330", "#1c2330", "#1c2330", "#ffffff", "#ffffff"},
	}
	darkPalette = palette{
		paper: "#1d2027", ink: "#e6e9ef", faint: "#a3acba", grid: "#343b47", axis: "#767e8d", now: "#282d37",
		signed: "#6ea8ee", negotiating: "#f2a93b", negotiatingGround: "#3d2e14", draft: "#b4bcc8", draftGround: "#262c36",
		budget: "#ffffff", over: "#ff7b72",
		heat:    [5]string{"#1a2636", "#213a57", "#2b5585", "#6aa5e3", "#afd2fb"},
		heatInk: [5]string{"#e6e9ef", "#e6e9ef", "#ffffff", "#0b1220", "#0b1220"},
	}
)

// formStyle is what all themes have in common. ID stands for the id of the drawing.
//
//go:embed svg.css
var formStyle string

func (p palette) style() string {
	var out strings.Builder
	set := func(selectors, format string, colours ...any) {
		for i, selector := range strings.Fields(selectors) {
			if i > 0 {
				out.WriteByte(',')
			}
			out.WriteString("#ID " + strings.ReplaceAll(selector, "+", " "))
		}
		fmt.Fprintf(&out, "{"+format+"}\n", colours...)
	}
	set(".paper", "fill:%s", p.paper)
	set("text", "fill:%s", p.ink)
	set(".faint", "fill:%s", p.faint)
	set(".on-bars", "stroke:%s", p.paper)
	set(".grid", "stroke:%s", p.grid)
	set(".axis", "stroke:%s", p.axis)
	set(".now", "fill:%s", p.now)
	set(".signed", "fill:%[1]s;stroke:%[1]s", p.signed)
	set(".negotiating", "stroke:%s", p.negotiating)
	set(".negotiating-mark", "fill:%s", p.negotiating)
	set(".negotiating-ground", "fill:%s", p.negotiatingGround)
	set(".draft", "stroke:%s", p.draft)
	set(".draft-mark", "fill:%s", p.draft)
	set(".draft-ground", "fill:%s", p.draftGround)
	set(".budget", "stroke:%s", p.budget)
	set(".track", "stroke:%s", p.axis)
	set(".others", "stroke:%s", p.axis)
	set(".beyond", "stroke:%s", p.over)
	set(".beyond-mark", "fill:%s", p.over)
	set(".at-risk-mark .over-mark .refund", "stroke:%s", p.over)
	set(".over-mark", "fill:%s", p.over)
	set(".over-corner", "fill:%s;stroke:%s", p.over, p.paper)
	set(".at-risk-corner", "fill:%s;stroke:%s", p.paper, p.over)
	for i := range p.heat {
		set(fmt.Sprintf(".heat%d", i), "fill:%s", p.heat[i])
		set(fmt.Sprintf(".ink%d", i), "fill:%s", p.heatInk[i])
	}
	return out.String()
}

// styleOf is the style sheet of a drawing. Every rule names the drawing, so that inside a page it means nothing else.
func styleOf(id string, theme Theme) template.CSS {
	style := formStyle
	switch theme {
	case ThemeLight:
		style += lightPalette.style()
	case ThemeDark:
		style += darkPalette.style()
	default:
		style += lightPalette.style() + "@media (prefers-color-scheme:dark){\n" + darkPalette.style() + "}\n"
	}
	return template.CSS(strings.ReplaceAll(style, "#ID", "#"+id)) // constants, and an id that has no signs
}
