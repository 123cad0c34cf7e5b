package sidebyside_test

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/pressly/goose/v3"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/discount"
	"github.com/getklar/influencercrm/storage/soundness"
	"github.com/getklar/influencercrm/storage/storagetest"
)

// dottedRules are lists of rules whose keys were others in a program of schema 11, which kept the dot of an İ, with the keys
// of today. There each key of a list was another one.
var dottedRules = []struct {
	rules, want []string
}{
	{[]string{"equals İREM10"}, []string{"equals irem10"}},
	{[]string{"equals İREM10", "equals IREM10"}, []string{"equals irem10"}},
	{[]string{"equals İLKİM10", "equals İLKIM10"}, []string{"equals ilkim10"}},
	{[]string{"equals İLKİM10", "equals İLKIM10", "equals ILKİM10", "equals ILKIM10"}, []string{"equals ilkim10"}},
	{[]string{"equals İLKİM", "starts_with İLKIM", "starts_with ILKİM"}, []string{"equals ilkim", "starts_with ilkim"}},
	{[]string{"contains DİDİ", "contains DIDİ", "ends_with DİDİ"}, []string{"contains didi", "ends_with didi"}},
	{[]string{"equals I\u0327\u0307REM"}, []string{"equals i\u0327rem"}}, // a cedilla stands between the two
	{[]string{"equals İ\u0301REM", "equals ÍREM"}, []string{"equals írem"}},
	{[]string{"equals İ\u0307REM", "equals İREM"}, []string{"equals irem"}},
	{[]string{"equals RENÉ10"}, []string{"equals rené10"}},
}

// A database of schema 11 may have claims of which several become one, and others that the database itself cannot make anew.
// It is migrated all the same, whoever reads claims finds those of today, and the next write of a cooperation writes them.
func TestClaimsOfAnEarlierVersion(t *testing.T) {
	t.Parallel()
	onDatabases(t, func(p *planShop) {
		deals := p.withDottedRules()
		store := p.start()
		if ws, err := p.crm.Workspace(p.ctx, p.ws); err != nil || ws.CodeComparison != discount.Exact {
			p.Errorf("a workspace that was there compares %q: %v", ws.CodeComparison, err)
		}
		p.wantClaims(p.ctx, "after the migration", store.Reader(p.ws), deals)
		p.view(func(ctx context.Context, r crm.Reader) error {
			p.wantClaims(ctx, "in a view", r, deals)
			return soundness.Check(ctx, r)
		})
		found, err := p.crm.Conflicts(p.ctx, p.ws, crm.ConflictFilter{}, crm.ListOptions{Size: crm.MaxPageSize})
		if err != nil || len(found.Items) == 0 {
			p.Errorf("%d cooperations are in conflict: %v", len(found.Items), err)
		}

		errAfter := errors.New("after the claims were read")
		err = store.Update(p.ctx, p.ws, func(ctx context.Context, tx crm.Tx) error {
			p.wantClaims(ctx, "in a unit of work", tx, deals)
			return errAfter
		})
		if !errors.Is(err, errAfter) {
			p.Errorf("got error %v, want %v", err, errAfter)
		}
		old := p.storedKeys()
		store = p.start()
		p.edit("the first write")
		if now := p.storedKeys(); cmp.Equal(old, now) || strings.Contains(now, "\u0307") {
			p.Errorf("after a write the table has the keys\n%s", now)
		}
		p.wantClaims(p.ctx, "after a write", store.Reader(p.ws), deals)
		p.view(soundness.Check)
	})
}

// withDottedRules leaves the shop as a program of schema 11 does that has saved dottedRules, and returns their cooperations.
func (p *planShop) withDottedRules() []crm.CooperationID {
	p.Helper()
	var deals []crm.CooperationID
	var typed [][3]string // the pattern that stands for one, that one and its old key
	for n, of := range dottedRules {
		c := crm.Cooperation{Campaign: p.campaign.ID, Period: budget.Period{Start: budget.MustParseDate("2026-06-20")}}
		for at, rule := range of.rules {
			match, pattern, _ := strings.Cut(rule, " ")
			stands := fmt.Sprintf("stands%dfor%d", n, at)
			c.Rules = append(c.Rules, discount.Rule{Match: discount.Match(match), Pattern: stands})
			typed = append(typed, [3]string{stands, pattern, discount.Caseless(pattern)})
		}
		p.update(func(ctx context.Context, w *crm.Work) error {
			influencer, err := w.CreateInfluencer(ctx, crm.Influencer{Name: fmt.Sprintf("Influencer %d", n)})
			if err != nil {
				return err
			}
			c.Influencer = influencer.ID
			saved, err := w.CreateCooperation(ctx, c)
			deals = append(deals, saved.Cooperation.ID)
			return err
		})
	}
	if _, err := p.steps().DownTo(p.ctx, 11); err != nil {
		p.Fatal(err)
	}
	for _, of := range typed {
		p.past(fmt.Sprintf("UPDATE crm_cooperations SET details = replace(details, '%s', '%s')", of[0], of[1]))
		p.past(fmt.Sprintf("UPDATE crm_changes SET fields = replace(fields, '%s', '%s')", of[0], of[1]))
		p.past(fmt.Sprintf("UPDATE crm_claims SET claim_key = '%s' WHERE claim_key = '%s'", of[2], of[0]))
	}
	return deals
}

// steps goes up and down one migration at a time.
func (p *planShop) steps() *goose.Provider {
	p.Helper()
	store, err := p.open()
	if err != nil {
		p.Fatal(err)
	}
	defer store.Close()
	files := store.(interface{ Migrations() fs.FS }).Migrations()
	steps, err := goose.NewProvider(p.dialect, p.db, files, goose.WithTableName("crm_migrations"))
	if err != nil {
		p.Fatal(err)
	}
	return steps
}

// start is another start of the program.
func (p *planShop) start() storagetest.Backend {
	p.Helper()
	store, err := p.open()
	if err != nil {
		p.Fatalf("the program does not start: %v", err)
	}
	p.Cleanup(func() { store.Close() })
	p.crm = crm.New(store, nil)
	return store
}

// wantClaims checks that the cooperations of dottedRules have the claims of today.
func (p *planShop) wantClaims(ctx context.Context, when string, r crm.Reader, deals []crm.CooperationID) {
	p.Helper()
	claims, err := r.Claims(ctx, crm.ClaimFilter{})
	if err != nil {
		p.Errorf("%s: %v", when, err)
	}
	for n, of := range dottedRules {
		got := []string{}
		for _, c := range claims {
			if c.Cooperation == deals[n] && c.Kind != crm.ClaimUTM {
				got = append(got, string(c.Kind)+" "+c.Key)
			}
		}
		if d := cmp.Diff(of.want, got); d != "" {
			p.Errorf("%s: %q (-want +got):\n%s", when, of.rules, d)
		}
	}
}

// storedKeys are the keys that the table has.
func (p *planShop) storedKeys() string {
	p.Helper()
	rows, err := p.db.QueryContext(p.ctx, "SELECT kind, claim_key FROM crm_claims WHERE kind <> 'utm' ORDER BY 1, 2")
	if err != nil {
		p.Fatal(err)
	}
	defer rows.Close()
	var keys strings.Builder
	for rows.Next() {
		var kind, key string
		if err := rows.Scan(&kind, &key); err != nil {
			p.Fatal(err)
		}
		fmt.Fprintln(&keys, kind, key)
	}
	if err := rows.Err(); err != nil {
		p.Fatal(err)
	}
	return keys.String()
}
