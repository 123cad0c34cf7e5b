package paging

import (
	"strconv"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/sentence"
)

func badSize(size int) error {
	return &crm.Error{Family: crm.ErrInvalid, Field: "size", Value: strconv.Itoa(size),
		Problem: sentence.Of("must be between 1 and %d", crm.MaxPageSize)}
}

func foreignToken(token string) error {
	return &crm.Error{Family: crm.ErrInvalid, Field: "token", Value: crm.Shorten(token),
		Problem: sentence.Of("does not belong to this list; start again from its first page")}
}
