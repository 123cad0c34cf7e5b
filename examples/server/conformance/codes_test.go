package conformance

import (
	"flag"
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/getklar/influencercrm/crm/sentence"
)

// answering are the packages of the server whose sentences are in its answers.
var answering = []string{"guard", "access", "idempotency", "imports", "paging", "webhook", "api"}

// elsewhere are tests that show codes which need more than a bad request to this server.
var elsewhere = []struct{ dir, test, codes string }{
	// Who calls, from where: a server that asks for tokens.
	{"server", "TestBadAccess", "token_missing token_not_valid not_a_bearer scope_missing some_workspaces_only " +
		"foreign_host foreign_origin not_a_form no_such_token no_such_workspace workspace_twice expiry_over token_name"},
	{"server", "TestIdempotencyKey", "key_of_another key_answer_gone"},
	{"server", "TestSecretsAreNotStored", "key_not_taken"},
	{"idempotency", "TestAnswer", "not_a_key"},
	{"idempotency", "TestHeaderTwice", "given_twice"},
	{"server", "TestBadWebhooks", "not_a_webhook_url not_a_kind_of_log not_a_delivery_state past_end_of_log negative no_webhook no_delivery " +
		"too_many_webhooks no_tokens_kept"},
	{"webhook", "TestCheckURL", "private_address"},
	// Bodies: uploads, and orders.
	{"api", "TestBadUploads", "unknown_date_order unknown_decimals unknown_status unknown_part file_missing given_beside upload_too_large " +
		"not_an_upload too_many_tables too_many_plans"},
	{"api", "TestGoogleSheet", "no_google"},
	{"api", "TestAttributionRefuses",
		"too_many_orders not_one_order unknown_detail unknown_axis no_time_zone unknown_currency before_first_change " +
			"id_missing parameter_missing out_of_range unknown_picture"},

	// Faults, loads and bounds.
	{"guard", "TestConcurrency", "too_much_to_do"},
	{"server", "TestRate", "too_many_requests"},
	{"server", "TestGuesses", "too_many_failures"},
	{"access", "testTooManyTokens", "too_many_tokens"},
	{"idempotency", "TestGivenUp", "key_taken"},
	{"api", "TestStreams", "streams_of_caller streams_of_server"},
	{"api", "TestCancel", "import_cancelled plan_being_applied"},
	{"api", "TestCancelOfPieces", "no_account"},
	{"pages", "TestImport", "plan_applied"},
	{"api", "TestServerThatEnds", "import_broken_off"},
	{"../../crm/web", "TestSlowBody", "body_too_slow"},
	{"../../crm/web", "TestHandler", "body_cut_off"},

	// The families of the library that a bad request does not have.
	{"../../crm/web", "TestFamilies",
		"dangling not_in_workspace taken in_use stale_version etag_missing busy retry read_only closed unavailable " +
			"call_ended timed_out unknown_outcome internal body_too_long"},
}

// families are codes of which each stands for one family of errors of the library.
var families = []string{
	"dangling", "not_in_workspace", "taken", "in_use", "stale_version", "etag_missing", "busy", "retry", "read_only", "closed",
	"unavailable", "unknown_outcome", "internal",
}

// ownCodes are the codes of the sentences in the sources of a package.
func ownCodes(t *testing.T, dir string) (codes []string) {
	t.Helper()
	known := map[string]string{}
	for _, e := range sentence.All() {
		known[e.English] = e.Code
	}
	for _, file := range sources(t, dir, func(name string) bool { return !strings.HasSuffix(name, "_test.go") }) {
		ast.Inspect(file, func(n ast.Node) bool {
			e, ok := n.(ast.Expr)
			if !ok {
				return true
			}
			text, ok := literal(e)
			if code := known[text]; ok && code != "" && !slices.Contains(codes, code) {
				codes = append(codes, code)
			}
			return !ok
		})
	}
	return codes
}

func sources(t *testing.T, dir string, wanted func(name string) bool) (files []*ast.File) {
	t.Helper()
	names, err := filepath.Glob(filepath.Join(dir, "*.go"))
	if err != nil || len(names) == 0 {
		t.Fatalf("no sources in %s: %v", dir, err)
	}
	for _, name := range names {
		if !wanted(name) {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, file)
	}
	return files
}

// literal is a text that stands in the source, perhaps in parts.
func literal(e ast.Expr) (string, bool) {
	switch e := e.(type) {
	case *ast.BasicLit:
		text, err := strconv.Unquote(e.Value)
		return text, err == nil && e.Kind == token.STRING
	case *ast.BinaryExpr:
		left, one := literal(e.X)
		right, two := literal(e.Y)
		return left + right, one && two && e.Op == token.ADD
	}
	return "", false
}

// everyCode holds the codes that the server's own packages can answer with against those that were seen here and those that
// other tests show.
func everyCode(t *testing.T, seen map[string]bool) {
	t.Helper()
	if strings.Contains(flag.Lookup("test.run").Value.String(), "/") {
		return // a part of the table
	}
	all := slices.Clone(families)
	for _, dir := range answering {
		all = append(all, ownCodes(t, filepath.Join("..", dir))...)
	}
	shown := map[string]bool{}
	for _, e := range elsewhere {
		said := textsOf(t, filepath.Join("..", filepath.FromSlash(e.dir)), e.test)
		for _, code := range strings.Fields(e.codes) {
			shown[code] = true
			if !strings.Contains(said, code) {
				t.Errorf("%s in %s does not show %s", e.test, e.dir, code)
			}
		}
	}
	for _, code := range all {
		if !seen[code] && !shown[code] {
			t.Errorf("no test shows the code %s", code)
		}
	}
}

// textsOf are the texts in a test.
func textsOf(t *testing.T, dir, test string) string {
	t.Helper()
	var all []string
	for _, file := range sources(t, dir, func(name string) bool { return strings.HasSuffix(name, "_test.go") }) {
		for _, d := range file.Decls {
			fn, ok := d.(*ast.FuncDecl)
			if !ok || fn.Name.Name != test {
				continue
			}
			ast.Inspect(fn, func(n ast.Node) bool {
				if e, ok := n.(*ast.BasicLit); ok {
					all = append(all, e.Value)
				}
				return true
			})
		}
	}
	return strings.Join(all, "\n")
}
