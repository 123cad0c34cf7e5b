package idempotency

import (
	"encoding/hex"
	"hash"
	"io"
	"net/http"
)

// hashedBody is a body whose hash is made while it is read.
type hashedBody struct {
	io.ReadCloser
	hash hash.Hash
}

// Read implements io.Reader.
func (b *hashedBody) Read(p []byte) (int, error) {
	n, err := b.ReadCloser.Read(p)
	_, _ = b.hash.Write(p[:n]) // a hash takes everything
	return n, err
}

// requestHash reads what the call has left of the body, and returns the hash of the request. The length of the body is
// bounded by whoever serves it.
func requestHash(r *http.Request, body *hashedBody) (string, error) {
	if _, err := io.Copy(io.Discard, body); err != nil {
		return "", err
	}
	return digest(r.Method, r.URL.EscapedPath(), r.URL.RawQuery, r.Header.Get("Content-Type"), hex.EncodeToString(body.hash.Sum(nil))), nil
}
