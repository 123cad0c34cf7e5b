package storagetest_test

import (
	"os"
	"os/exec"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/getklar/influencercrm/storage/memory"
	"github.com/getklar/influencercrm/storage/storagetest"
)

type backend = storagetest.Backend

// bug is a store with one thing wrong, and the subtest that is meant for it.
type bug struct {
	name     string
	category storagetest.Category
	subtest  string
	spoil    func(backend) backend
	options  *storagetest.Options
}

// bugEnv names the bug that a child process runs the suite on.
const bugEnv = "STORAGETEST_BUG"

// TestBrokenStore runs the suite on the store that the environment names; TestBugs calls it in a
// process of its own, because a failing subtest fails the whole process.
func TestBrokenStore(t *testing.T) {
	for _, b := range slices.Concat(bugs(), mistakes()) {
		if b.name == os.Getenv(bugEnv) {
			storagetest.Run(t, func(*testing.T) backend { return b.spoil(memory.New(nil)) }, b.options)
		}
	}
}

// TestBugs proves that each bug is found by the subtest meant for it.
func TestBugs(t *testing.T) {
	for _, b := range bugs() {
		t.Run(b.name, func(t *testing.T) {
			t.Parallel()
			path := []string{"TestBrokenStore", string(b.category), b.subtest}
			var pattern []string
			for _, part := range path {
				pattern = append(pattern, "^"+regexp.QuoteMeta(part)+"$")
			}
			out, err := runOn(t, b, strings.Join(pattern, "/"))
			if err == nil {
				t.Fatalf("the suite found nothing wrong\n%s", out)
			}
			failed := "--- FAIL: " + strings.ReplaceAll(strings.Join(path, "/"), " ", "_") + " ("
			if !strings.Contains(out, failed) {
				t.Fatalf("another test than %q failed: %v\n%s", path, err, out)
			}
			if strings.Contains(out, "\npanic: ") {
				t.Fatalf("the subtest panicked\n%s", out)
			}
		})
	}
}

// runOn runs subtests on a broken store in a process of its own.
func runOn(t *testing.T, b bug, pattern string) (out string, err error) {
	child := exec.CommandContext(t.Context(), os.Args[0], "-test.run="+pattern, "-test.timeout=60s", "-test.short")
	child.Env = append(os.Environ(), bugEnv+"="+b.name)
	all, err := child.CombinedOutput()
	return string(all), err
}

// TestGoodStore proves that what spoils the stores is the bugs and not the means to plant them.
func TestGoodStore(t *testing.T) {
	storagetest.Run(t, func(*testing.T) backend { return hooked{backend: memory.New(nil)} }, &storagetest.Options{
		// The same store stands for the reopened one.
		Reopen: func(_ *testing.T, store backend) backend { return store },
	})
}

// TestExample proves the backend of the example.
func TestExample(t *testing.T) {
	t.Parallel()
	storagetest.Run(t, openCounted, nil)
}

// TestOptions proves that a skip must name a category and give a reason.
func TestOptions(t *testing.T) {
	for _, b := range mistakes() {
		if out, err := runOn(t, b, "^TestBrokenStore$"); err == nil || !strings.Contains(out, b.subtest) {
			t.Errorf("%s: %v\n%s", b.name, err, out)
		}
	}
}
