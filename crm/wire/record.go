package wire

import (
	"encoding/json"
	"errors"
	"reflect"
	"unicode/utf8"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/internal/fieldpath"
	"github.com/getklar/influencercrm/crm/sentence"
)

// Parse reads a record, or another struct that clients send as an object, such as the options of a call. What cannot be
// read is an ErrInvalid with a *crm.Error for each field that is wrong.
//
// A field that is null or left out is not set, which CreateCooperation fills in. The host limits the length of doc.
func Parse[T any](doc []byte) (T, error) {
	var v T
	p := &problems{}
	if r, ok := any(v).(crm.Record); ok {
		p.record.Kind = r.Ref().Kind
	}
	switch {
	case !utf8.Valid(doc): // encoding/json would replace the invalid bytes
		p.add("", "", "is not valid text (UTF-8)")
	case object(doc) == nil:
		p.value("", doc, reflect.TypeFor[T]())
	default:
		p.strict(doc)
		p.walk("", doc, reflect.TypeFor[T]())
	}
	if len(p.list) == 0 {
		fieldpath.Each("", "", json.Unmarshal(doc, &v), p.say) // no error: the walk has read every value
	}
	if err := errors.Join(p.list...); err != nil {
		var none T
		return none, err
	}
	return v, nil
}

// Patch returns a record with the changes of a JSON merge patch: a field that is left out stays, null unsets it, an object
// changes only its own fields, and a list replaces the list. It fails as Parse does. See EditCooperation for a
// change that is saved.
//
// Some fields cannot be set: the id; what other calls set, such as archived_on; and what follows from other fields,
// such as name_mode. One of them with another value than the record has is an ErrInvalid that names it; null is another
// value than one that is set. The same value may be there, because a client may send back all that it has read. Another
// version, which is the one that the client has read, is an ErrConflict.
func Patch[R crm.Record](r R, patch []byte) (R, error) {
	var none R
	doc, err := json.Marshal(r)
	if err != nil {
		return none, &crm.Error{Family: crm.ErrInvalid, Record: r.Ref(),
			Problem: sentence.Of("it has no JSON to change: %s", crm.Shorten(err.Error()))}
	}
	p := &problems{record: r.Ref()}
	if utf8.Valid(patch) && object(patch) != nil { // else Parse says what is wrong with it
		p.strict(patch) // the merge would take the last of two values, and replace half a character
	}
	if len(p.list) > 0 {
		return none, errors.Join(p.list...)
	}
	return successor(r, mergePatch(doc, patch))
}

// Replace returns a record with all that a document says in place of what it had: a field that is left out is not set. It
// fails as Patch does. Fields that cannot be set may be left out, and stay.
func Replace[R crm.Record](r R, doc []byte) (R, error) {
	if given := object(doc); given != nil && utf8.Valid(doc) { // else Parse says what is wrong with it
		p := &problems{record: r.Ref()}
		if p.strict(doc); len(p.list) > 0 {
			var none R
			return none, errors.Join(p.list...)
		}
		stored := members(r)
		for _, name := range fixedNames(r.Ref().Kind) {
			if value, has := stored[name]; has && given[name] == nil {
				given[name] = value
			}
		}
		doc, _ = json.Marshal(given) // cannot fail: they were read as JSON
	}
	return successor(r, doc)
}

// successor reads what shall become of a record, and refuses a change of what cannot be set.
func successor[R crm.Record](r R, doc []byte) (R, error) {
	var none R
	next, err := Parse[R](doc)
	switch {
	case err != nil:
		return none, err
	case next.Ref() != r.Ref():
		return none, &crm.Error{Family: crm.ErrInvalid, Record: r.Ref(), Field: "id", Value: next.Ref().IDString(),
			Problem: sentence.Of("a record keeps its id; leave it out")}
	case next.Revision() != r.Revision():
		return none, r.Ref().Stale(next.Revision(), r.Revision())
	}
	p := &problems{record: r.Ref()}
	if p.keepsFixed(r, next); len(p.list) > 0 {
		return none, errors.Join(p.list...)
	}
	return next, nil
}

// mergePatch applies a merge patch. Where document and patch are not both objects, the value of the patch replaces that of
// the document. So it goes no deeper than the document does, however deep the patch is.
func mergePatch(doc, patch json.RawMessage) json.RawMessage {
	members, changes := object(doc), object(patch)
	if members == nil || changes == nil {
		return patch
	}
	for name, change := range changes {
		if string(change) == "null" {
			delete(members, name)
		} else {
			members[name] = mergePatch(members[name], change)
		}
	}
	merged, _ := json.Marshal(members) // cannot fail: they were read as JSON
	return merged
}

// object reads the members of a JSON object, or nil if the text is not an object.
func object(doc []byte) map[string]json.RawMessage {
	var members map[string]json.RawMessage
	if json.Unmarshal(doc, &members) != nil {
		return nil
	}
	return members
}
