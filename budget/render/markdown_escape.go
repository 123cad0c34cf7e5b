package render

import (
	"regexp"
	"strings"
)

// markdownSigns are what mean something in the middle of a line, to GitHub or to other readers of Markdown.
const markdownSigns = "\\`*_{}[]<>|~$&#^"

// listSign is what makes a list, or a rule, where a line or an entry of a list begins with it.
var listSign = regexp.MustCompile(`^(\d*)([-+.)])([\s-]|$)`)

// escapeMarkdown returns a text of one line that reads as it is, wherever in a line or a table it stands.
func escapeMarkdown(s string) string {
	var out strings.Builder
	for _, r := range strings.TrimSpace(s) { // four spaces would begin a block of code
		if strings.ContainsRune(markdownSigns, r) {
			out.WriteByte('\\')
		}
		out.WriteRune(r)
	}
	return listSign.ReplaceAllString(out.String(), `$1\$2$3`)
}
