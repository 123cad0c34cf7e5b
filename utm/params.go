package utm

// Params is a set of the five UTM fields, each set, explicitly empty or unset. The zero Params has none.
// Params are comparable with ==, which tells unset from explicitly empty; see [Params.Matches] and [Key]
// for the comparison that attribution needs.
type Params struct {
	Source   Value `json:"source,omitzero"`
	Medium   Value `json:"medium,omitzero"`
	Campaign Value `json:"campaign,omitzero"`
	Term     Value `json:"term,omitzero"`
	Content  Value `json:"content,omitzero"`
}

// Get returns the value of a field. It is unset for a number that is no field.
func (p Params) Get(f Field) Value {
	if v := p.pointer(f); v != nil {
		return *v
	}
	return Value{}
}

// With returns a copy in which field f holds v; an unset v clears it. A number that is no field changes
// nothing.
func (p Params) With(f Field, v Value) Params {
	if at := p.pointer(f); at != nil {
		*at = v
	}
	return p
}

// IsZero reports whether no field is set. An explicitly empty field is set.
func (p Params) IsZero() bool { return p == Params{} }

// pointer returns the place of a field inside p, nil for a number that is no field.
func (p *Params) pointer(f Field) *Value {
	switch f {
	case Source:
		return &p.Source
	case Medium:
		return &p.Medium
	case Campaign:
		return &p.Campaign
	case Term:
		return &p.Term
	case Content:
		return &p.Content
	}
	return nil
}

// Difference is a field in which two sets differ.
type Difference struct {
	Field Field `json:"field"`
	A     Value `json:"a"`
	B     Value `json:"b"`
}

// Diff lists the fields whose values are not exactly the same in a and b, in the order of the fields; nil
// if there are none. Unset and explicitly empty are different here, and so are "Summer" and "summer":
// whoever is shown the list sees what would change.
func Diff(a, b Params) []Difference {
	var differences []Difference
	for _, f := range Fields() {
		if va, vb := a.Get(f), b.Get(f); va != vb {
			differences = append(differences, Difference{Field: f, A: va, B: vb})
		}
	}
	return differences
}
