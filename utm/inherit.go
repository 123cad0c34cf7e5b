package utm

// Inherit fills every field from the first layer in which it is set, and returns, by field, the index of
// that layer, or -1 where no layer has the field. Layers are given from strong to weak: what was typed,
// the profile's defaults, the workspace's template. An explicitly empty field is set, so it keeps weaker
// layers out.
//
// Layers may be the Params of templates. Since every valid set is also a valid template, the result can go
// to [ParseTemplate] and then be expanded; validate what was typed before, so that placeholders come from
// templates only.
func Inherit(layers ...Params) (Params, [NumFields]int) {
	var (
		merged Params
		from   [NumFields]int
	)
	for _, f := range Fields() {
		from[f] = -1
		for i, layer := range layers {
			if v := layer.Get(f); v.IsSet() {
				merged = merged.With(f, v)
				from[f] = i
				break
			}
		}
	}
	return merged, from
}

// Or returns p with its unset fields filled from defaults. It is [Inherit] of two layers, for callers
// that need not know where a field came from.
func (p Params) Or(defaults Params) Params {
	merged, _ := Inherit(p, defaults)
	return merged
}
