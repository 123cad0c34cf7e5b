package api

import (
	"errors"
	"mime"
	"net/http"
	"strings"
)

// takesMedia refuses a body that says of itself to be no JSON, where an operation takes nothing else: a form or a text
// would be read as what it is not, or be told a mistake of its first letter. A body that says nothing is taken for what the
// operation takes, and so is an empty one. Files and streams are told apart by those that read them.
func (o Operation) takesMedia(r *http.Request) error {
	b := o.Body
	if b == nil || b.Type == nil || b.Form != nil || len(b.Media) > 0 || r.ContentLength == 0 {
		return nil
	}
	said := r.Header.Get("Content-Type")
	if said == "" {
		return nil
	}
	media, _, err := mime.ParseMediaType(said)
	readable := err == nil || errors.Is(err, mime.ErrInvalidMediaParameter) // whose type is plain all the same
	if readable && (media == "application/json" || media == "text/json" || strings.HasSuffix(media, "+json")) {
		return nil
	}
	return notJSON(said)
}
