package api

import (
	"encoding/json"
	"net/http"
)

// reply is an answer with a status that depends on what was done.
type reply struct {
	status   int
	media    string // application/json if it is empty
	location string // of what was made
	body     any
}

// ServeHTTP implements http.Handler.
func (a reply) ServeHTTP(w http.ResponseWriter, _ *http.Request) {
	doc, err := json.Marshal(a.body)
	if err != nil {
		panic(err) // what is answered is made to be JSON
	}
	if a.media == "" {
		a.media = "application/json"
	}
	w.Header().Set("Content-Type", a.media)
	if a.location != "" {
		w.Header().Set("Location", a.location)
	}
	w.WriteHeader(a.status)
	_, _ = w.Write(append(doc, '\n')) // a client that is gone does not hear of it
}
