package utm

import (
	"encoding/json"
	"slices"
	"strings"
	"unicode/utf8"
)

// Template is a set of UTM fields whose values may hold placeholders:
//
//	{campaign} {influencer} {handle} {platform} {month}
//
// The zero Template has no fields. Templates are comparable with == and are written to JSON as their
// [Params]; reading JSON checks them like [ParseTemplate].
type Template struct{ params Params }

// ParseTemplate makes a template. Errors are joined *[FieldError] values that name the field and the
// placeholder which is unknown or the brace which has no partner; beyond that a template is held to the
// rules of [Params.Validate].
func ParseTemplate(p Params) (Template, error) {
	err := p.check(func(text string) []problem {
		problems := textProblems(text)
		segments, alone := splitPlaceholders(text)
		if alone != "" {
			return append(problems, problem{"the brace %s stands alone; leave it out or write a placeholder such as {campaign}", []any{alone}})
		}
		for _, segment := range segments {
			if _, known := (Vars{}).lookup(segment.text); segment.isPlaceholder && !known {
				problems = append(problems,
					problem{"{%s} is not a placeholder; use {campaign}, {influencer}, {handle}, {platform} or {month}",
						[]any{shorten(segment.text)}})
			}
		}
		return problems
	})
	if err != nil {
		return Template{}, err
	}
	return Template{params: p}, nil
}

// MustParseTemplate is [ParseTemplate] for templates that are part of a program; it panics on an error.
func MustParseTemplate(p Params) Template {
	t, err := ParseTemplate(p)
	if err != nil {
		panic(err)
	}
	return t
}

// Recommended returns the template that a new workspace starts with: the platform as source, "influencer"
// as medium, the campaign as campaign and the influencer as term. Content is unset, so that links carry
// no utm_content until somebody wants one.
func Recommended() Template {
	return Template{params: Params{
		Source:   Of("{platform}"),
		Medium:   Of("influencer"),
		Campaign: Of("{campaign}"),
		Term:     Of("{influencer}"),
	}}
}

// Params returns the template as it was given, placeholders included.
func (t Template) Params() Params { return t.params }

// IsZero reports whether the template has no fields.
func (t Template) IsZero() bool { return t.params.IsZero() }

// Equal reports whether t == u. It lets packages such as go-cmp compare Templates.
func (t Template) Equal(u Template) bool { return t == u }

// MarshalJSON writes the template as its [Params].
func (t Template) MarshalJSON() ([]byte, error) { return json.Marshal(t.params) }

// UnmarshalJSON reads Params and checks them like [ParseTemplate]; null is the zero Template.
func (t *Template) UnmarshalJSON(data []byte) error {
	var p Params
	if err := json.Unmarshal(data, &p); err != nil {
		return err
	}
	parsed, err := ParseTemplate(p)
	if err != nil {
		return err
	}
	*t = parsed
	return nil
}

// Vars are the names that fill a template's placeholders, as people typed them; they are turned into
// slugs when they are filled in. An empty one is not known yet.
type Vars struct {
	Campaign   string
	Influencer string
	Handle     string
	Platform   string
	Month      string // of the start, "2026-06"
}

func (v Vars) lookup(placeholder string) (value string, known bool) {
	switch placeholder {
	case "campaign":
		return v.Campaign, true
	case "influencer":
		return v.Influencer, true
	case "handle":
		return v.Handle, true
	case "platform":
		return v.Platform, true
	case "month":
		return v.Month, true
	}
	return "", false
}

// Expand fills the placeholders with slugs (see [Slug]) and leaves all other text as it is. A field with
// a placeholder whose name is not known yet, or of which a slug leaves nothing, stays unset as a whole
// and is listed in pending, in the order of the fields.
//
// Where templates are layered, [Inherit] comes first and Expand second: otherwise a field that has to
// wait would be taken by a weaker layer.
//
// The result is always valid: a value that names make longer than [MaxValueLen] is cut there.
func (t Template) Expand(v Vars) (p Params, pending []Field) {
	for _, f := range Fields() {
		text, ok := t.params.Get(f).Get()
		if !ok {
			continue
		}
		if expanded, resolved := expand(text, v); resolved {
			p = p.With(f, Of(expanded))
		} else {
			pending = append(pending, f)
		}
	}
	return p, pending
}

// Lacks lists the placeholders that keep a field from being filled, without braces, in the order in which the template
// has them and each once: those whose name is not known yet, or gives an empty slug (see [Slug]). Nil means that the
// field is not pending.
func (t Template) Lacks(f Field, v Vars) []string {
	var lacking []string
	segments, _ := splitPlaceholders(t.params.Get(f).String())
	for _, segment := range segments {
		if !segment.isPlaceholder || slices.Contains(lacking, segment.text) {
			continue
		}
		if name, _ := v.lookup(segment.text); Slug(name) == "" {
			lacking = append(lacking, segment.text)
		}
	}
	return lacking
}

// Get returns the name that fills a placeholder, which is given without its braces; "" for one that does not exist.
func (v Vars) Get(placeholder string) string {
	name, _ := v.lookup(placeholder)
	return name
}

func expand(text string, v Vars) (expanded string, resolved bool) {
	segments, _ := splitPlaceholders(text) // ParseTemplate has seen to it that this works
	var b strings.Builder
	for _, segment := range segments {
		if !segment.isPlaceholder {
			b.WriteString(segment.text)
			continue
		}
		name, _ := v.lookup(segment.text)
		slug := Slug(name)
		if slug == "" {
			return "", false
		}
		b.WriteString(slug)
	}
	expanded = b.String()
	if utf8.RuneCountInString(expanded) > MaxValueLen {
		expanded = strings.TrimRight(string([]rune(expanded)[:MaxValueLen]), "-")
	}
	return expanded, true
}

// HasPlaceholder reports whether s holds something in braces, be it a placeholder that a [Template] knows
// or not.
func HasPlaceholder(s string) bool {
	_, afterBrace, found := strings.Cut(s, "{")
	return found && strings.Contains(afterBrace, "}")
}

// segment is a part of a template's text: literal text, or the name of a placeholder without its braces.
type segment struct {
	text          string
	isPlaceholder bool
}

// splitPlaceholders takes a template's text apart. The brace that stands alone is "" if every one has its partner.
func splitPlaceholders(text string) (segments []segment, alone string) {
	for {
		open := strings.IndexAny(text, "{}")
		if open < 0 {
			return append(segments, segment{text: text}), ""
		}
		if text[open] == '}' {
			return nil, "}"
		}
		literal, rest := text[:open], text[open+1:]
		end := strings.IndexAny(rest, "{}")
		if end < 0 || rest[end] == '{' {
			return nil, "{"
		}
		segments = append(segments, segment{text: literal}, segment{text: rest[:end], isPlaceholder: true})
		text = rest[end+1:]
	}
}
