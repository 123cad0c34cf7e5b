package pages

import "html/template"

// icons are drawn with lines of 1.5 in a square of 20.
var icons = map[string]string{
	"planning":     "M3 17h14M5 17v-6m4 6V5m4 12V8m3 9v-4",
	"campaigns":    "M4 5h12v10H4zM4 9h12M8 5v10",
	"influencers":  "M10 10a3 3 0 1 0 0-6 3 3 0 0 0 0 6zM4 17c0-3 2.7-5 6-5s6 2 6 5",
	"cooperations": "M7 6h9M7 10h9M7 14h9M4 6h.01M4 10h.01M4 14h.01",
	"import":       "M10 3v9m-3-3 3 3 3-3M4 14v3h12v-3",
	"orders":       "M4 4h2l2 9h7l2-6H7M9 17h.01M14 17h.01",
	"conflicts":    "M10 3 2.5 16h15zM10 8v4m0 2h.01",
	"alerts":       "M6 14V9a4 4 0 0 1 8 0v5l1 1H5zm3 3h2",
	"history":      "M10 6v4l3 2M3.5 10a6.5 6.5 0 1 0 2-4.7L4 7V3",
	"members":      "M7 9a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5zM2 16c0-2.5 2-4.5 5-4.5s5 2 5 4.5M13 9a2 2 0 1 0 0-4m1.5 6.7c2 .4 3.5 2 3.5 4.3",
	"settings":     "M4 6h7m3 0h2M4 14h2m3 0h7M12.5 8a2 2 0 1 0 0-4 2 2 0 0 0 0 4zM7.5 16a2 2 0 1 0 0-4 2 2 0 0 0 0 4z",
	"search":       "M9 14A5 5 0 1 0 9 4a5 5 0 0 0 0 10zm4-1 4 4",
	"remove":       "M5 5l10 10M15 5 5 15",
	"menu":         "M3 6h14M3 10h14M3 14h14",
}

// icon is a picture for the eye alone: the word beside it says what it means.
func icon(name string) template.HTML {
	return template.HTML(`<svg class="icon" viewBox="0 0 20 20" aria-hidden="true"><path d="` + icons[name] + `"/></svg>`) //nolint:gosec // constants
}
