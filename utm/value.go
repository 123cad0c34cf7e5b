package utm

import "encoding/json"

// Value is what one UTM field holds. It knows "not set" (the zero Value: nobody decided, a default may
// fill it) from "set to nothing" (Of(""): somebody wants it empty). Values are comparable with ==.
//
// In JSON an unset Value is null and a set one is a string; tagged `json:",omitzero"` the unset ones are
// left out.
type Value struct {
	text string
	set  bool
}

// Of returns a Value that is set to s, exactly as given. Of("") is explicitly empty.
func Of(s string) Value { return Value{text: s, set: true} }

// IsSet reports whether the Value was set, be it to nothing.
func (v Value) IsSet() bool { return v.set }

// IsZero reports whether the Value is unset. It is what `json:",omitzero"` asks.
func (v Value) IsZero() bool { return !v.set }

// String returns the text, "" when unset.
func (v Value) String() string { return v.text }

// Get returns the text and whether it was set.
func (v Value) Get() (string, bool) { return v.text, v.set }

// Equal reports whether v == w. It lets packages such as go-cmp compare Values.
func (v Value) Equal(w Value) bool { return v == w }

// MarshalJSON writes null for an unset Value and a string for a set one.
func (v Value) MarshalJSON() ([]byte, error) {
	if !v.set {
		return []byte("null"), nil
	}
	return json.Marshal(v.text)
}

// UnmarshalJSON reads null as unset and a string as set. Anything else is a *json.UnmarshalTypeError.
func (v *Value) UnmarshalJSON(data []byte) error {
	var text *string
	if err := json.Unmarshal(data, &text); err != nil {
		return err
	}
	if text == nil {
		*v = Value{}
	} else {
		*v = Of(*text)
	}
	return nil
}
