package main

import (
	"bytes"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"encoding/json"
	"encoding/pem"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// googleSheet answers as the Google Sheets API does for one small sheet, and keeps what is written into it.
type googleSheet struct {
	refuse  bool // to be written into
	written []string
}

func (g *googleSheet) RoundTrip(r *http.Request) (*http.Response, error) {
	w := httptest.NewRecorder()
	row := func(texts ...string) string {
		var cells []string
		for _, t := range texts {
			cells = append(cells, fmt.Sprintf(`{"formattedValue":%q,"effectiveValue":{"stringValue":%q}}`, t, t))
		}
		return `{"values":[` + strings.Join(cells, ",") + `]}`
	}
	switch {
	case r.URL.Host == "oauth2.googleapis.com":
		w.Header().Set("Content-Type", "application/json")
		_, _ = io.WriteString(w, `{"access_token":"t","token_type":"Bearer","expires_in":3600}`)
	case r.Method == http.MethodPost && g.refuse:
		w.WriteHeader(http.StatusForbidden)
		_, _ = io.WriteString(w, `{"error":{"code":403,"message":"The caller does not have permission","status":"PERMISSION_DENIED"}}`)
	case r.Method == http.MethodPost:
		var body struct {
			Input string `json:"valueInputOption"`
			Data  []struct {
				Range  string
				Values [][]string
			}
		}
		if err := json.NewDecoder(r.Body).Decode(&body); err != nil {
			return nil, err
		}
		for _, d := range body.Data {
			g.written = append(g.written, body.Input+" "+d.Range+": "+strings.Join(d.Values[0], "|"))
		}
		_, _ = io.WriteString(w, `{}`)
	case r.URL.Query().Has("ranges"):
		fmt.Fprintf(w, `{"sheets":[{"data":[{"rowData":[%s,%s,%s]}]}]}`,
			row("Influencer", "Platform", "Posting Date", "Fixed Costs", "Import status"),
			row("Ida", "Instagram", "2026-06-01", "100"), row("Mats", "Instagram", "2026-06-31", "100"))
	default:
		_, _ = io.WriteString(w, `{"properties":{"locale":"en_US","timeZone":"Europe/Berlin"},"sheets":[{"properties":
			{"sheetId":0,"title":"Plan","sheetType":"GRID","gridProperties":{"rowCount":3,"columnCount":5}}}]}`)
	}
	answer := w.Result()
	answer.Request = r
	return answer, nil
}

// account writes the key file of a service account.
func account(t *testing.T) string {
	t.Helper()
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	der, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		t.Fatal(err)
	}
	file, err := json.Marshal(map[string]string{
		"type": "service_account", "client_email": "crm@shop.example", "private_key_id": "1", "token_uri": "https://oauth2.googleapis.com/token",
		"private_key": string(pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: der})),
	})
	if err != nil {
		t.Fatal(err)
	}
	name := filepath.Join(t.TempDir(), "account.json")
	if err := os.WriteFile(name, file, 0o600); err != nil {
		t.Fatal(err)
	}
	return name
}

// A Google link is imported, and with -status the sheet says what became of its rows. The test is not parallel: it puts
// itself between the program and the network.
func TestGoogleSheet(t *testing.T) {
	network := http.DefaultTransport
	t.Cleanup(func() { http.DefaultTransport = network })
	t.Setenv(accountVariable, account(t))
	t.Setenv(keyVariable, "")
	const link = "https://docs.google.com/spreadsheets/d/1BxiMVs0XRA5nFMdKvBdBZjgmUUqptlbs74OgvE2upms/edit#gid=0"
	for _, test := range []struct {
		name   string
		args   []string
		refuse bool
		want   []string
		told   string
	}{
		{name: "without -status"},
		{name: "with -status", args: []string{"-status"}, want: []string{
			`RAW 'Plan'!E2:E3: Imported: the row names no campaign; it goes to "June 2026"|Not imported: Posting Date: "2026-06-31" is not a date: June 2026 has no day 31; write it like 2026-06-01`,
		}},
		{name: "with -status, to a viewer", args: []string{"-status"}, refuse: true,
			told: "the sheet is imported, but its status column is not written: "},
	} {
		t.Run(test.name, func(t *testing.T) {
			sheet := &googleSheet{refuse: test.refuse}
			http.DefaultTransport = sheet
			var out, stderr bytes.Buffer
			args := slices.Concat(test.args, []string{"-db", filepath.Join(t.TempDir(), "crm.db"), link})
			if err := run(t.Context(), args, &out, &stderr); err != nil {
				t.Fatal(err)
			}
			if !strings.Contains(out.String(), "created         1") || !strings.Contains(out.String(), "rejected        1") {
				t.Errorf("it prints\n%s", &out)
			}
			if strings.Join(sheet.written, "\n") != strings.Join(test.want, "\n") {
				t.Errorf("it writes\n%s\nwant\n%s", strings.Join(sheet.written, "\n"), strings.Join(test.want, "\n"))
			}
			if !strings.Contains(stderr.String(), test.told) || test.told == "" && stderr.Len() > 0 {
				t.Errorf("it tells %q, want %q", &stderr, test.told)
			}
		})
	}
}
