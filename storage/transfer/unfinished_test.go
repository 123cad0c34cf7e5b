package transfer_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"

	"golang.org/x/text/language"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/storage/transfer"
)

// What a Service is asked to write into a half is refused, so that nothing is taken and then lost with it; the copy goes on
// where it was.
func TestNobodyWritesIntoAHalf(t *testing.T) {
	t.Parallel()
	for to, open := range engines(t) {
		t.Run(to, func(t *testing.T) {
			t.Parallel()
			ctx, source, copied := t.Context(), inMemory(t), open(t)
			fill(t, source)
			want := contentsOf(t, source)
			o := &transfer.Options{EntriesPerUnit: 11}
			if _, err := transfer.Copy(ctx, source, &faulty{Store: copied, units: 6}, shopID, o); !errors.Is(err, errFault) {
				t.Fatalf("error %v, want that of the store", err)
			}
			half := contentsOf(t, copied)
			service := crm.New(copied, options())
			for call, do := range map[string]func() error{
				"create": func() error {
					_, err := service.CreateMember(ctx, shopID, crm.Member{Name: "Late"})
					return err
				},
				"archive": func() error {
					_, err := service.Archive(ctx, shopID, half.Members[0].At(), "")
					return err
				},
				"update of the workspace": func() error {
					w := half.Workspace
					w.Name, w.Currency, w.TimeZone = "Mine", "EUR", "UTC"
					_, err := service.UpdateWorkspace(ctx, shopID, w, "")
					return err
				},
				"unit": func() error {
					return service.Update(ctx, shopID, func(context.Context, *crm.Work) error { return nil })
				},
			} {
				err := do()
				if !isField(err, crm.ErrReadOnly, "name") || crm.Code(err) != "unfinished_copy" {
					t.Errorf("%s: error %v", call, err)
				}
				if german := crm.Explain(err, language.German); !strings.Contains(german, "unfertige Kopie") {
					t.Errorf("%s: in German %q", call, german)
				}
			}
			wantSame(t, half, contentsOf(t, copied))
			result, err := transfer.Copy(ctx, source, copied, shopID, o)
			if err != nil || result.Restarted || result.Resumed == 0 {
				t.Fatalf("%+v and error %v, want one that went on", result, err)
			}
			wantSame(t, want, contentsOf(t, copied))
			if _, err := service.CreateMember(ctx, shopID, crm.Member{Name: "Late"}); err != nil {
				t.Errorf("into the whole copy: %v", err)
			}
		})
	}
}

func TestNilIsAMistakeOfTheProgram(t *testing.T) {
	t.Parallel()
	ctx, store := t.Context(), inMemory(t)
	for n, test := range []struct {
		call string
		with func()
	}{
		{"Copy", func() { _, _ = transfer.Copy(ctx, nil, store, shopID, nil) }},
		{"Copy", func() { _, _ = transfer.Copy(ctx, store, nil, shopID, nil) }},
		{"Summarize", func() { _, _ = transfer.Summarize(ctx, nil, shopID, nil) }},
		{"Export", func() { _, _ = transfer.Export(ctx, nil, shopID, io.Discard, nil) }},
		{"Export", func() { _, _ = transfer.Export(ctx, store, shopID, nil, nil) }},
		{"Import", func() { _, _ = transfer.Import(ctx, nil, &bytes.Buffer{}, nil) }},
		{"Import", func() { _, _ = transfer.Import(ctx, store, nil, nil) }},
		{"Check", func() { _, _ = transfer.Check(nil) }},
	} {
		func() {
			defer func() {
				if said := fmt.Sprint(recover()); !strings.HasPrefix(said, "transfer: "+test.call+" needs ") {
					t.Errorf("%d, %s: panicked with %q", n, test.call, said)
				}
			}()
			test.with()
		}()
	}
}
