package pages

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"io/fs"
	"mime"
	"net/http"
	"path"
	"strconv"
	"sync"

	"github.com/getklar/influencercrm/crm/web"
)

//go:embed static
var staticFiles embed.FS

// versions are hashes of the files, which are part of their addresses: browsers keep a file for a year, and ask for the new
// one when it has changed.
var versions = sync.OnceValue(func() map[string]string {
	m := map[string]string{}
	_ = fs.WalkDir(staticFiles, "static", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		content, err := staticFiles.ReadFile(name)
		sum := sha256.Sum256(content)
		m[name] = hex.EncodeToString(sum[:6])
		return err
	})
	return m
})

// zipped are the files as they are sent to a browser that takes gzip, without those that it makes no shorter.
var zipped = sync.OnceValue(func() map[string][]byte {
	m := map[string][]byte{}
	for name := range versions() {
		content, err := staticFiles.ReadFile(name)
		var out bytes.Buffer
		z, levelErr := gzip.NewWriterLevel(&out, gzip.BestCompression)
		if err != nil || levelErr != nil {
			continue
		}
		if _, err := z.Write(content); err == nil && z.Close() == nil && out.Len() < len(content) {
			m[name] = out.Bytes()
		}
	}
	return m
})

// assetPath is the address of a file of the folder static.
func assetPath(name string) string { return "/static/" + name + "?v=" + versions()["static/"+name] }

func assets() http.Handler {
	files := http.FileServerFS(staticFiles)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if versions()[r.URL.Path[1:]] == "" { // a folder too, which has no page
			web.WriteProblem(w, r, web.Nowhere(r), nil)
			return
		}
		if v := r.URL.Query().Get("v"); v != "" && v == versions()[r.URL.Path[1:]] {
			w.Header().Set("Cache-Control", "public, max-age=31536000, immutable")
		}
		w.Header().Add("Vary", "Accept-Encoding")
		if content, ok := zipped()[r.URL.Path[1:]]; ok && takesGzip(r) {
			w.Header().Set("Content-Type", mime.TypeByExtension(path.Ext(r.URL.Path)))
			w.Header().Set("Content-Encoding", "gzip")
			w.Header().Set("Content-Length", strconv.Itoa(len(content)))
			_, _ = w.Write(content) // a client that is gone does not hear of it
			return
		}
		files.ServeHTTP(w, r)
	})
}
