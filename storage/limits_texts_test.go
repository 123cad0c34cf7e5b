package storage_test

import (
	"context"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/getklar/influencercrm/crm"
)

const (
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
			s := openShop(t, store)
			for _, f := range s.textFields() {
				s.checkLongest(f, fourBytes, 1)
				if f.folded {
					s.checkLongest(f, unfolds, 18)
				} else {
					s.checkLongest(f, unfolds, 1)
				}
			}
			s.checkPagesByName()
		})
	}
}

// checkLongest fills a field with a character that counts as some.
func (s *shop) checkLongest(f textField, fill string, counts int) {
	s.Helper()
	n := (f.most - utf8.RuneCountInString(f.before+f.after)) / counts
	text := f.before + strings.Repeat(fill, n) + f.after
	s.update(func(ctx context.Context, w *crm.Work) error {
		kept, found, err := f.save(ctx, w, text)
		if err != nil {
			return err
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
			if len(read) != n {
				s.Errorf("%d pages of one cooperation each, want %d", len(read), n)
			}
		}
		return err
	})
}
