package pages

import (
	"html/template"
	"io"
	"slices"
	"strings"
	"testing"
	"text/template/parse"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/language"
)

// A template says the same with its constants called once as with all of them called in each answer.
func TestConstantsAreWhatTheyWere(t *testing.T) {
	t.Parallel()
	const text = `{{define "field"}}<label title="{{.label}}">{{.label}}</label>{{.hint}}{{end}}
<title>{{say "Check an order"}} · {{.Name}}</title>
<link href="{{asset "app.css"}}">
<p title="{{say "Import %s" .Name}}" class="{{if .Yes}}{{say "Close"}}{{else}}{{say "Undo"}}{{end}}">{{say "Conflicts"}} & {{say "<b>" }} {{print (say "Members")}}</p>
{{range .List}}{{say "Search"}}{{.}}{{else}}{{say "Menu"}}{{end}}
{{with .Name}}{{say "Planning" | print}}{{.}}{{$x := say "Alerts"}}{{$x}}{{end}}
{{template "field" dict "label" (say "Settings") "hint" (print (say "History") (say "%d members" 2))}}
{{icon "menu"}}{{icon .Icon}}{{lang}}`
	data := map[string]any{"Name": `Ana "<b>" & Bo`, "Yes": true, "List": []string{"a", "<b>"}, "Icon": "search"}
	for _, lang := range []language.Tag{language.English, language.German} {
		f := newFace(lang)
		read := func() *template.Template {
			return template.Must(template.New("page").Funcs(f.functions()).Parse(text))
		}
		var want, got strings.Builder
		if err := read().Execute(&want, data); err != nil {
			t.Fatal(err)
		}
		folded := f.constants().fold(read())
		if err := folded.Execute(&got, data); err != nil {
			t.Fatal(err)
		}
		if d := cmp.Diff(want.String(), got.String()); d != "" {
			t.Errorf("%v (-want +got):\n%s", lang, d)
		}
		left := 0
		for _, one := range folded.Templates() {
			left += strings.Count(one.Tree.Root.String(), "say ")
		}
		if left != 4 { // with an argument, twice, in a pipe and of a variable
			t.Errorf("%v: %d texts are still called in each answer, want 4", lang, left)
		}
	}
}

// Constants stand only where HTML is escaped like a text: in elements and quoted attributes, not in scripts or styles.
func TestConstantsStandInHTML(t *testing.T) {
	t.Parallel()
	f := newFace(language.German)
	files, err := templateFiles.ReadDir("templates")
	if err != nil {
		t.Fatal(err)
	}
	escapers := map[string]map[string]bool{} // of each function of constants
	for _, file := range files {
		if file.Name() == "layout.html" || strings.HasPrefix(file.Name(), "part_") {
			continue
		}
		page := template.Must(template.New("").Funcs(f.functions()).ParseFS(templateFiles,
			"templates/layout.html", "templates/part_*.html", "templates/"+file.Name()))
		_ = page.ExecuteTemplate(io.Discard, "layout", nil) // fails without data, after it has looked where each call stands
		for _, one := range page.Templates() {
			if one.Tree == nil {
				continue
			}
			for _, pipe := range actions(one.Tree.Root) {
				first := *pipe
				first.Cmds = pipe.Cmds[:1]
				if _, constant := f.constants().html(&first); !constant {
					continue
				}
				name, _, _ := strings.Cut(first.String(), " ")
				if escapers[name] == nil {
					escapers[name] = map[string]bool{}
				}
				for _, cmd := range pipe.Cmds[1:] {
					escapers[name][strings.TrimPrefix(cmd.String(), "_html_template_")] = true
				}
			}
		}
	}
	allowed := map[string][]string{
		"say":   {"htmlescaper", "rcdataescaper", "attrescaper"},
		"icon":  {"htmlescaper"}, // it is an element, and so in no attribute
		"asset": {"attrescaper", "urlfilter", "urlnormalizer"},
		"lang":  {"attrescaper"},
	}
	for name, seen := range escapers {
		for escaper := range seen {
			if !slices.Contains(allowed[name], escaper) {
				t.Errorf("%s stands where %s is called", name, escaper)
			}
		}
	}
	for _, name := range []string{"say", "icon", "asset"} {
		if len(escapers[name]) == 0 {
			t.Errorf("%s was not seen; does html/template name its functions in another way?", name)
		}
	}
}

// actions are the pipelines below a list that write something.
func actions(list *parse.ListNode) (all []*parse.PipeNode) {
	if list == nil {
		return nil
	}
	for _, node := range list.Nodes {
		switch node := node.(type) {
		case *parse.ActionNode:
			all = append(all, node.Pipe)
		case *parse.IfNode:
			all = slices.Concat(all, actions(node.List), actions(node.ElseList))
		case *parse.RangeNode:
			all = slices.Concat(all, actions(node.List), actions(node.ElseList))
		case *parse.WithNode:
			all = slices.Concat(all, actions(node.List), actions(node.ElseList))
		}
	}
	return all
}
