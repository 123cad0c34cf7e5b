package transfer_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"reflect"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/google/go-cmp/cmp"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/storage/memory"
	"github.com/getklar/influencercrm/storage/soundness"
	"github.com/getklar/influencercrm/storage/transfer"
)

// exported is the file of a workspace.
func exported(t testing.TB, store crm.Store) []byte {
	t.Helper()
	var file bytes.Buffer
	if _, err := transfer.Export(t.Context(), store, shopID, &file, nil); err != nil {
		t.Fatal(err)
	}
	return file.Bytes()
}

// What was exported comes back as it was, into any store, and its file is the same again.
func TestExportAndImport(t *testing.T) {
	t.Parallel()
	for name, open := range engines(t) {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			ctx, source, restored := t.Context(), open(t), open(t)
			fill(t, source)
			if name == "memory" {
				odd(t, source)
			}
			var file bytes.Buffer
			summary, err := transfer.Export(ctx, source, shopID, &file, nil)
			if err != nil {
				t.Fatal(err)
			}
			checked, err := transfer.Check(bytes.NewReader(file.Bytes()))
			if err != nil || checked.SHA256 != summary.SHA256 || checked.Counts != summary.Counts {
				t.Errorf("check of the file: %+v and error %v, want %+v", checked, err, summary)
			}
			result, err := transfer.Import(ctx, restored, bytes.NewReader(file.Bytes()), &transfer.Options{EntriesPerUnit: 9})
			if err != nil {
				t.Fatal(err)
			}
			if result.SHA256 != summary.SHA256 || result.Counts != summary.Counts || result.Resumed != 0 || result.Restarted {
				t.Errorf("result %+v, want %+v", result, summary)
			}
			wantSame(t, contentsOf(t, source), contentsOf(t, restored))
			if !bytes.Equal(exported(t, restored), file.Bytes()) {
				t.Error("the restored workspace has another file")
			}
			if name != "memory" {
				if err := restored.View(ctx, shopID, soundness.Check); err != nil {
					t.Errorf("the restored workspace contradicts itself: %v", err)
				}
			}
			_, err = transfer.Import(ctx, restored, bytes.NewReader(file.Bytes()), nil)
			if !isField(err, crm.ErrAlreadyExists, "id") {
				t.Errorf("a second import: error %v", err)
			}
		})
	}
}

// The format does not change unseen: files of former versions must be read for ever.
func TestFormat(t *testing.T) {
	t.Parallel()
	const path = "testdata/workspace.jsonl"
	want, err := os.ReadFile(path)
	if err != nil && os.Getenv("UPDATE_GOLDEN") == "" {
		t.Fatal(err)
	}
	store := inMemory(t)
	if os.Getenv("UPDATE_GOLDEN") != "" {
		fill(t, store)
		want = exported(t, store)
		if err := os.WriteFile(path, want, 0o600); err != nil {
			t.Fatal(err)
		}
		store = inMemory(t)
	}
	if _, err := transfer.Import(t.Context(), store, bytes.NewReader(want), nil); err != nil {
		t.Fatal(err)
	}
	before, now := strings.Split(string(want), "\n"), strings.Split(string(exported(t, store)), "\n")
	if len(now) != len(before) {
		t.Fatalf("there are %d lines, before there were %d", len(now), len(before))
	}
	for n := range before[:len(before)-2] { // but for the end, whose digest is that of the lines
		var old, new any
		if err := errors.Join(json.Unmarshal([]byte(before[n]), &old), json.Unmarshal([]byte(now[n]), &new)); err != nil {
			t.Fatal(err)
		}
		if !holds(new, old) {
			t.Errorf("line %d does not say any more what it said (-before +now):\n%s", n+1, cmp.Diff(old, new))
		}
	}
}

// holds reports whether JSON has everything that another has; objects may have more.
func holds(v, want any) bool {
	object, ok := want.(map[string]any)
	if !ok {
		return reflect.DeepEqual(v, want)
	}
	with, _ := v.(map[string]any)
	for name, value := range object {
		if !holds(with[name], value) {
			return false
		}
	}
	return true
}

// resum gives a file whose lines were edited the digest of its lines.
func resum(lines []string) string {
	sum := sha256.New()
	for _, line := range lines[1 : len(lines)-2] {
		io.WriteString(sum, line)
	}
	last := lines[len(lines)-2]
	at := strings.Index(last, `"sha256":"`) + len(`"sha256":"`)
	return strings.Join(lines[:len(lines)-2], "") + last[:at] + fmt.Sprintf("%x", sum.Sum(nil)) + last[at+64:]
}

// edit replaces the first occurrence of a text in a file, and makes the digest right.
func edit(old, new string) func(string) string {
	return func(file string) string { return resum(strings.SplitAfter(strings.Replace(file, old, new, 1), "\n")) }
}

