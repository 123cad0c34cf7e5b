package crm

import (
	"regexp"
	"strings"

	"github.com/nyaruka/phonenumbers"
)

var (
	// phoneText is what phone numbers are written with. The library that reads them also takes letters for digits, as on
	// American keypads, so that a name or a remark behind a number would become a part of it.
	phoneText = regexp.MustCompile(`^\+?[0-9\s()./\p{Pd}\x{a0}]+$`)
	// secondPhone is a slash before a few digits: "0170 1234567 / 8" is two numbers, "0170/1234567" is one.
	secondPhone = regexp.MustCompile(`/\s*[0-9]{0,3}\s*$`)
	// computedPhone is a number that was a number of a spreadsheet or of a program.
	computedPhone = regexp.MustCompile(`^([0-9]{7,15})\.0$`)
)

// parsePhone reads a phone number of a country, or with a country code if country is "".
func parsePhone(typed, country string) (*phonenumbers.PhoneNumber, bool) {
	if !phoneText.MatchString(typed) || secondPhone.MatchString(typed) || strings.Count(typed, "/") > 1 {
		return nil, false
	}
	n, err := phonenumbers.Parse(typed, country)
	return n, err == nil && phonenumbers.IsPossibleNumber(n)
}

// InternationalPhone reads a phone number without a country code as one of the workspace's country, "0170 1234567" as
// "+49 170 1234567", and one that lost the plus of its country code, as spreadsheets do, with it: "49 170 1234567". ok is
// false for a number that has a country code, and for one that the country does not have.
func (w Workspace) InternationalPhone(typed string) (international string, ok bool) {
	country, digits := w.Country(), strings.TrimSpace(typed)
	if country == "" || strings.HasPrefix(digits, "+") || strings.HasPrefix(digits, "00") {
		return "", false
	}
	if m := computedPhone.FindStringSubmatch(digits); m != nil {
		digits = m[1]
	}
	for _, text := range []string{"+" + digits, digits} { // what is valid with the plus is hardly ever a number at home
		n, ok := parsePhone(text, country)
		if ok && phonenumbers.IsValidNumberForRegion(n, country) {
			return phonenumbers.Format(n, phonenumbers.INTERNATIONAL), true
		}
	}
	return "", false
}
