package refusal

import (
	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/sentence"
)

// Invalid is a value that is wrong in itself: a crm.ErrInvalid that names the field, the value, shortened, and what
// would be right.
func Invalid(field, value string, problem sentence.Sentence) error {
	return &crm.Error{Family: crm.ErrInvalid, Field: field, Value: crm.Shorten(value), Problem: problem}
}