// What is wrong with a file is an error of its line, and nothing is left of it in the store.
func TestImportRefuses(t *testing.T) {
	t.Parallel()
	source := inMemory(t)
	fill(t, source)
	file := string(exported(t, source))
	lines := strings.SplitAfter(file, "\n")
	number := func(part string) int {
		for n, line := range lines {
			if strings.Contains(line, part) {
				return n
			}
		}
		t.Fatalf("no line has %q", part)
		return 0
	}
	without := func(n int) string { return strings.Join(append(append([]string{}, lines[:n]...), lines[n+1:]...), "") }
	twice := func(n int) string { return strings.Join(append(append([]string{}, lines[:n+1]...), lines[n:]...), "") }
	member, deal, change := number(`{"member":`), number(`{"cooperation":`), number(`{"change":`)
	run, plan := number(`"plan_length"`), number(`{"plan":`)
	last := len(lines) - 2
	for _, test := range []struct {
		name, file string
		line       int // from 1
		want       string
	}{
		{"empty", "", 1, "is empty"},
		{"another file", "name,handle\nPam,pam\n", 1, "is not the first line of an exported workspace"},
		{"other JSON", `{"workspaces":[]}` + "\n", 1, "is not the first line of an exported workspace"},
		{"compressed", "\x1f\x8b\x08\x00\x00", 1, "compress/gzip"},
		{"a newer format", strings.Replace(file, `"influencercrm_workspace":1`, `"influencercrm_workspace":2,"new":{}`, 1), 1, "format 2"},
		{"a header with something unknown", strings.Replace(file, `"head":`, `"more":1,"head":`, 1), 1, "more"},
		{"the log of another workspace", strings.Replace(file, `"head":{"workspace":"01`, `"head":{"workspace":"02`, 1), 1, "its log of"},
		{"only the header", lines[0], 1, "cut off"},
		{"no workspace", without(1), 2, "the second line of a file is its workspace"},
		{"another workspace", edit(`{"workspace":{"id":"01`, `{"workspace":{"id":"02`)(file), 2, "that of the first line"},
		{"cut off after a line", strings.Join(lines[:deal], ""), deal, "cut off"},
		{"cut off within a line", strings.Join(lines[:deal], "") + lines[deal][:40], deal + 1, "cut off"},
		{"no end", strings.Join(lines[:last], ""), last, "cut off"},
		{"no JSON", strings.Replace(file, `{"member":`, `{"member";`, 1), member + 1, "cannot be read"},
		{"two values", strings.Replace(file, lines[member], strings.TrimSpace(lines[member])+"{}\n", 1), member + 1, "something follows"},
		{"an unknown kind", edit(`{"member":`, `{"contract":`)(file), member + 1, "contract"},
		{"an unknown field", edit(`"name":"Mira"`, `"name":"Mira","shoe_size":38`)(file), member + 1, "shoe_size"},
		{"no kind", edit(lines[member], "{}\n")(file), member + 1, "has 0 of the fields"},
		{"two kinds", edit(lines[member], strings.Replace(lines[member], "}\n", `,"plan":"x"}`+"\n", 1))(file),
			member + 1, "has 2 of the fields"},
		{"a bad id", edit(`{"member":{"id":"`, `{"member":{"id":"x`)(file), member + 1, "cannot be read"},
		{"no id", edit(lines[member], `{"member":{"id":"","version":1,"name":"x"}}`+"\n")(file), member + 1, "has no id"},
		{"a damaged text", strings.Replace(file, `"name":"Mira"`, `"name":"Mora"`, 1), last + 1, "SHA-256"},
		{"a damaged digest", strings.Replace(file, `"sha256":"`, `"sha256":"x`, 1), last + 1, "SHA-256"},
		{"a line is missing", without(member), last, "lines are missing"},
		{"a change is missing", without(change), change + 1, "change 1 was expected"},
		{"a line is there twice", twice(member), member + 2, "does not come after"},
		{"a line is in another place", without(member)[:len(without(member))-len(lines[last])] + lines[member] +
			lines[last], last, "comes after one of kind change"},
		{"a second workspace", twice(1), 3, "second workspace"},
		{"another file follows", file + file, last + 2, "something follows the end"},
		{"counts", strings.Replace(file, `"members":`, `"members":1`, 1), last + 1, "its first line says"},
		{"the end of the log", strings.Replace(file, `"seq":`, `"seq":1`, 1), last + 1, "the log ends with change"},
		{"a plan without its run", edit(lines[run], "")(file), run + 1, "follows no import run"},
		{"a plan that is missing", edit(lines[plan], "")(file), plan + 1, "lines are missing or damaged"},
		{"a plan that is too long", edit(`{"plan":"`, `{"plan":" `)(file), plan + 1, "lines are missing or damaged"},
		{"a plan of any length", edit(`"plan_length":`, `"plan_length":1234567890`)(file), run + 1, "is too long"},
		{"a plan in the run", edit(`"plan_length":`, `"plan":{},"plan_length":`)(file), run + 1, "on lines of its own"},
		{"a reference to nothing", edit(`{"member":{"id":"01`, `{"member":{"id":"00`)(file), 0, "names nothing"},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			store := memory.New(nil)
			_, err := transfer.Import(t.Context(), store, strings.NewReader(test.file), &transfer.Options{EntriesPerUnit: 3})
			if !errors.Is(err, crm.ErrInvalid) || !strings.Contains(fmt.Sprint(err), test.want) {
				t.Fatalf("error %v, want one with %q", err, test.want)
			}
			if test.line == 0 {
				return // of the store
			}
			var e *crm.Error
			if !errors.As(err, &e) || e.Field != "line" || e.Value != fmt.Sprint(test.line) {
				t.Errorf("error %v, want one of line %d", err, test.line)
			}
			heads, err := store.Heads(t.Context(), crm.WorkspaceID{}, 1)
			if err != nil || len(heads) > 0 {
				t.Errorf("%+v is left, and error %v", heads, err)
			}
			if _, err := transfer.Check(strings.NewReader(test.file)); !isField(err, crm.ErrInvalid, "line") {
				t.Errorf("Check: error %v", err)
			}
		})
	}
}

