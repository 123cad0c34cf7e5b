package attribution

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/sentence"
	"github.com/getklar/influencercrm/utm"
)

// MaxLinks is how many links one call checks.
const MaxLinks = 10_000

// PostedLink is a link as somebody posted it or means to, and the cooperation that it is for; zero where that is not
// known.
type PostedLink struct {
	Link string            `json:"link"`
	For  crm.CooperationID `json:"for,omitzero"`
}

// Link is what a link does to the visits that come through it.
type Link struct {
	PostedLink
	Verdict LinkVerdict `json:"verdict"`
	UTM     utm.Params  `json:"utm"` // what the shop reads of it
	// Decision says whom an order is credited to whose only visit came through the link, with all who have a claim to
	// it.
	Decision Decision `json:"decision"`
	// Faults are what is wrong with the link itself, in the order in which it should be mended; see FaultText.
	Faults []*utm.LinkError `json:"faults"`
	// Repaired is the link without those faults, where only one reading is left and it is another one than the link;
	// see utm.Repair. RepairedCredits is whom it credits.
	Repaired        string            `json:"repaired,omitzero"`
	RepairedCredits crm.CooperationID `json:"repaired_credits,omitzero"`
	// Findings explain a link that credits nobody, also when it is repaired: the cooperations that it comes nearest
	// to, each with the changes after which it credits them.
	Findings []Finding `json:"findings"`
	// Fixes are the changes of the repaired link and of its cooperation after which visits fit the cooperation that
	// the link is for. There are none if it is credited, if another one has a stronger claim to the same visits,
	// which the candidates of the decision tell, and if its UTM set claims no visits.
	Fixes []Fix `json:"fixes"`
	// Text says the verdict in a sentence.
	Text sentence.Sentence `json:"text"`
}

// LinkVerdict is what a person has to know of a link.
type LinkVerdict string

// The verdicts.
const (
	LinkCredits LinkVerdict = "credits" // the cooperation that it is for, or any where that is not known
	LinkNobody  LinkVerdict = "nobody"  // it credits no cooperation
	LinkOther   LinkVerdict = "other"   // it credits another cooperation than that which it is for
	// LinkBroken is a link with a fault because of which it credits nobody or not whom it should, leads nowhere, or
	// may be read as this or that.
	LinkBroken LinkVerdict = "broken"
)

// CheckLinks says what each of at most MaxLinks links does to visits on a day: whom they credit, what they come
// nearest to, and what is wrong with the link itself. A day that is not set, and too many links, are a
// crm.ErrInvalid, and the end of ctx is its error.
func (x *Index) CheckLinks(ctx context.Context, links []string, on budget.Date) ([]Link, error) {
	posted := make([]PostedLink, len(links))
	for n, link := range links {
		posted[n].Link = link
	}
	return x.CheckPosted(ctx, posted, on)
}

// CheckPosted is CheckLinks for links of which it is known for which cooperation they are. A cooperation that the
// index does not have is a crm.ErrNotFound.
func (x *Index) CheckPosted(ctx context.Context, links []PostedLink, on budget.Date) ([]Link, error) {
	if len(links) > MaxLinks {
		return nil, &crm.Error{Family: crm.ErrInvalid, Field: "links", Value: strconv.Itoa(len(links)),
			Problem: sentence.Of("at most %d links are checked at once", MaxLinks)}
	}
	if on.IsZero() {
		return nil, &crm.Error{Family: crm.ErrInvalid, Field: "on",
			Problem: sentence.Of("links are checked for the visits of a day; give one")}
	}
	for _, l := range links {
		if !l.For.IsZero() && x.deal(l.For) == nil {
			return nil, crm.RefTo(l.For).NotFound()
		}
	}
	all := make([]Link, len(links))
	for n, link := range links {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		checked, err := x.checkLink(ctx, link, on)
		if err != nil {
			return nil, err
		}
		all[n] = checked
	}
	return all, nil
}

