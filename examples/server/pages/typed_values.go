package pages

import (
	"regexp"
	"strconv"
	"strings"

	"golang.org/x/text/language"

	"github.com/getklar/influencercrm/budget"
)

// What amounts look like. A number with a point in German may be thousands or decimals, so that only whole groups are
// thousands, and a point elsewhere is refused: no reading is guessed.
var (
	englishAmount = regexp.MustCompile(`^-?(\d+|\d{1,3}(,\d{3})+)(\.\d+)?$`)
	germanAmount  = regexp.MustCompile(`^-?(\d+|\d{1,3}(\.\d{3})+)(,\d+)?$`)
)

// amount reads an amount as the reader's language writes it. An empty field is no amount.
func (v *visit) amount(f *form, name string, currency budget.Currency) budget.Money {
	text := strings.TrimSpace(f.Get(name))
	if text == "" {
		return budget.Money{}
	}
	text = strings.TrimSpace(strings.NewReplacer(string(currency), "", "€", "", "\u00a0", "", " ", "").Replace(text))
	groups, point, shape, example := ",", ".", englishAmount, "1,234.50"
	if v.face.lang == language.German {
		groups, point, shape, example = ".", ",", germanAmount, "1.234,50"
	}
	if !shape.MatchString(text) {
		f.wrong(name, v.say("is no amount; write it like %s", example))
		return budget.Money{}
	}
	m, err := budget.ParseMoney(strings.ReplaceAll(strings.ReplaceAll(text, groups, ""), point, "."), currency)
	if err != nil {
		f.wrong(name, v.say("is no amount; write it like %s", example))
	}
	return m
}

// typedAmount is an amount as a field shows it; empty for no amount.
func (f *face) typedAmount(m budget.Money) string {
	if !m.IsSet() {
		return ""
	}
	return f.speaker.Amount(m)
}

// date reads a day of a field. Browsers with a calendar send it as 2026-06-01, which others ask for.
func (v *visit) date(f *form, name string) budget.Date {
	text := strings.TrimSpace(f.Get(name))
	if text == "" {
		return budget.Date{}
	}
	d, err := budget.ParseDate(text)
	if err != nil {
		f.wrong(name, v.say("is no day; write it like %s", "2026-06-01"))
	}
	return d
}

// period reads the two days of a period.
func (v *visit) period(f *form, start, end string) budget.Period {
	return budget.Period{Start: v.date(f, start), End: v.date(f, end)}
}

// whole reads a whole number of a field; 0 for an empty one.
func (v *visit) whole(f *form, name string) int {
	text := strings.TrimSpace(f.Get(name))
	if text == "" {
		return 0
	}
	n, err := strconv.Atoi(text)
	if err != nil {
		f.wrong(name, v.say("is no whole number; write it like %s", "7"))
	}
	return n
}

// version reads the version of the record that a form was made of. A form without one fits no version.
func (v *visit) version() int64 {
	n, _ := strconv.ParseInt(v.PostForm.Get("version"), 10, 64)
	return n
}