// A line that is longer than any that was written ends the reading before it fills the memory.
func TestLongLine(t *testing.T) {
	t.Parallel()
	source := inMemory(t)
	fill(t, source)
	head, rest, _ := strings.Cut(string(exported(t, source)), "\n")
	endless := io.MultiReader(strings.NewReader(head+"\n"+rest[:20]), io.LimitReader(repeated{}, 2*transfer.MaxLine))
	if _, err := transfer.Check(endless); !isField(err, crm.ErrInvalid, "line") || !strings.Contains(err.Error(), "longer than") {
		t.Errorf("error %v", err)
	}
}

type repeated struct{}

func (repeated) Read(p []byte) (int, error) {
	for n := range p {
		p[n] = 'x'
	}
	return len(p), nil
}

// An import that was stopped goes on with the same file; what was written from another one is thrown away.
func TestImportGoesOn(t *testing.T) {
	t.Parallel()
	ctx, source := t.Context(), inMemory(t)
	fill(t, source)
	err := source.Update(ctx, shopID, func(ctx context.Context, tx crm.Tx) error {
		for n := range 300 {
			if err := tx.Insert(ctx, crm.Member{ID: crm.MemberID{0: 9, 14: byte(n >> 8), 15: byte(n)}, Version: 1, Name: "Clone"}); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	file, o := exported(t, source), &transfer.Options{EntriesPerUnit: 11}
	want := contentsOf(t, source)
	errRead := errors.New("the disk is gone")
	broken := func(share int) io.Reader {
		return io.MultiReader(bytes.NewReader(file[:len(file)*share/10]), iotest.ErrReader(errRead))
	}
	t.Run("after a failed read", func(t *testing.T) {
		t.Parallel()
		store := inFile(t)
		for share := 1; share < 10; share += 2 {
			if _, err := transfer.Import(ctx, store, broken(share), o); !errors.Is(err, errRead) {
				t.Fatalf("error %v, want that of the reader", err)
			}
		}
		result, err := transfer.Import(ctx, store, bytes.NewReader(file), o)
		if err != nil {
			t.Fatal(err)
		}
		if result.Resumed == 0 || result.Restarted {
			t.Errorf("result %+v, want one that went on", result)
		}
		wantSame(t, want, contentsOf(t, store))
	})
	t.Run("after the store failed", func(t *testing.T) {
		t.Parallel()
		for units := range 6 {
			store := inMemory(t)
			_, err := transfer.Import(ctx, &faulty{Store: store, units: units}, bytes.NewReader(file), o)
			if !errors.Is(err, errFault) {
				t.Fatalf("after %d units: error %v", units, err)
			}
			if _, err := transfer.Copy(ctx, source, store, shopID, o); err != nil { // of the same state
				t.Fatal(err)
			}
			wantSame(t, want, contentsOf(t, store))
		}
	})
	t.Run("after a part of another file of the same log", func(t *testing.T) {
		t.Parallel()
		store := inMemory(t)
		other := []byte(edit(`"name":"Mira"`, `"name":"Mora"`)(string(file)))
		if _, err := transfer.Import(ctx, &faulty{Store: store, units: 4}, bytes.NewReader(other), o); !errors.Is(err, errFault) {
			t.Fatal(err)
		}
		if _, err := transfer.Import(ctx, store, bytes.NewReader(file), o); !isField(err, crm.ErrConflict, "member") {
			t.Errorf("error %v, want one of members that are not those of the file", err)
		}
		if _, err := transfer.Import(ctx, store, bytes.NewReader(file), o); err != nil {
			t.Fatal(err)
		}
		wantSame(t, want, contentsOf(t, store))
	})
	t.Run("after a part of a file of another state", func(t *testing.T) {
		t.Parallel()
		store := inMemory(t)
		if _, err := transfer.Import(ctx, &faulty{Store: store, units: 4}, bytes.NewReader(file), o); !errors.Is(err, errFault) {
			t.Fatal(err)
		}
		later := inMemory(t)
		if _, err := transfer.Copy(ctx, source, later, shopID, nil); err != nil {
			t.Fatal(err)
		}
		if _, err := crm.New(later, options()).CreateMember(ctx, shopID, crm.Member{Name: "Late"}); err != nil {
			t.Fatal(err)
		}
		result, err := transfer.Import(ctx, store, bytes.NewReader(exported(t, later)), o)
		if err != nil || !result.Restarted || result.Resumed > 0 {
			t.Errorf("%+v and error %v, want one that was begun anew", result, err)
		}
		wantSame(t, contentsOf(t, later), contentsOf(t, store))
	})
}

// A store that writes something else than the file has is found out, and the workspace stays unfinished.
func TestImportFindsDifferences(t *testing.T) {
	t.Parallel()
	source, restored := inMemory(t), memory.New(nil)
	fill(t, source)
	to := &faulty{Store: restored, units: 1000, spoil: func(tx crm.Tx) crm.Tx {
		return spoiledTx{Tx: tx, picture: func(p *crm.Picture) { p.Data[0]++ }}
	}}
	if _, err := transfer.Import(t.Context(), to, bytes.NewReader(exported(t, source)), nil); !isField(err, crm.ErrStorage, "picture") {
		t.Errorf("error %v, want one of pictures", err)
	}
	left, err := restored.Reader(shopID).Workspace(t.Context())
	if err != nil || !transfer.Unfinished(left) {
		t.Errorf("%+v and error %v are no unfinished copy", left, err)
	}
}

// Texts that JSON would change are refused by Export, which names the record; Copy takes them.
func TestExportRefusesWhatIsNoText(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name  string
		write func(context.Context, crm.Tx) error
		field string
	}{
		{"a record", func(ctx context.Context, tx crm.Tx) error {
			return tx.Insert(ctx, crm.Member{ID: crm.MemberID{15: 1}, Version: 1, Name: "M\xffra"})
		}, ""},
		{"an actor", func(ctx context.Context, tx crm.Tx) error {
			return tx.Append(ctx, []crm.Change{{Actor: "\xff", Record: crm.RefTo(crm.MemberID{15: 1})}})
		}, "seq"},
		{"a value in the log", func(ctx context.Context, tx crm.Tx) error {
			return tx.Append(ctx, []crm.Change{{Record: crm.RefTo(crm.MemberID{15: 1}),
				Fields: []crm.FieldChange{{Field: "name", After: []byte(" \xff")}}}})
		}, "seq"},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			ctx, source, copied := t.Context(), inMemory(t), inMemory(t)
			fill(t, source)
			if err := source.Update(ctx, shopID, test.write); err != nil {
				t.Fatal(err)
			}
			_, err := transfer.Export(ctx, source, shopID, io.Discard, nil)
			var e *crm.Error
			if !isField(err, crm.ErrInvalid, test.field) || !errors.As(err, &e) || e.Record != crm.RefTo(crm.MemberID{15: 1}) {
				t.Errorf("error %v, want one of the member", err)
			}
			if _, err := transfer.Copy(ctx, source, copied, shopID, nil); err != nil {
				t.Error(err)
			}
			wantSame(t, contentsOf(t, source), contentsOf(t, copied))
		})
	}
}

// A writer that fails ends the export with its error.
func TestExportFails(t *testing.T) {
	t.Parallel()
	source := inMemory(t)
	fill(t, source)
	for _, after := range []int{0, 1_000} {
		if _, err := transfer.Export(t.Context(), source, shopID, &full{after}, nil); !errors.Is(err, errFault) {
			t.Errorf("after %d bytes: error %v", after, err)
		}
	}
}

// full is a disk with little space left.
type full struct{ left int }

func (f *full) Write(p []byte) (int, error) {
	if f.left -= len(p); f.left < 0 {
		return 0, errFault
	}
	return len(p), nil
}
