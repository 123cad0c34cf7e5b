package api

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/getklar/influencercrm/crm/web"
)

// A body that is no JSON by its Content-Type is refused where an operation takes only JSON, in a call that creates and in one
// that edits; what says nothing of itself is taken.
func TestBodiesOfOtherMedia(t *testing.T) {
	t.Parallel()
	p := newProcess(t, t.TempDir()+"/crm.db", setup{})
	made := 0
	for media, status := range map[string]int{
		"": 201, "application/json": 201, "application/json; charset=utf-8": 201, "Application/JSON": 201,
		"application/json; charset": 201, "text/json": 201,
		"application/merge-patch+json": 201, "text/plain": 415, "application/x-www-form-urlencoded": 415, "application/xml": 415,
		"multipart/form-data; boundary=x": 415, ";;;": 415,
	} {
		header := http.Header{}
		if media != "" {
			header.Set("Content-Type", media)
		}
		made++
		answered := p.call("POST", "/campaigns", header, strings.NewReader(fmt.Sprintf(`{"name":"Sale %d"}`, made))).is(status)
		if status != 415 {
			continue
		}
		if problem := read[web.Problem](answered, 415); problem.Code != "not_json_media" {
			t.Errorf("%s: %+v", media, problem)
		}
		header.Set("If-Match", `"1"`)
		p.call("PATCH", "", header, strings.NewReader(`{"name":"Other"}`)).is(415)
	}
	header := http.Header{"Content-Type": {"text/plain"}, "Accept-Language": {"de"}}
	german := read[web.Problem](p.call("POST", "/campaigns", header, strings.NewReader(`{}`)), 415)
	if !strings.Contains(german.Detail, "JSON als application/json senden") {
		t.Errorf("%+v", german)
	}
}
