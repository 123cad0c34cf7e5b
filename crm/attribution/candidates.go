package attribution

import "slices"

// maxHeld bounds the claims to an order that are held at once. Most orders have less than ten.
const maxHeld = 4 * MaxCandidates

// candidates says which claims to an order are held, the strongest ones, and counts the others, so that an order to which all
// of a workspace have a claim, by each of its codes and visits, takes no memory for all of them. The claims themselves are
// passed in and out, so that those of most orders stay on the stack.
type candidates struct {
	index *Index
	// Once there were more than maxHeld, these have the sides of each deal, by its number, and how many there are of all.
	sides []uint8
	count int
	full  bool // the first MaxCandidates are the strongest so far, in order; what is weaker need not be held
}

// side tells claims apart of which only the strongest is listed: those of a cooperation by code and by visit, of those that
// can earn and of those that cannot.
type side struct {
	deal *deal
	by   Means
	lost bool
}

func (c *claim) side() side { return side{c.deal, c.by, c.lost != ""} }

func (f *candidates) add(claims []claim, c claim) []claim {
	if f.full && compareClaims(c, claims[MaxCandidates-1]) > 0 {
		f.countSide(&c)
		return claims
	}
	if claims = append(claims, c); len(claims) < maxHeld {
		return claims
	}
	if f.sides == nil {
		n := len(f.index.base.deals)
		if f.index.top != nil {
			n += len(f.index.top.deals)
		}
		f.sides = make([]uint8, n)
	}
	claims = f.rank(claims)
	f.full = len(claims) >= MaxCandidates
	return claims[:min(len(claims), MaxCandidates)]
}

// rank puts the claims in order, the strongest first, and leaves out those of a side that has a stronger one.
func (f *candidates) rank(claims []claim) []claim {
	if len(claims) < 2 && f.sides == nil { // as most orders have
		return claims
	}
	slices.SortStableFunc(claims, compareClaims)
	seen := make(map[side]bool, len(claims))
	claims = slices.DeleteFunc(claims, func(c claim) bool {
		at := c.side()
		if seen[at] {
			return true
		}
		seen[at] = true
		return false
	})
	if f.sides != nil {
		for n := range claims {
			f.countSide(&claims[n])
		}
	}
	return claims
}

// countSide counts a side that has not been counted.
func (f *candidates) countSide(c *claim) {
	bit := uint8(1)
	if c.by == ByUTM {
		bit <<= 1
	}
	if c.lost != "" {
		bit <<= 2
	}
	if s := &f.sides[c.number]; *s&bit == 0 {
		*s |= bit
		f.count++
	}
}

// strongest returns the claims that are listed, the strongest first, and how many there are besides.
func (f *candidates) strongest(claims []claim) (listed []claim, more int) {
	claims = f.rank(claims)
	if f.sides == nil {
		f.count = len(claims)
	}
	listed = claims[:min(len(claims), MaxCandidates)]
	return listed, f.count - len(listed)
}
