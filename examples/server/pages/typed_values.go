package pages

import (
	"errors"
	"strconv"
	"strings"
	"time"

	"github.com/shopspring/decimal"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm"
)

// symbols are the signs of currencies that may stand beside an amount in them.
var symbols = map[budget.Currency]string{"EUR": "€", "USD": "$", "GBP": "£"}

// amount reads an amount as the reader's language writes it, with or without the sign or the code of its own currency before
// or behind it. An empty field is no amount.
func (v *visit) amount(f *form, name string, currency budget.Currency) budget.Money {
	text := strings.TrimSpace(f.Get(name))
	if text == "" {
		return budget.Money{}
	}
	for _, sign := range []string{string(currency), symbols[currency]} {
		bare := strings.TrimPrefix(text, sign)
		if bare == text {
			bare = strings.TrimSuffix(text, sign)
		}
		if bare != text {
			text = strings.TrimSpace(bare)
			break
		}
	}
	plain, _ := v.face.Plain(text)
	_, decimals, _ := strings.Cut(plain, ".")
	example := v.face.Amount(budget.FromMinor(123_450, currency))
	if plain == "" || len(decimals) > currency.Digits() {
		f.wrong(name, v.say("is no amount; write it like %s", example))
		return budget.Money{}
	}
	m, err := budget.ParseMoney(plain, currency)
	switch {
	case errors.Is(err, budget.ErrTooLarge):
		f.wrong(name, v.say("is too large"))
	case err != nil:
		f.wrong(name, v.say("is no amount; write it like %s", example))
	}
	return m
}

// decimal reads a number with decimals of a field; zero for an empty one.
func (v *visit) decimal(f *form, name string) decimal.Decimal {
	if strings.TrimSpace(f.Get(name)) == "" {
		return decimal.Decimal{}
	}
	plain, example := v.face.Plain(f.Get(name))
	d, err := decimal.NewFromString(plain)
	if plain == "" || err != nil {
		f.wrong(name, v.say("is no number; write it like %s", example))
		return decimal.Decimal{}
	}
	return d
}

// today is the day in the workspace's time zone.
func (v *visit) today() (budget.Date, error) {
	zone, err := v.ws.Location()
	return budget.DateOf(v.crm.Now().In(zone)), err
}

// typedID reads the id of a record that a field lets choose; the zero one for none.
func typedID[R crm.Record](v *visit, f *form, name string) crm.ID[R] {
	text := strings.TrimSpace(f.Get(name))
	if text == "" {
		return crm.ID[R]{}
	}
	id, err := crm.ParseID[R](text)
	if err != nil {
		f.wrong(name, v.say("is not in the list; choose another one"))
	}
	return id
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

// version reads the version of the record that a form was made of. Version 0, of a form without one, is that of no record.
func (v *visit) version() int64 {
	n, _ := strconv.ParseInt(v.PostForm.Get("version"), 10, 64)
	return n
}

// dayOf is the day of a time in a zone.
func dayOf(t time.Time, zone *time.Location) budget.Date { return budget.DateOf(t.In(zone)) }
