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

// Parse reads a record. What cannot be read is an ErrInvalid with a *crm.Error for each field that is wrong.
//
// A field that is null or left out is not set, which CreateCooperation fills in. The host limits the length of doc.
func Parse[R crm.Record](doc []byte) (R, error) {
	var r R
	p := &problems{record: crm.Ref{Kind: r.Ref().Kind}}
	switch {
	case !utf8.Valid(doc): // encoding/json would replace the invalid bytes
		p.add("", "", "is not valid text (UTF-8)")
	case object(doc) == nil:
		p.value("", doc, reflect.TypeFor[R]())
	default:
		p.strict(doc)
		p.walk("", doc, reflect.TypeFor[R]())
	}
	if len(p.list) == 0 {
		fieldpath.Each("", "", json.Unmarshal(doc, &r), p.say) // no error: the walk has read every value
	}
	if err := errors.Join(p.list...); err != nil {
		var none R
		return none, err
	}
	return r, nil
}

// Patch returns a record with the changes of a JSON merge patch: a field that is left out stays, null unsets it, an object
// changes only its own fields, and a list replaces the list. It fails as Parse does. See PatchCooperation for a patch
// that is saved.
//
// Some fields cannot be set: the id; what other calls set, such as archived_on; and what follows from other fields,
// such as name_mode. One of them with another value than the record has is an ErrInvalid that names it; null is another
// value than one that is set. The same value may be there, because a client may send back all that it has read. Another
// version, which is the one that the client has read, is an ErrConflict.
func Patch[R crm.Record](r R, patch []byte) (R, error) {
	var none R
	doc, err := json.Marshal(r)
	if err != nil {
		return none, &crm.Error{Family: crm.ErrInvalid, Record: r.Ref(), Problem: sentence.Of("it has no JSON to change: %s", crm.Shorten(err.Error()))}
	}
	p := &problems{record: r.Ref()}
	if utf8.Valid(patch) && object(patch) != nil { // else Parse says what is wrong with it
		p.strict(patch) // the merge would take the last of two values, and replace half a character
	}
	if len(p.list) > 0 {
		return none, errors.Join(p.list...)
	}
	patched, err := Parse[R](mergePatch(doc, patch))
	switch {
	case err != nil:
		return none, err
	case patched.Ref() != r.Ref():
		return none, &crm.Error{Family: crm.ErrInvalid, Record: r.Ref(), Field: "id", Value: patched.Ref().IDString(), Problem: sentence.Of("a record keeps its id; leave it out")}
	case patched.Revision() != r.Revision():
		return none, r.Ref().Stale(patched.Revision(), r.Revision())
	}
	if p.keepsFixed(r, patched); len(p.list) > 0 {
		return none, errors.Join(p.list...)
	}
	return patched, nil
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
