package render_test

import (
	"errors"
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/budget/render"
)

func markdown(t rapid.TB, p budget.Plan, o *render.MarkdownOptions) string {
	t.Helper()
	r, err := budget.New(p)
	if err != nil {
		t.Fatal(err)
	}
	var out strings.Builder
	if err := render.Markdown(&out, r, o); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

func TestMarkdown(t *testing.T) {
	t.Parallel()
	p := plan()
	p.Campaigns[2].Name = "a|b *bold* `code` [x](y) <b> \\| 1_000 \n| second |"
	golden(t, "report.md", markdown(t, p, nil))
	p.Items[0].Tags = []string{"Vip|1", "new"}
	golden(t, "tags.md", markdown(t, p, &render.MarkdownOptions{Past: true, DecimalComma: true, By: []budget.Axis{budget.AxisTag}}))
	golden(t, "empty.md", markdown(t, budget.Plan{Currency: "EUR"}, nil))
}

// The figures are those of Text: every amount of its tables is in the cell of the same line and column.
func TestMarkdownHasTheFiguresOfText(t *testing.T) {
	t.Parallel()
	p := plan()
	for n, name := range []string{"Summer", "Winter", "Spring"} {
		p.Campaigns[n].Name = name
	}
	var want []string
	for _, table := range strings.Split(text(t, p, &render.TextOptions{Width: 400, NoBars: true}), "\n\n") {
		if lines := strings.Split(table, "\n"); strings.Contains(table, "----") {
			for _, line := range lines {
				if regexp.MustCompile(`^\w.*\d\.\d\d`).MatchString(line) {
					want = append(want, strings.Join(regexp.MustCompile(` {2,}`).Split(line, -1), " | "))
				}
			}
		}
	}
	got := strings.ReplaceAll(markdown(t, p, nil), "**", "")
	for _, row := range want {
		if !strings.Contains(got, "| "+row+" |\n") {
			t.Errorf("lacks the row %s:\n%s", row, got)
		}
	}
	if len(want) != 8 {
		t.Errorf("%d rows in Text", len(want))
	}
}

var tableLine = regexp.MustCompile(`(?m)^\|.*$`)

// Whatever the names are, a table has as many cells in each line as in its head, also for readers that take a
// pipe with a backslash before it for escaped however many there are; and a name reads as it was typed.
func TestMarkdownTablesHold(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		sign := rapid.SampledFrom([]rune("|\\`*_[]<>~$&#^-+1.) a\n\té夏🌞"))
		name := rapid.StringOf(sign).Draw(t, "name")
		p := plan()
		p.Campaigns[0].Name = name
		found := false
		for table := range strings.SplitSeq(markdown(t, p, nil), "\n\n") {
			lines := tableLine.FindAllString(table, -1)
			if len(lines) == 0 {
				continue
			}
			if len(lines) != strings.Count(strings.TrimSpace(table), "\n")+1 {
				t.Fatalf("%q puts a line between those of a table:\n%s", name, table)
			}
			for _, line := range lines {
				cells, strict := cellsOf(line), regexp.MustCompile(`(^|[^\\])\|`).FindAllString(line, -1)
				if len(cells) != len(cellsOf(lines[0])) || len(strict) != len(cells)+1 {
					t.Fatalf("%q makes %d cells, %d pipes of\n%s", name, len(cells), len(strict), line)
				}
				found = found || cells[0] == strings.TrimSpace(render.Visible(name))
			}
		}
		if !found && name != "" && utf8.RuneCountInString(name) < 60 && strings.TrimSpace(name) != "" {
			t.Fatalf("%q does not read as it was typed", name)
		}
	})
}

// cellsOf are the cells of a line of a table, as GitHub reads them.
func cellsOf(line string) []string {
	var cells []string
	var cell strings.Builder
	escaped := false
	for _, r := range strings.TrimPrefix(line, "|") {
		switch {
		case !escaped && r == '\\':
			escaped = true
			continue
		case !escaped && r == '|':
			cells = append(cells, strings.TrimSpace(cell.String()))
			cell.Reset()
		default:
			cell.WriteRune(r)
		}
		escaped = false
	}
	return cells
}

// At the beginning of an entry of a list, a name makes no list, rule, head or code of its own.
func TestMarkdownListsHold(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]string{
		"- x": `- \- x: `, "+ x": `- \+ x: `, "1. x": `- 1\. x: `, "12) x": `- 12\) x: `, "---": `- \---: `, "# x": `- \# x: `, "    x": `- x: `,
		"> x": `- \> x: `, "``` x": "- \\`\\`\\` x: ", "[ ] x": `- \[ \] x: `, "-5": `- -5: `, "1.5 x": `- 1.5 x: `, "*": `- \*: `,
	} {
		p := plan()
		p.Campaigns[0].Name = name
		if got := markdown(t, p, nil); !strings.Contains(got, "\n"+want) {
			t.Errorf("%q is not written as %q:\n%s", name, want, got)
		}
	}
}

func TestMarkdownReportsWriteErrors(t *testing.T) {
	t.Parallel()
	r, err := budget.New(plan())
	if err != nil {
		t.Fatal(err)
	}
	if err := render.Markdown(&broken{100}, r, nil); !errors.Is(err, errBroken) {
		t.Errorf("Markdown: %v", err)
	}
}
