package imports

import (
	"net/http/httptest"
	"os"
	"strings"
	"testing"
)

// FuzzUpload reads forms of all kinds: whatever comes, no file stays on the disk, and sizes are those of the files.
func FuzzUpload(f *testing.F) {
	for _, seed := range []string{
		"--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.csv\"\r\n\r\na,b\r\n--x--\r\n",
		"--x\r\nContent-Disposition: form-data; name=\"options\"\r\n\r\n{\"tab\":\"Deals\",\"mapping\":[{\"header\":\"Fee\",\"field\":\"cost\"}]}\r\n--x--\r\n",
		"--x\r\nContent-Disposition: form-data; name=\"budgets\"; filename=\"../../b.csv\"\r\n\r\n\r\n--x--",
		"--x\r\nContent-Disposition: form-data; name=\"file\"\r\n\r\n" + strings.Repeat("1,", 50),
		"--x\r\n\r\n", "",
	} {
		f.Add("multipart/form-data; boundary=x", seed)
	}
	f.Add("application/json", `{"link":"x","today":"2026-06-01"}`)
	f.Fuzz(func(t *testing.T, media, body string) {
		dir := t.TempDir()
		r := httptest.NewRequestWithContext(t.Context(), "POST", "/", strings.NewReader(body))
		r.Header.Set("Content-Type", media)
		u, remove, err := ReadUpload(r, dir)
		if err == nil && u.Sheet != nil && u.Sheet.Size > int64(len(body)) {
			t.Errorf("%d bytes of %d", u.Sheet.Size, len(body))
		}
		remove()
		left, err := os.ReadDir(dir)
		if err != nil || len(left) > 0 {
			t.Errorf("left on disk: %v, %v", left, err)
		}
	})
}
