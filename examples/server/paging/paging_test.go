package paging_test

import (
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/uuid"
	"pgregory.net/rapid"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/examples/server/paging"
)

func identity(id uuid.UUID) uuid.UUID { return id }

// All pages together are the list, each of the size that was asked for but the last.
func TestPages(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		list := make([]uuid.UUID, rapid.IntRange(0, 20).Draw(t, "length"))
		for n := range list {
			list[n] = uuid.UUID{15: byte(n + 1)}
		}
		o := paging.Options{Size: rapid.IntRange(1, 8).Draw(t, "size")}
		got := []uuid.UUID{}
		for {
			k, err := o.Keyset("numbers", 7)
			if err != nil {
				t.Fatal(err)
			}
			from := int(k.After[15])
			page := paging.PageOf(k, list[from:min(from+k.Size+1, len(list))], identity)
			if got = append(got, page.Items...); page.Next == "" {
				break
			}
			if len(page.Items) != o.Size {
				t.Fatalf("a page of %d, and there is a next one", len(page.Items))
			}
			o.Token = page.Next
		}
		if diff := cmp.Diff(list, got); diff != "" {
			t.Fatalf("(-list +pages):\n%s", diff)
		}
	})
}

// What cannot be is refused as the CRM's own lists refuse it.
func TestRefused(t *testing.T) {
	t.Parallel()
	k, err := paging.Options{Size: 1}.Keyset("numbers", "a")
	if err != nil {
		t.Fatal(err)
	}
	other := paging.PageOf(k, []uuid.UUID{{1}, {2}}, identity).Next
	for name, o := range map[string]paging.Options{
		"negative": {Size: -1}, "large": {Size: crm.MaxPageSize + 1}, "a number as token": {Token: "7"},
		"an id as token": {Token: uuid.NewString()}, "the token of another list": {Token: other}, "a damaged token": {Token: other[1:]},
	} {
		_, err := o.Keyset("numbers", "b")
		same := crm.ListOptions{Size: o.Size, Token: o.Token}.Check(crm.WorkspaceID{}, crm.KindMember, crm.MemberFilter{})
		got, ok := errors.AsType[*crm.Error](err)
		want, said := errors.AsType[*crm.Error](same)
		if !ok || !said || !errors.Is(err, crm.ErrInvalid) {
			t.Errorf("%s: %v, and of the CRM %v", name, err, same)
			continue
		}
		if diff := cmp.Diff([]string{want.Field, want.Value, want.Problem.String()}, []string{got.Field, got.Value, got.Problem.String()}); diff != "" {
			t.Errorf("%s (-CRM +this):\n%s", name, diff)
		}
	}
	if full, err := (paging.Options{}).Keyset("numbers"); err != nil || full.Size != crm.DefaultPageSize || full.After != uuid.Nil {
		t.Errorf("without parameters: %+v, %v", full, err)
	}
}

// FuzzToken: only what a page has as its next is a token, byte for byte.
func FuzzToken(f *testing.F) {
	k, err := paging.Options{Size: 1}.Keyset("numbers")
	if err != nil {
		f.Fatal(err)
	}
	f.Add(paging.PageOf(k, []uuid.UUID{{1}, {2}}, identity).Next)
	f.Add("7")
	f.Add("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")
	f.Fuzz(func(t *testing.T, token string) {
		k, err := paging.Options{Size: 1, Token: token}.Keyset("numbers")
		if err != nil || token == "" {
			return
		}
		if again := paging.PageOf(k, []uuid.UUID{k.After, k.After}, identity).Next; again != token {
			t.Errorf("%q is taken, and %q is the token", token, again)
		}
	})
}
