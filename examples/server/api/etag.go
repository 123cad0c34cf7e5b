package api

import (
	"net/http"
	"regexp"
	"strings"
)

// clientHas reports whether the header If-None-Match names an ETag: in a list, as a weak tag too, or by * that names any
// (RFC 9110, 13.1.2). What is no list of ETags names none after that, so that the client gets the answer.
func clientHas(h http.Header, etag string) bool {
	list := strings.Trim(strings.Join(h.Values("If-None-Match"), ","), ", \t")
	if list == "*" {
		return true
	}
	for list != "" {
		tag := entityTag.FindStringSubmatch(list)
		switch {
		case tag == nil:
			return false
		case tag[1] == etag:
			return true
		}
		list = strings.TrimLeft(list[len(tag[0]):], ", \t")
	}
	return false
}

// entityTag is the first ETag of a list. There may be commas in it.
var entityTag = regexp.MustCompile(`^(?:W/)?("[^"\x00-\x20\x7f]*")[ \t]*(?:,|$)`)
