package pages

import (
	"embed"
	"fmt"
	"html/template"
	"strings"
	"sync"

	"golang.org/x/text/language"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm/account"
	"github.com/getklar/influencercrm/crm/sentence"
	"github.com/getklar/influencercrm/examples/server/pages/words"
)

//go:embed templates/*.html
var templateFiles embed.FS

// face is how pages look in one language.
type face struct {
	*words.Speaker
	pages map[string]func() *template.Template // by name; each with the layout and the parts that pages share

	sections []section // of the navigation, without links
}

// newFace reads no page: each is read when it is first shown, because all of them take more time and memory than the rest of
// the server does. A fault in one of them is one of this program, and panics.
func newFace(lang language.Tag) *face {
	f := &face{Speaker: words.In(lang), pages: map[string]func() *template.Template{}}
	f.sections = f.sectionsOf()
	shared := sync.OnceValue(func() *template.Template {
		shared := template.New("").Funcs(f.functions())
		return f.constants().fold(template.Must(shared.ParseFS(templateFiles, "templates/layout.html", "templates/part_*.html")))
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
			page := template.Must(template.Must(shared().Clone()).ParseFS(templateFiles, "templates/"+file.Name()))
			return f.constants().fold(page)
		})
	}
	return f
}

// functions are those of templates.
func (f *face) functions() template.FuncMap {
	return template.FuncMap{
		"say":      f.Say,
		"amount":   f.Amount,
		"month":    f.Month,
		"day":      f.Day,
		"days":     f.Days,
		"number":   f.Number,
		"status":   f.Status,
		"health":   f.Health,
		"standing": f.Standing,
		"coverage": f.Coverage,
		"share":    f.CostShare,
		"bar":      f.bar,
		"missed":   f.Missed,
		"deref":    func(l *budget.Line) budget.Line { return *l },
		"platform": account.PlatformName,
		"verdict":  f.Verdict,
		"changed":  f.Change,
		"terms":    f.Terms,
		"label":    f.FieldLabel,
		"input":    f.inputLabel,
		"icon":     icon,
		"sentence": func(s sentence.Sentence) string { return s.Spoken(f.Lang) },
		"asset":    assetPath,
		"once":     newOnce,
		"lang":     func() string { return f.Lang.String() },
		"dict":     dict,
		"list":     func(all ...string) []string { return all },
		"field":    newField,

		"followers": followers,
		"account":   accountName,
		"typed":     f.TypedAmount,
		"less":      func(n, by int) int { return n - by },
	}
}

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
