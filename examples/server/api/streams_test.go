package api

import (
	"fmt"
	"testing"

	"golang.org/x/text/language"

	"github.com/getklar/influencercrm/crm/web"
)

func TestStreams(t *testing.T) {
	t.Parallel()
	var s streams
	status := func(caller string) string {
		_, err := s.enter(caller)
		if err == nil {
			return "200"
		}
		p := web.ProblemOf(err, language.English)
		return fmt.Sprint(p.Status, " ", p.Code)
	}
	var leave func()
	for n := range maxStreamsOfCaller {
		var err error
		if leave, err = s.enter("pam"); err != nil {
			t.Fatalf("stream %d: %v", n, err)
		}
	}
	if got := status("pam"); got != "429 streams_of_caller" {
		t.Errorf("one more of the same caller: %s", got)
	}
	leave()
	if got := status("pam"); got != "200" {
		t.Errorf("after one has left: %s", got)
	}
	for n := range maxStreams - maxStreamsOfCaller {
		if got := status(fmt.Sprint(n)); got != "200" {
			t.Fatalf("caller %d: %s", n, got)
		}
	}
	if got := status("jim"); got != "503 streams_of_server" {
		t.Errorf("one more of all: %s", got)
	}
}
