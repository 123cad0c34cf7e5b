package refusal

import (
	"errors"
	"net/http"
	"os"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/sentence"
)

// Form is the error of a form that could not be read. What a connection says stays here.
func Form(err error) error {
	if _, tooLong := errors.AsType[*http.MaxBytesError](err); tooLong {
		return err
	}
	if errors.Is(err, os.ErrDeadlineExceeded) {
		return Late(sentence.Errorf("the body of the request did not arrive in time; send it again"))
	}
	return &crm.Error{Family: crm.ErrInvalid, Problem: sentence.Of("the body of the request is no form")}
}
