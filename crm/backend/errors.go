package backend

import (
	"fmt"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/sentence"
)

// Taken is the error for an id, name or handle that another record has.
func Taken(ref crm.Ref, field, value string) error {
	return &crm.Error{Family: crm.ErrAlreadyExists, Record: ref, Field: field, Value: crm.Shorten(value),
		Problem: sentence.Of("is taken; choose another")}
}

// Dangling is the error for a field that refers to a record which the workspace does not hold.
func Dangling(ref crm.Ref, field, value string) error {
	return &crm.Error{Family: crm.ErrInvalid, Record: ref, Field: field, Value: crm.Shorten(value),
		Problem: sentence.Of("names nothing in this workspace")}
}

// Referenced is the error for the delete of a record to which others refer.
func Referenced(ref crm.Ref) error {
	return &crm.Error{Family: crm.ErrReferenced, Record: ref,
		Problem: sentence.Of("this %s is in use; archive it instead of deleting it", ref.Kind.Word())}
}

// NotInLog is the error for the redaction of a change that the log does not hold.
func NotInLog(c crm.Change) error {
	return &crm.Error{Family: crm.ErrInvalid, Record: c.Record, Field: "seq", Value: fmt.Sprint(c.Seq),
		Problem: sentence.Of("the log holds no such change; redact changes as they were read from it")}
}
