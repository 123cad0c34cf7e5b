package sidebyside_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/getklar/influencercrm/crm"
)

const (
	cooperationName = 640 // characters; the longest text that databases index

	fourBytes = "𐍈" // in UTF-8
	unfolds   = "ﷺ" // to eighteen characters
)

// Every text of every record comes back at its longest, however many bytes its characters take and
// however many more they become when they are folded, and is found again; with one character more it
// is refused.
func TestLongestTexts(t *testing.T) {
	t.Parallel()
	for name, store := range stores(t) {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for field := range openShop(t, store).textFields() {
				s := openShop(t, store) // of its own, so that no list reads the long texts of the other fields
				f := s.textFields()[field]
				n := f.most - utf8.RuneCountInString(f.before+f.after)
				s.checkLongest(f, fourBytes, n)
				switch {
				case f.folded:
					n /= 18
				case f.most <= cooperationName && !f.verbatim:
					n = 4 * f.most / len(crm.Fold(unfolds))
				}
				s.checkLongest(f, unfolds, n)
				s.checkPagesByName()
			}
		})
	}
}

// longest is a text of n characters. Those of four bytes differ, so that no database makes it shorter.
func longest(fill string, n int) string {
	if fill != fourBytes {
		return strings.Repeat(fill, n)
	}
	random := rand.New(rand.NewPCG(uint64(n), 1))
	var b strings.Builder
	for range n {
		b.WriteRune(rune(0x20000 + random.IntN(0xA000))) // Chinese characters
	}
	return b.String()
}

// checkLongest fills a field with n characters, and once more with one too many.
func (s *shop) checkLongest(f textField, fill string, n int) {
	s.Helper()
	text := f.before + longest(fill, n) + f.after
	s.update(func(ctx context.Context, w *crm.Work) error {
		kept, found, err := f.save(ctx, w, text)
		if err != nil {
			return fmt.Errorf("%s: %w", f.name, err)
		}
		if kept != text && kept != crm.Fold(text) {
			s.Errorf("%s of %d characters came back as %q", f.name, n, crm.Shorten(kept))
		}
		if !found {
			s.Errorf("%s of %d characters is not found", f.name, n)
		}
		return nil
	})
	err := s.crm.Update(s.ctx, s.ws, func(ctx context.Context, w *crm.Work) error {
		_, _, err := f.save(ctx, w, f.before+strings.Repeat(fill, n+1)+f.after)
		return err
	})
	wantRefusal(s, err, f.name, "")
}

// checkPagesByName turns the pages of lists whose tokens hold the longest names.
func (s *shop) checkPagesByName() {
	s.Helper()
	s.view(func(ctx context.Context, r crm.Reader) error {
		n, err := r.Cooperations().Count(ctx, crm.CooperationFilter{})
		for _, desc := range []bool{false, true} {
			if err != nil {
				return err
			}
			var read []crm.Page[crm.Cooperation]
			read, err = pages(ctx, r.Cooperations(), crm.CooperationFilter{}, crm.ListOptions{Size: 1, Sort: crm.SortName, Desc: desc})
			if len(read) != max(n, 1) { // no cooperation is one page, too
				s.Errorf("%d pages of one cooperation each, want %d", len(read), n)
			}
		}
		return err
	})
}
