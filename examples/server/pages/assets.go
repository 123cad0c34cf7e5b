package pages

import (
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"io/fs"
	"net/http"
	"strings"
	"sync"
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

// assetPath is the address of a file of the folder static.
func assetPath(name string) string { return "/static/" + name + "?v=" + versions()["static/"+name] }

func assets() http.Handler {
	files := http.FileServerFS(staticFiles)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if strings.HasSuffix(r.URL.Path, "/") { // a folder has no page
			http.NotFound(w, r)
			return
		}
		if v := r.URL.Query().Get("v"); v != "" && v == versions()[r.URL.Path[1:]] {
			w.Header().Set("Cache-Control", "public, max-age=31536000, immutable")
		}
		files.ServeHTTP(w, r)
	})
}
