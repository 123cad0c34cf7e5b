package duplicates

import (
	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/account"
)

// finder collects what identifies influencers and finds those who share it.
type finder struct {
	onlyFirst bool // only duplicates of the first one
	people    []candidate
	first     map[identifier]int32   // the first influencer that has an identifier
	shared    map[identifier][]int32 // all that have it if there are several, at most MaxSharing+1
}

// identifier is something that identifies an influencer: a value of a kind of evidence, given by its index.
type identifier struct {
	kind int
	key  string
}

type candidate struct {
	crm.Person
	accounts []account.Account // platform and handle of each profile that has a handle
}

func newFinder() *finder {
	return &finder{first: map[identifier]int32{}, shared: map[identifier][]int32{}}
}

// addOnly adds the first influencer and looks only for duplicates of it.
func (f *finder) addOnly(i crm.Influencer) {
	f.add(i)
	f.onlyFirst = true
}

func (f *finder) add(i crm.Influencer) {
	n, alone := int32(len(f.people)), true
	is := identityOf(i)
	for kind, e := range evidence {
		for _, key := range e.of(is) {
			s := identifier{kind, key}
			first, known := f.first[s]
			switch {
			case known && first == n:
				continue
			case !known && f.onlyFirst:
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
	if alone && f.onlyFirst {
		return
	}
	f.people = append(f.people, candidate{crm.Person{ID: i.ID, Name: i.Name}, is.accounts})
}

// pairs returns all pairs, in no order.
func (f *finder) pairs() []Pair {
	type pair struct{ a, b int32 }
	found := map[pair]*[len(evidence)]string{}
	for s, people := range f.shared {
		if len(people) > MaxSharing {
			continue
		}
		for n, a := range people {
			if f.onlyFirst && n > 0 {
				break
			}
			for _, b := range people[n+1:] {
				values := found[pair{a, b}]
				if values == nil {
					values = new([len(evidence)]string)
					found[pair{a, b}] = values
				}
				if v := &values[s.kind]; *v == "" || s.key < *v { // any of them would do, as long as it is always the same one
					*v = s.key
				}
			}
		}
	}
	all := []Pair{}
	for p, values := range found {
		if d, ok := weigh(f.people[p.a], f.people[p.b], values); ok {
			all = append(all, d)
		}
	}
	return all
}

// weigh compares what two influencers share with what tells them apart, and reports whether they are a pair.
func weigh(a, b candidate, values *[len(evidence)]string) (Pair, bool) {
	d := Pair{A: a.Person, B: b.Person, Reasons: []Reason{}}
	implied, onlyNames := map[Kind]bool{}, true
	doubt, whole := 1, 1 // the remaining doubt is doubt/whole; both are at most 100 to the power of len(evidence)
	for n, e := range evidence {
		if values[n] == "" {
			continue
		}
		if implied[e.implies] = true; implied[e.kind] {
			continue
		}
		d.Reasons = append(d.Reasons, Reason{e.kind, values[n], e.points})
		doubt, whole = doubt*(100-e.points), whole*100
		onlyNames = onlyNames && (e.kind == SameName || e.kind == SimilarName)
	}
	d.Score = 100 - (100*doubt+whole/2)/whole
	if other := otherHandles(a.accounts, b.accounts); other != "" {
		d.Reasons = append(d.Reasons, Reason{OtherHandle, other, otherHandlePoints})
		d.Score = max(1, d.Score+otherHandlePoints)
		return d, !onlyNames
	}
	return d, true
}

// otherHandles names two different handles on one platform. There are some if both have handles on it, and no two are equal
// when separators are ignored; otherwise it is empty.
func otherHandles(a, b []account.Account) string {
	others, has := map[string]string{}, map[[2]string]bool{}
	for _, p := range b {
		if others[p.Platform] == "" {
			others[p.Platform] = p.Handle
		}
		has[[2]string{p.Platform, account.BareHandle(p.Handle)}] = true
	}
	agree := map[string]bool{}
	for _, p := range a {
		agree[p.Platform] = agree[p.Platform] || has[[2]string{p.Platform, account.BareHandle(p.Handle)}]
	}
	for _, p := range a {
		if other := others[p.Platform]; other != "" && !agree[p.Platform] {
			return "@" + p.Handle + " and @" + other + " on " + account.PlatformName(p.Platform)
		}
	}
	return ""
}
