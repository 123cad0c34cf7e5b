package claims

// Overlay is an index, the base, with the entries of some cooperations replaced, as a unit of work sees it. The base
// is shared with others, does not change, and is given to each call, because the caller locks it.
type Overlay struct {
	replaced map[ID]bool
	before   *Index // the entries of the replaced cooperations in the base
	after    *Index // and those in their place
}

// NewOverlay returns an overlay that replaces nothing.
func NewOverlay() *Overlay {
	return &Overlay{replaced: map[ID]bool{}, before: New(nil), after: New(nil)}
}

// Replace sets the entries of a cooperation.
func (o *Overlay) Replace(base *Index, cooperation ID, entries []Entry) {
	o.replaced[cooperation] = true
	o.before.Replace(cooperation, base.Entries(cooperation))
	o.after.Replace(cooperation, entries)
}

// Entries is [Index.Entries].
func (o *Overlay) Entries(base *Index, cooperation ID) []Entry {
	if o.replaced[cooperation] {
		return o.after.Entries(cooperation)
	}
	return base.Entries(cooperation)
}

// Conflicts is [Index.Conflicts] without a limit: the conflicts in the base but for those with replaced cooperations,
// and those with what is in their place.
func (o *Overlay) Conflicts(base *Index, mine []Entry) Conflicts {
	found := collector{}
	possible := base.each(mine, func(c Conflict) {
		if !o.replaced[c.Other.Cooperation] {
			found.add(c)
		}
	})
	possible -= o.before.each(mine, func(Conflict) {})
	possible += o.after.each(mine, found.add)
	return found.conflicts(possible)
}
