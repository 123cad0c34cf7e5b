package utm

import (
	"errors"
	"slices"
	"strings"
	"unicode/utf8"
)

// maxLinkErrors is how many faults of one link are listed.
const maxLinkErrors = 20

// ValidateLink returns the faults by which a link loses its UTM fields, or has some that are not what was meant,
// joined (see [errors.Join]), each a *[LinkError], in the order in which they should be mended; nil if there are
// none, at most 20 otherwise. [Repair] mends those of which only one reading is left.
//
// Faults are the defects of [Mend], those of [ValidateAddress], and in the fields: names that are misspelt or in the
// wrong case, fields that are given more than once or have no value, values with characters that have to be escaped
// or that [Params.Validate] refuses, fields behind a #, and no fields at all or only such as [Params.Usable] refuses.
// Space around the link is ignored.
func ValidateLink(link string) error {
	c := linkCheck{link: strings.TrimSpace(link)}
	c.run()
	return errors.Join(c.found...)
}

// linkCheck collects the faults of a link.
type linkCheck struct {
	link  string
	found []error
}

func (c *linkCheck) add(kind Defect, parameter, value, format string, args ...any) {
	if len(c.found) < maxLinkErrors {
		c.found = append(c.found, parameterError(kind, parameter, value, format, args...))
	}
}

func (c *linkCheck) run() {
	if err := checkLinkLen(c.link); err != nil {
		c.found = append(c.found, err)
		return
	}
	mended, defects := Mend(c.link)
	if !c.checkAddress(mended) {
		return
	}
	c.addDefects(mended, defects)
	c.addHidden(mended)
	c.addNames(mended)
	c.addFields(mended)

	meant := straighten(mended)
	params, _ := Parse(meant)
	c.addValues(params)
	switch {
	case params.Specificity() == 0:
		c.add(NoFields, "", c.link, "it has no UTM parameters")
	case !params.Usable():
		c.add(TooGeneral, "", c.link,
			"it has none of utm_campaign, utm_term and utm_content, so it fits everybody's visits and credits nobody")
	}
}

// checkAddress looks at the address without its fields, whose faults are told one by one. It reports whether the rest
// of the link can be looked at.
func (c *linkCheck) checkAddress(mended string) bool {
	var fault *LinkError
	if !errors.As(ValidateAddress(replaceFields(straighten(mended), Params{})), &fault) {
		return true
	}
	if fault.Kind != UserInfo {
		fault.Value = shorten(c.link)
	}
	c.found = append(c.found, fault)
	return fault.Kind != Damaged
}

var defectProblems = map[Defect]string{
	EscapedForHTML:     "stands behind &amp;, which is an & out of the source of a page or mail, so no shop finds it; write &",
	SecondQuestionMark: "stands behind a second ?, so it is a part of what is in front of it; write &",
	NoQuestionMark:     "stands in a link without a ?, so it is a part of the address; write ? in front of the first parameter",
	EscapedQuery:       "has escapes around it (%3F, %26 or %3D), so no shop finds it; write ?, & and =",
	BrokenByBlanks:     "has a blank or line break beside it, where a link ends; take it out",
	OtherSeparator:     "stands behind a ; and only & separates parameters; write &",
	Unclear:            "it has another link or HTML in it, and what was meant is not certain; copy it again",
}

// addDefects tells each defect of the link at the first field that it cost.
func (c *linkCheck) addDefects(mended string, defects []Defect) {
	before, _ := Parse(c.link)
	after, _ := Parse(mended)
	parameter, value := "", c.link
	for _, f := range Fields() {
		was, is := before.Get(f), after.Get(f)
		if was != is && (parameter == "" || !was.IsSet()) {
			parameter, value = f.Key(), is.String()
			if !was.IsSet() {
				break
			}
		}
	}
	for _, d := range defects {
		if d == Unclear {
			c.add(d, "", c.link, defectProblems[d])
			continue
		}
		c.add(d, parameter, value, defectProblems[d])
	}
}

func (c *linkCheck) addHidden(mended string) {
	hidden := hiddenFields(mended)
	for _, f := range Fields() {
		if v := hidden.Get(f); v.String() != "" {
			c.add(BehindHash, f.Key(), v.String(),
				"stands behind a #, where no shop sees it; put the # and what follows it at the end")
		}
	}
}

// addNames tells names that are no fields', and those that only some tools read.
func (c *linkCheck) addNames(mended string) {
	unknown := Unknown(mended)
	for pair := range strings.SplitSeq(queryOf(mended), "&") {
		if len(c.found) == maxLinkErrors {
			return
		}
		raw, value, hasValue := strings.Cut(pair, "=")
		name := unescape(raw)
		f, known := fieldOf(pair)
		switch {
		case known && name != f.Key():
			c.add(WrongCase, name, readable(value), "has capital letters, with which some tools do not read it; write %s",
				f.Key())
		case known || !hasValue:
		default:
			if meant, ok := meantField(name); ok {
				c.add(Misspelt, name, readable(value), "is no UTM parameter, so its value is lost; write %s",
					meant.Key())
			} else if slices.Contains(unknown, name) {
				c.add(Misspelt, name, readable(value),
					"is none of the five UTM parameters, which are utm_source, utm_medium, utm_campaign, utm_term and utm_content")
			}
		}
	}
}

// addFields tells fields that a link has more than once or for nothing, and values that are not escaped.
func (c *linkCheck) addFields(mended string) {
	var counts [NumFields]int
	for f, raw := range fieldPairs(mended) {
		counts[f]++
		if i := unencoded(raw); i >= 0 {
			r, size := utf8.DecodeRuneInString(raw[i:])
			if r == '%' {
				c.add(Unencoded, f.Key(), raw, "has a % that begins no escape; write %25 for a percent sign")
			} else {
				c.add(Unencoded, f.Key(), raw, "has %q in it, which a link holds only as an escape; write %s", string(r),
					escape(raw[i:i+size]))
			}
		}
	}
	params, _ := Parse(mended) // as long as the link is short enough
	for _, f := range Fields() {
		value := params.Get(f).String()
		switch {
		case counts[f] > 1:
			c.add(Repeated, f.Key(), value, "stands there %d times, of which the first one with a value counts, %q; keep one",
				counts[f], shorten(value))
		case counts[f] == 1 && strings.TrimSpace(value) == "":
			c.add(NoValue, f.Key(), value, "has no value; write one, or take the parameter out")
		}
	}
}

func (c *linkCheck) addValues(p Params) {
	err, ok := p.Validate().(interface{ Unwrap() []error })
	if !ok {
		return
	}
	for _, each := range err.Unwrap() {
		var bad *FieldError
		if errors.As(each, &bad) {
			c.add(BadValue, bad.Field.Key(), bad.Value, bad.Format, bad.Args...)
		}
	}
}

// unencoded returns where the first character stands of a value of a query that has to be escaped there, -1 for none.
// Braces are left to the search for placeholders.
func unencoded(raw string) int {
	for i, r := range raw {
		switch {
		case r == '%':
			if _, ok := unescapeByte(raw[i:]); !ok {
				return i
			}
		case r <= ' ' || r >= 0x7f || strings.ContainsRune("\"<>[]\\^`|", r):
			return i
		}
	}
	return -1
}

// readable is the value of a query as [Parse] reads it.
func readable(raw string) string { return unescape(strings.ReplaceAll(raw, "+", " ")) }
