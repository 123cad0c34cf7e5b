package utm_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/getklar/influencercrm/utm"
)

func TestValidate(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name string
		p    utm.Params
		want []string
	}{
		{"nothing set", utm.Params{}, nil},
		{"empty", set("", "", "", "", ""), nil},
		{"odd but fine", set("a&b=c?d/é", "100%", "夏 😀", "%23", strings.Repeat("ä", utm.MaxValueLen)), nil},
		{"hash", set("insta#gram", "-", "-", "-", "-"), []string{`utm_source "insta#gram": a # cuts off the rest of the link; leave it out`}},
		{"placeholder", set("-", "-", "x-{campaign}", "-", "-"),
			[]string{`utm_campaign "x-{campaign}": the placeholder {campaign} was not filled in; write the value itself`}},
		{"brace", set("-", "-", "-", "a{b", "a}b"), []string{
			`utm_term "a{b": the brace { stands alone; leave it out`,
			`utm_content "a}b": the brace } stands alone; leave it out`,
		}},
		{"control character", set("-", "a\nb", "-", "-", "-"), []string{
			`utm_medium "a\nb": the control character U+000A (a line break, a tab or the like) cannot be part of a value; leave it out`,
		}},
		{"not UTF-8", set("-", "-", "-", "m\xe4dchen", "-"), []string{`utm_term "m\xe4dchen": the text is damaged (not UTF-8); type it again`}},
		{"too long", set(strings.Repeat("ä", 256), "-", "-", "-", "-"), []string{
			`utm_source "` + strings.Repeat("ä", 60) + `…": 256 characters are too many; use at most 255`,
		}},
		{"everything at once", set("#\t{x}", "ok", "-", "-", "#"), []string{
			`utm_source "#\t{x}": the control character U+0009 (a line break, a tab or the like) cannot be part of a value; leave it out`,
			`utm_source "#\t{x}": a # cuts off the rest of the link; leave it out`,
			`utm_source "#\t{x}": the placeholder {x} was not filled in; write the value itself`,
			`utm_content "#": a # cuts off the rest of the link; leave it out`,
		}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			err := tt.p.Validate()
			var got []string
			if err != nil {
				got = strings.Split(err.Error(), "\n")
				if !errors.Is(err, utm.ErrInvalid) {
					t.Error("not an ErrInvalid")
				}
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestFieldErrorHoldsTheWholeValue(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("x", 300)
	var fieldErr *utm.FieldError
	if err := set("-", "-", long, "-", "-").Validate(); !errors.As(err, &fieldErr) {
		t.Fatalf("got %v", err)
	}
	if fieldErr.Field != utm.Campaign || fieldErr.Value != long {
		t.Errorf("got %+v", fieldErr)
	}
}

func TestValidSetsAreTemplatesThatExpandToThemselves(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		p := anyParams().Draw(t, "p")
		if err := p.Validate(); err != nil {
			t.Fatal(err)
		}
		template, err := utm.ParseTemplate(p)
		if err != nil {
			t.Fatal(err)
		}
		if got, pending := template.Expand(utm.Vars{}); got != p || pending != nil {
			t.Fatalf("got %+v, pending %v", got, pending)
		}
	})
}
