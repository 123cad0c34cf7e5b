package transfer_test

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"reflect"
	"strings"
	"testing"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/storage/memory"
	"github.com/getklar/influencercrm/storage/transfer"
)

// FuzzImport: no file makes Import panic or leaves a part of a workspace behind. What Import takes is exported as a file
// that has the same again. The digest is made right, because a fuzzer cannot guess it.
func FuzzImport(f *testing.F) {
	source := inMemory(f)
	fill(f, source)
	file := string(exported(f, source))
	lines := strings.SplitAfter(file, "\n")
	f.Add(file, true)
	f.Add(strings.Join(lines[:5], "")+lines[len(lines)-2], true)
	f.Add(strings.Join(lines[:5], ""), false)
	for _, old := range []string{`"seq":2`, `"member"`, `"plan"`, `"version":1`, `"unit":"`, `"amount":"0.00"`, `"data":"`, `:null`} {
		f.Add(strings.Replace(file, old, `"x":1`, 1), true)
	}
	f.Fuzz(func(t *testing.T, file string, digest bool) {
		if digest {
			file = rightDigest(file)
		}
		store := memory.New(nil)
		result, err := transfer.Import(t.Context(), store, strings.NewReader(file), nil)
		if err != nil {
			if !errors.Is(err, crm.ErrInvalid) && !errors.Is(err, crm.ErrAlreadyExists) {
				t.Fatalf("error %v of a family that no file has", err)
			}
			page, listed := store.Workspaces(t.Context(), crm.ListOptions{})
			if listed != nil {
				t.Fatal(listed)
			}
			for _, w := range page.Items {
				if !transfer.Unfinished(w) {
					t.Errorf("a part is left as %+v, after error %v", w, err)
				}
			}
			return
		}
		var again bytes.Buffer
		summary, err := transfer.Export(t.Context(), store, result.Workspace, &again, nil)
		if err != nil {
			t.Fatalf("what was imported is not exported: %v", err)
		}
		other := memory.New(nil)
		if second, err := transfer.Import(t.Context(), other, &again, nil); err != nil || !reflect.DeepEqual(second.Summary, summary) {
			t.Errorf("the second import has %+v and error %v, the first %+v", second, err, summary)
		}
	})
}

// rightDigest gives a file the digest of its lines, if it has a last line with one.
func rightDigest(file string) string {
	start := strings.Index(file, "\n") + 1
	end := strings.LastIndex(file, `{"end":`)
	at := strings.LastIndex(file, `"sha256":"`) + len(`"sha256":"`)
	if start > end || at < end || at+64 > len(file) {
		return file
	}
	return file[:at] + fmt.Sprintf("%x", sha256.Sum256([]byte(file[start:end]))) + file[at+64:]
}
