package sqlite_test

import (
	"encoding/json"
	"os"
	"os/exec"
	"regexp"
	"testing"
)

// modernc.org/sqlite is C translated to Go against one version of modernc.org/libc, and asks to be built with exactly
// that one. Another dependency that requires a newer libc changes it without a word, as goose 3.30.1 does; the
// exclude line in go.mod takes that requirement out. The versions are those that go list selects for a build: Go
// puts no modules into the build information of a test.
func TestLibcIsTheOneOfSQLite(t *testing.T) {
	t.Parallel()
	type module struct {
		Version, GoMod string
		Replace        *module
	}
	selected := func(path string) module {
		t.Helper()
		out, err := exec.Command("go", "list", "-m", "-json", path).Output()
		if err != nil {
			t.Fatalf("go list: %v", err)
		}
		var m module
		if err := json.Unmarshal(out, &m); err != nil {
			t.Fatal(err)
		}
		if m.Replace != nil {
			return *m.Replace
		}
		return m
	}
	sqlite, libc := selected("modernc.org/sqlite"), selected("modernc.org/libc")
	requirements, err := os.ReadFile(sqlite.GoMod)
	if err != nil {
		t.Fatal(err)
	}
	asked := regexp.MustCompile(`(?m)^\s*(?:require\s+)?modernc\.org/libc (v\S+)`).FindSubmatch(requirements)
	if asked == nil {
		t.Fatalf("sqlite %s names no libc", sqlite.Version)
	}
	if string(asked[1]) != libc.Version {
		t.Errorf("built with libc %s, but sqlite %s asks for exactly %s; exclude the other version in go.mod",
			libc.Version, sqlite.Version, asked[1])
	}
}