func (x *Index) checkLink(ctx context.Context, link PostedLink, on budget.Date) (Link, error) {
	l := Link{PostedLink: link, Faults: linkFaults(link.Link), Findings: []Finding{}, Fixes: []Fix{}}
	l.Decision.Candidates = []Candidate{}
	noon := time.Date(on.Year(), on.Month().TimeMonth(), on.Day(), 12, 0, 0, 0, x.zone)
	visit := func(p utm.Params) Order { return Order{At: noon, Touchpoints: []Touchpoint{{UTM: p}}} }
	decide := func(p utm.Params) (Decision, error) {
		o := visit(p)
		var d Decision
		_, err := x.decide(ctx, &o, &d)
		return d, err
	}
	if len(l.Faults) > 0 && l.Faults[0].Kind == utm.TooLong { // no field of it can be read
		l.Verdict, l.Text = LinkBroken, x.verdictText(&l)
		return l, nil
	}
	var err error
	if l.UTM, err = utm.Parse(link.Link); err != nil {
		return Link{}, err
	}
	if l.Decision, err = decide(l.UTM); err != nil {
		return Link{}, err
	}
	repaired, certain := strings.TrimSpace(link.Link), true
	if len(l.Faults) > 0 {
		repaired, certain = utm.Repair(link.Link)
	}
	meant, _ := utm.Parse(repaired) // no longer than utm.MaxLinkLen, or it were not certain
	decision := l.Decision
	if certain && repaired != strings.TrimSpace(link.Link) {
		if decision, err = decide(meant); err != nil {
			return Link{}, err
		}
		l.Repaired, l.RepairedCredits = repaired, decision.Cooperation
	}
	if decision.Cooperation.IsZero() {
		if l.Findings, err = x.Nearest(ctx, visit(meant)); err != nil {
			return Link{}, err
		}
	}
	if d := x.deal(l.For); d != nil && d.UTM.Usable() && decision.Cooperation != d.ID {
		l.Fixes = append(x.linkFixes(d, meant), x.revive(d, on)...)
	}
	l.Verdict = l.verdict(certain)
	l.Text = x.verdictText(&l)
	return l, nil
}

// verdict judges a link by its decision, its faults and what its repair would do. certain is whether only one reading
// is left of it.
func (l *Link) verdict(certain bool) LinkVerdict {
	credited := l.Decision.Cooperation
	leadsNowhere := slices.ContainsFunc(l.Faults, func(f *utm.LinkError) bool { return f.Kind == utm.NoScheme })
	switch {
	case !certain || leadsNowhere || l.Repaired != "" && l.RepairedCredits != credited:
		return LinkBroken
	case credited.IsZero():
		return LinkNobody
	case !l.For.IsZero() && credited != l.For:
		return LinkOther
	}
	return LinkCredits
}

func (x *Index) verdictText(l *Link) sentence.Sentence {
	name := func(id crm.CooperationID) string { return x.Name(crm.RefTo(id)) }
	switch l.Verdict {
	case LinkCredits:
		return sentence.Of("credits %q", name(l.Decision.Cooperation))
	case LinkOther:
		return sentence.Of("credits %q, and is for %q", name(l.Decision.Cooperation), name(l.For))
	case LinkNobody:
		return sentence.Of("credits nobody: %s", l.whyNobody())
	}
	if l.RepairedCredits.IsZero() {
		return sentence.Of("is broken: %s", FaultText(l.Faults[0]))
	}
	return sentence.Of("is broken: %s; repaired, it credits %q", FaultText(l.Faults[0]), name(l.RepairedCredits))
}

// whyNobody is the best explanation of a link that credits nobody.
func (l *Link) whyNobody() sentence.Sentence {
	for _, f := range l.Findings {
		if l.For.IsZero() || f.Cooperation == l.For {
			return f.Text()
		}
	}
	if len(l.Faults) > 0 {
		return FaultText(l.Faults[0])
	}
	return sentence.Of("no cooperation has its UTM fields, or all but one of them")
}
