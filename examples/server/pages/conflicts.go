package pages

import (
	"bytes"
	"context"
	"net/http"
	"slices"
	"strings"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/sentence"
	"github.com/getklar/influencercrm/discount"
)

func (p *Pages) conflicts(mux *http.ServeMux) {
	p.livePage(mux, "GET /w/{workspace}/conflicts", (*visit).conflictList)
}

// conflictPair is two cooperations of different influencers that would claim one order.
type conflictPair struct {
	crm.Conflict
	Cooperation crm.Cooperation
	Severity    string
	Word, Why   string

	RuleSaid, OtherSaid string // the rules in words, with the code as it was typed where that is known
}

// conflictData is what the page of conflicts shows.
type conflictData struct {
	Pairs    []conflictPair
	More     int // of the cooperations on the page, that are not listed
	Severity string
	Tabs     []option
	Next     string
}

// conflictList lists pairs in conflict. Each is shown once, with the cooperation that was made first.
func (v *visit) conflictList() (answer, error) {
	if err := v.takesOnly("severity", "token"); err != nil {
		return nil, err
	}
	q := v.URL.Query()
	least, err := asked(q, "severity", func(text string) (s discount.Severity, err error) { return s, s.UnmarshalText([]byte(text)) })
	if err != nil {
		return nil, err
	}
	if least == discount.NoConflict {
		least = discount.Certain
	}
	d := conflictData{Severity: least.String(), Tabs: []option{
		{discount.Blocking.String(), v.say("Only blocking ones"), false},
		{discount.Certain.String(), v.say("All certain ones"), false},
		{discount.Loose.String(), v.say("Those in some shops too"), false},
	}}
	for n := range d.Tabs {
		d.Tabs[n].Selected = d.Tabs[n].Value == d.Severity
	}
	// Of an archived cooperation the days before count, and so it may be the first of a pair.
	f := crm.ConflictFilter{CooperationFilter: crm.CooperationFilter{Archive: crm.ActiveOrNot}, Severity: least}
	o := crm.ListOptions{Size: pageSize, Token: q.Get("token")}
	for len(d.Pairs) == 0 { // the later ones of all pairs may fill a page
		page, err := v.crm.Conflicts(v.Context(), v.ws.ID, f, o)
		if err != nil {
			return nil, err
		}
		for _, in := range page.Items {
			d.More += in.Conflicts.More
			for _, c := range in.Conflicts.List {
				if c.Severity >= least && bytes.Compare(in.Cooperation.ID[:], c.Other[:]) < 0 {
					d.Pairs = append(d.Pairs, conflictPair{
						Conflict: c, Cooperation: in.Cooperation, Severity: c.Severity.String(), Word: v.severity(c.Severity),
						Why: c.Why(v.ws.CodeComparison).Spoken(v.face.Lang), RuleSaid: v.face.rule(c.Rule, in.Cooperation.Rules),
					})
				}
			}
		}
		o.Token = page.Next
		if d.Next = v.nextPage(page.Next); d.Next == "" {
			break
		}
	}
	var others []crm.Conflict
	for _, pair := range d.Pairs {
		others = append(others, pair.Conflict)
	}
	rules, err := v.rulesOfOthers(others)
	if err != nil {
		return nil, err
	}
	for n := range d.Pairs {
		pair := &d.Pairs[n]
		pair.OtherSaid = v.face.rule(pair.OtherRule, rules[pair.Other])
		pair.Witness = asTyped(pair.Witness, slices.Concat(pair.Cooperation.Rules, rules[pair.Other]))
	}
	return view{page: "conflicts", title: v.say("Conflicts"), data: d}, nil
}

// rulesOfOthers are the rules of the others in conflicts, as they were typed. Another one that is gone has none.
func (v *visit) rulesOfOthers(all []crm.Conflict) (map[crm.CooperationID][]discount.Rule, error) {
	rules := map[crm.CooperationID][]discount.Rule{}
	var ids []crm.CooperationID
	for _, c := range all {
		if _, known := rules[c.Other]; !known && c.OtherRule != "" {
			rules[c.Other] = nil
			ids = append(ids, c.Other)
		}
	}
	if len(ids) == 0 {
		return rules, nil
	}
	err := v.crm.View(v.Context(), v.ws.ID, func(ctx context.Context, r crm.Reader) error {
		for some := range slices.Chunk(ids, crm.MaxNeed) {
			found, err := r.Cooperations().GetAll(ctx, some)
			if err != nil {
				return err
			}
			for _, c := range found {
				rules[c.ID] = c.Rules
			}
		}
		return nil
	})
	return rules, err
}

// asTyped is a code in normal form as one of some rules has it.
func asTyped(code string, rules []discount.Rule) string {
	for _, r := range rules {
		if r.Key() == code {
			return r.Pattern
		}
	}
	return code
}

// rule says a rule that a conflict names by its normal form, "equals cr9", as one of the typed rules has it: ist gleich CR9.
func (f *face) rule(text string, typed []discount.Rule) string {
	for _, m := range discount.Matches() {
		key, ok := strings.CutPrefix(text, sentence.MatchWord(m).String()+" ")
		if !ok {
			continue
		}
		return f.ruleWords(discount.Rule{Match: m, Pattern: asTyped(key, typed)})
	}
	return text
}

// ruleWords say a rule: "starts with PAM".
func (f *face) ruleWords(r discount.Rule) string { return sentence.Of("%s", r).In(f.Lang) }

// severity is the word for how sure a conflict is.
func (v *visit) severity(s discount.Severity) string {
	switch s {
	case discount.Blocking:
		return v.say("Blocking")
	case discount.Certain:
		return v.say("Certain")
	case discount.Possible:
		return v.say("Possible")
	default:
		return v.say("In some shops")
	}
}
