package crm

import "github.com/getklar/influencercrm/crm/account"

// duplicateFinder collects what identifies influencers and finds those who share it.
type duplicateFinder struct {
	of     bool // only duplicates of the first
	people []candidate
	first  map[sign]int32   // who has a sign
	shared map[sign][]int32 // all who have it, where there are several; one too many is the last
}

// sign is something that identifies an influencer: a kind of evidence, by its place, and its key.
type sign struct {
	kind int
	key  string
}

type candidate struct {
	Person
	accounts []Profile // platform and handle of each that has one
}

func newDuplicateFinder() *duplicateFinder {
	return &duplicateFinder{first: map[sign]int32{}, shared: map[sign][]int32{}}
}

// only makes the finder look for duplicates of one influencer, before any other is added.
func (f *duplicateFinder) only(i Influencer) {
	f.add(i)
	f.of = true
}

func (f *duplicateFinder) add(i Influencer) {
	n, alone := int32(len(f.people)), true
	for kind, e := range evidence {
		for _, key := range e.of(i) {
			s := sign{kind, key}
			first, known := f.first[s]
			switch {
			case key == "" || known && first == n:
				continue
			case !known && f.of:
				continue
			case !known:
				f.first[s] = n
			case len(f.shared[s]) == 0:
				f.shared[s] = []int32{first, n}
			case len(f.shared[s]) <= MaxSharing && f.shared[s][len(f.shared[s])-1] != n:
				f.shared[s] = append(f.shared[s], n)
			}
			alone = false
		}
	}
	if alone && f.of {
		return
	}
	c := candidate{Person: Person{i.ID, i.Name}}
	for _, p := range i.Profiles {
		if name := p.account().Name(); name != "" {
			c.accounts = append(c.accounts, Profile{Platform: p.Platform, Handle: name})
		}
	}
	f.people = append(f.people, c)
}

// duplicates returns all pairs, in no order.
func (f *duplicateFinder) duplicates() []Duplicate {
	type pair struct{ a, b int32 }
	found := map[pair]*[len(evidence)]string{}
	for s, people := range f.shared {
		if len(people) > MaxSharing {
			continue
		}
		for n, a := range people {
			if f.of && n > 0 {
				break
			}
			for _, b := range people[n+1:] {
				values := found[pair{a, b}]
				if values == nil {
					values = new([len(evidence)]string)
					found[pair{a, b}] = values
				}
				if v := &values[s.kind]; *v == "" || s.key < *v { // any one would do, but always the same
					*v = s.key
				}
			}
		}
	}
	all := []Duplicate{}
	for p, values := range found {
		if d, ok := judgePair(f.people[p.a], f.people[p.b], values); ok {
			all = append(all, d)
		}
	}
	return all
}

// judgePair weighs what two influencers share against what tells them apart.
func judgePair(a, b candidate, values *[len(evidence)]string) (Duplicate, bool) {
	d := Duplicate{A: a.Person, B: b.Person, Reasons: []DuplicateReason{}}
	said, onlyNames := map[DuplicateKind]bool{}, true
	doubt, whole := 1, 1 // what is left of the doubt, in parts of a whole: at most 100 to the number of kinds
	for n, e := range evidence {
		if values[n] == "" {
			continue
		}
		if said[e.weaker] = true; said[e.kind] {
			continue
		}
		d.Reasons = append(d.Reasons, DuplicateReason{e.kind, values[n], e.points})
		doubt, whole = doubt*(100-e.points), whole*100
		onlyNames = onlyNames && (e.kind == SameName || e.kind == SimilarName)
	}
	d.Score = 100 - (100*doubt+whole/2)/whole
	if other := otherHandles(a.accounts, b.accounts); other != "" {
		d.Reasons = append(d.Reasons, DuplicateReason{OtherHandle, other, otherHandlePoints})
		d.Score = max(1, d.Score+otherHandlePoints)
		return d, !onlyNames
	}
	return d, true
}

// otherHandles tells of a platform on which both have handles and none of the one's is, but for its
// separators, one of the other's; "" if there is none.
func otherHandles(a, b []Profile) string {
	others, has := map[string]string{}, map[[2]string]bool{}
	for _, p := range b {
		if others[p.Platform] == "" {
			others[p.Platform] = p.Handle
		}
		has[[2]string{p.Platform, bareHandle(p.Handle)}] = true
	}
	agree := map[string]bool{}
	for _, p := range a {
		agree[p.Platform] = agree[p.Platform] || has[[2]string{p.Platform, bareHandle(p.Handle)}]
	}
	for _, p := range a {
		if other := others[p.Platform]; other != "" && !agree[p.Platform] {
			return "@" + p.Handle + " and @" + other + " on " + account.PlatformName(p.Platform)
		}
	}
	return ""
}
