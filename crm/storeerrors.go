package crm

import "fmt"

// The errors that stores return, so that every backend says the same.

// NotFound is the error for a record that the workspace does not hold.
func NotFound(ref Ref) error {
	problem := fmt.Sprintf("there is no such %s in this workspace", ref.Kind)
	if ref.Kind == KindWorkspace {
		problem = "there is no such workspace"
	}
	return &Error{Family: ErrNotFound, Record: ref, Field: "id", Value: ref.IDString(), Problem: problem}
}

// Stale is the error for a write that was made from another version than the stored one.
func Stale(ref Ref, read, stored int64) error {
	problem := fmt.Sprintf("it has changed since it was read, and is at version %d now; read it again and repeat the change", stored)
	if read == 0 {
		problem = "a change starts from the record as it was read, with its version; read it first"
	}
	return &Error{Family: ErrConflict, Record: ref, Field: "version", Value: fmt.Sprint(read), Problem: problem}
}

// Taken is the error for an id, name or handle that another record has.
func Taken(ref Ref, field, value string) error {
	return &Error{Family: ErrAlreadyExists, Record: ref, Field: field, Value: Shorten(value),
		Problem: "is taken; choose another"}
}

// Dangling is the error for a field that names a record which the workspace does not hold.
func Dangling(ref Ref, field, value string) error {
	return &Error{Family: ErrInvalid, Record: ref, Field: field, Value: Shorten(value),
		Problem: "names nothing in this workspace"}
}

// NotInLog is the error for the redaction of a change that the log does not hold.
func NotInLog(c Change) error {
	return &Error{Family: ErrInvalid, Record: c.Record, Field: "seq", Value: fmt.Sprint(c.Seq),
		Problem: "the log holds no such change; redact changes as they were read from it"}
}

// Referenced is the error for the delete of a record to which others refer.
func Referenced(ref Ref) error {
	return &Error{Family: ErrReferenced, Record: ref,
		Problem: fmt.Sprintf("this %s is in use; archive it instead of deleting it", ref.Kind)}
}
