package discount_test

import (
	"errors"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/getklar/influencercrm/discount"
)

func FuzzNormalize(f *testing.F) {
	for _, seed := range []string{
		"", "PAM10", " pam-10\n", "ＰＡＭ", "MU\u200d\u0308LLER", "ẞﬁ", "´x", "PAM\xff", "가\u11a8",
		"a" + strings.Repeat("\u0301\u0323", 40), "\u0345\u0345", "İ\u0301",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, code string) {
		key := discount.Normalize(code)
		if !utf8.ValidString(key) {
			t.Errorf("Normalize(%+q) = %+q is not UTF-8", code, key)
		}
		if strings.TrimSpace(key) != key {
			t.Errorf("Normalize(%+q) = %+q is not trimmed", code, key)
		}
		if again := discount.Normalize(key); again != key {
			t.Errorf("Normalize(%+q) = %+q, and of that %+q", code, key, again)
		}
		if err := discount.ValidateCode(code); err == nil && (key == "" || utf8.RuneCountInString(key) > discount.MaxCodeLen) {
			t.Errorf("ValidateCode accepts %+q of the normal form %+q", code, key)
		}
	})
}

func FuzzParseRule(f *testing.F) {
	for _, seed := range []string{
		"", "CR9", "PAM*", "*10", "*PAM*", "*", "code equals CR9", "starts_with PAM", "ends with 10", "equals contains x",
		`"a b"`, `equals "\u00e9 "`, `"`, "code CR9", "contains [style name]", "starts with starts with", "P*M",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		r, err := discount.ParseRule(text)
		if err != nil {
			if !errors.Is(err, discount.ErrInvalid) {
				t.Errorf("ParseRule(%q): %v does not match ErrInvalid", text, err)
			}
			return
		}
		if err := r.Validate(); err != nil {
			t.Errorf("ParseRule(%q) = %v is not valid: %v", text, r, err)
		}
		again, err := discount.ParseRule(r.String())
		if err != nil || !again.Equal(r) {
			t.Errorf("ParseRule(%q) = %#v, read back as %#v, %v", text, r, again, err)
		}
	})
}

func FuzzCompare(f *testing.F) {
	for _, seed := range [][2]string{
		{"EMMA", "MAX"}, {"CR9", "cr9"}, {"EM", "EMMA10"}, {"a b", "b a"}, {"e", "\u0301x"}, {"\u1100", "\u1161"},
		{"STRASSE", "ße"}, {"´", "´"}, {"[a", "b]"}, {strings.Repeat("a", 40), strings.Repeat("b", 40)},
	} {
		for i := range uint8(16) {
			f.Add(i, seed[0], seed[1])
		}
	}
	f.Fuzz(func(t *testing.T, matches uint8, a, b string) {
		all := discount.Matches()
		if problem := conflictProblem(rule(all[matches%4], a), rule(all[matches/4%4], b)); problem != "" {
			t.Error(problem)
		}
	})
}
