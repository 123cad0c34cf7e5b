package crm

import (
	"encoding/json"
	"reflect"
	"unicode/utf8"
)

// ParseRecord reads a record from JSON, for hosts that take records from clients. What cannot be read
// is an ErrInvalid with an *Error for each field that is wrong; so is a field that does not exist,
// one in other letters included. The rules of the domain come later, with Check or with saving.
//
// A field that is null or left out is not set, which is what CreateCooperation fills in. The host
// bounds the length of doc.
func ParseRecord[R Record](doc []byte) (R, error) {
	var r R
	p := &problems{record: Ref{Kind: r.Ref().Kind}}
	switch {
	case !utf8.Valid(doc): // encoding/json would put other characters in its place
		p.add("", "", "is not valid text (UTF-8)")
	case object(doc) == nil:
		p.unreadable("", doc, reflect.TypeFor[R]())
	default:
		p.readable("", doc, reflect.TypeFor[R]())
	}
	if len(p.list) == 0 && json.Unmarshal(doc, &r) != nil { // only the last of two was looked at
		p.add("", "", "has a field twice, once with a value that cannot be read; leave one of them out")
	}
	if err := p.result(); err != nil {
		var none R
		return none, err
	}
	return r, nil
}

// PatchRecord returns a record with the changes of a JSON merge patch (RFC 7396): what is left out
// stays, null unsets, an object changes its own fields only, and a list replaces the list. It fails as
// ParseRecord does. Id and version cannot be changed: another id is an ErrInvalid, and another version,
// which is the one that the client has read, an ErrConflict.
func PatchRecord[R Record](r R, patch []byte) (R, error) {
	var none R
	doc, err := json.Marshal(r)
	if err != nil {
		return none, unfit(r, "it has no JSON to change: "+Shorten(err.Error()))
	}
	patched, err := ParseRecord[R](mergePatch(doc, patch))
	switch {
	case err != nil:
		return none, err
	case patched.Ref() != r.Ref():
		return none, &Error{Family: ErrInvalid, Record: r.Ref(), Field: "id", Value: patched.Ref().IDString(), Problem: "a record keeps its id; leave it out"}
	case patched.Revision() != r.Revision():
		return none, r.Ref().Stale(patched.Revision(), r.Revision())
	}
	return patched, nil
}

// mergePatch goes no deeper than the document, however deep the patch is. Of two values that are not
// both objects the patch's stands, right or wrong.
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
	merged, _ := json.Marshal(members) // they have been read as JSON
	return merged
}

// object reads the members of a JSON object; what is none has nil.
func object(doc []byte) map[string]json.RawMessage {
	var members map[string]json.RawMessage
	if json.Unmarshal(doc, &members) != nil {
		return nil
	}
	return members
}
