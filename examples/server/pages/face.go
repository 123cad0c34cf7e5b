package pages

import (
	"embed"
	"fmt"
	"html/template"
	"strings"
	"sync"

	"golang.org/x/text/language"
	"golang.org/x/text/message"
	"golang.org/x/text/number"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/budget/render"
	"github.com/getklar/influencercrm/crm/sentence"
)

//go:embed templates/*.html
var templateFiles embed.FS

// face is how pages look in one language.
type face struct {
	lang    language.Tag
	numbers *message.Printer
	speaker *render.Speaker
	pages   map[string]func() *template.Template // by name; each with the layout and the parts that pages share
}

// newFace reads no page: each is read when it is first shown, because all of them take more time and memory than the rest of
// the server does. A fault in one of them is one of this program, and panics.
func newFace(lang language.Tag) *face {
	f := &face{lang: lang, numbers: printer(lang), speaker: render.NewSpeaker(lang), pages: map[string]func() *template.Template{}}
	shared := sync.OnceValue(func() *template.Template {
		return template.Must(template.New("").Funcs(f.functions()).ParseFS(templateFiles, "templates/layout.html", "templates/part_*.html"))
	})
	files, err := templateFiles.ReadDir("templates")
	if err != nil {
		panic(err)
	}
	for _, file := range files {
		name := strings.TrimSuffix(file.Name(), ".html")
		if name == "layout" || strings.HasPrefix(name, "part_") {
			continue
		}
		f.pages[name] = sync.OnceValue(func() *template.Template {
			return template.Must(template.Must(shared().Clone()).ParseFS(templateFiles, "templates/"+file.Name()))
		})
	}
	return f
}

// functions are those of templates.
func (f *face) functions() template.FuncMap {
	return template.FuncMap{
		"say":      f.say,
		"amount":   f.speaker.Amount,
		"month":    f.month,
		"day":      f.day,
		"days":     f.days,
		"number":   f.number,
		"status":   f.status,
		"health":   f.health,
		"standing": f.speaker.Standing,
		"coverage": f.speaker.Coverage,
		"share":    f.speaker.CostShare,
		"bar":      f.bar,
		"missed":   f.missed,
		"deref":    func(l *budget.Line) budget.Line { return *l },
		"platform": platformName,
		"verdict":  f.verdict,
		"changed":  f.changeWords,
		"terms":    f.terms,
		"label":    f.fieldLabel,
		"input":    f.inputLabel,
		"icon":     icon,
		"sentence": func(s sentence.Sentence) string { return s.Spoken(f.lang) },
		"asset":    assetPath,
		"once":     newOnce,
		"lang":     func() string { return f.lang.String() },
		"dict":     dict,
		"list":     func(all ...string) []string { return all },
		"field":    newField,

		"followers": followers,
		"account":   accountName,
		"typed":     f.typedAmount,
		"less":      func(n, by int) int { return n - by },
	}
}

// number is a whole number, such as 1,234.
func (f *face) number(n any) string { return f.numbers.Sprint(number.Decimal(n)) }

// dict makes a map of names and values, so that a template can give another one several of them.
func dict(pairs ...any) (map[string]any, error) {
	if len(pairs)%2 != 0 {
		return nil, fmt.Errorf("%d values for dict: want names and values", len(pairs))
	}
	m := map[string]any{}
	for n := 0; n < len(pairs); n += 2 {
		name, ok := pairs[n].(string)
		if !ok {
			return nil, fmt.Errorf("%v is no name", pairs[n])
		}
		m[name] = pairs[n+1]
	}
	return m, nil
}
