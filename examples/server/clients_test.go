package main

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// nodeModules is where programs from the npm registry are looked for. The command that installs them is in .ci/run.
const nodeModules = "../../.ci/tools/node"

// node is the folder of programs from the npm registry. Without it the test is skipped, or fails if CRM_TEST_REQUIRE has node.
func node(t *testing.T) string {
	t.Helper()
	folder, err := filepath.Abs(nodeModules)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(filepath.Join(folder, "node_modules", "@modelcontextprotocol", "sdk")); err != nil {
		if strings.Contains(os.Getenv("CRM_TEST_REQUIRE"), "node") {
			t.Fatal(err)
		}
		t.Skipf("%s has no programs; .ci/run installs them", nodeModules)
	}
	return folder
}

// serving starts the program and returns its address, without a slash at the end. It ends with the test.
func serving(t *testing.T, file string) string {
	t.Helper()
	ctx, stop := context.WithCancel(t.Context())
	said, ended := make(writes, 9), make(chan error, 1)
	go func() {
		ended <- run(ctx, []string{"-addr", "127.0.0.1:0", "-db", file}, os.LookupEnv, nil, said, io.Discard)
	}()
	t.Cleanup(func() {
		stop()
		if err := <-ended; err != nil {
			t.Error(err)
		}
	})
	select {
	case line := <-said:
		return strings.TrimSuffix(strings.TrimSpace(strings.TrimPrefix(line, "The CRM is at ")), "/")
	case err := <-ended:
		ended <- err
		t.Fatal(err)
		return ""
	}
}

// compiler are the settings of TypeScript's compiler.
const compiler = `{"compilerOptions": {"strict": true, "skipLibCheck": true, "target": "es2022", "module": "es2022",
	"moduleResolution": "bundler", "types": [], "lib": ["es2022", "dom"]}, "files": ["job.ts", "process.d.ts"]}
`

// command runs a program and returns what it prints.
func command(t *testing.T, folder, name string, args ...string) []byte {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), name, args...)
	cmd.Dir = folder
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("%s %v: %v\n%s", name, args, err, out)
	}
	return out
}

// The document has no error for Spectral's default rules, and a client that is generated from it does the main job.
func TestGeneratedClient(t *testing.T) {
	t.Parallel()
	modules, folder := filepath.Join(node(t), "node_modules"), t.TempDir()
	base := serving(t, filepath.Join(folder, "crm.db"))
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, base+"/openapi.json", nil)
	if err != nil {
		t.Fatal(err)
	}
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	doc, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	job, err := os.ReadFile("testdata/job.ts")
	if err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string][]byte{
		"openapi.json": doc, "job.ts": job, ".spectral.yaml": []byte("extends: [\"spectral:oas\"]\n"),
		"package.json": []byte("{\"type\": \"module\"}\n"), "tsconfig.json": []byte(compiler),
		"process.d.ts": []byte("declare const process: { argv: string[]; exit(code: number): never };\n"),
	} {
		if err := os.WriteFile(filepath.Join(folder, name), text, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Symlink(modules, filepath.Join(folder, "node_modules")); err != nil {
		t.Fatal(err)
	}
	bin := func(name string) string { return filepath.Join(modules, ".bin", name) }
	if out := string(command(t, folder, bin("spectral"), "lint", "--fail-severity=error",
		"openapi.json")); !strings.Contains(out, "0 errors") &&
		!strings.Contains(out, "No results") {
		t.Errorf("Spectral says %s", out)
	}
	command(t, folder, bin("openapi-typescript"), "openapi.json", "-o", "api.d.ts")
	command(t, folder, bin("tsc"), "-p", ".")
	var got map[string]any
	if err := json.Unmarshal(command(t, folder, "node", "job.js", base), &got); err != nil {
		t.Fatal(err)
	}
	want := map[string]any{
		"code": "PAM10", "status": "signed", "stale": 412.0, "listed": 1.0,
		"signed": map[string]any{"amount": "1200.50", "currency": "EUR"}, "left": map[string]any{"amount": "3799.50", "currency": "EUR"},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
