package sheetimport

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"hash"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/google/uuid"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/sentence"
	"github.com/getklar/influencercrm/sheetimport/sheet"
)

// A digest names a plan: "SEED.DAY.SUM". The seed is what the ids of its new records are made of, the day is that of the
// import, and the sum is over the sheet, the options, the mapping and what becomes of each row. So another process, which
// has the file and the digest, makes the same plan or finds out that it cannot.

// ApplyFile carries out a plan that another process has made, or this one before it was started again: of the same file
// and with the same tables of budgets and options. The digest is Plan.Digest. If the file, the options or the workspace
// have changed so that the plan comes out differently, the error is an [ErrPlanOutdated], and nothing is written.
// Otherwise it is [Importer.Apply].
func (i *Importer) ApplyFile(ctx context.Context, ws crm.WorkspaceID, source sheet.Source, digest string,
	budgets ...sheet.Source) (crm.ImportRun, error) {
	earlier, err := parseDigest(digest)
	if err != nil {
		return crm.ImportRun{}, err
	}
	in, err := i.readInput(ctx, source, budgets)
	if err != nil {
		return crm.ImportRun{}, err
	}
	var plan *Plan
	err = i.service.View(ctx, ws, func(ctx context.Context, r crm.Reader) error {
		plan, err = i.plan(ctx, r, ws, in, earlier)
		return err
	})
	if err != nil {
		return crm.ImportRun{}, err
	}
	if plan.Digest != digest {
		return crm.ImportRun{}, fmt.Errorf("import of %s: %w", plan.Source, ErrPlanOutdated)
	}
	return i.Apply(ctx, plan)
}

// parseDigest returns what of an earlier plan its digest holds.
func parseDigest(digest string) (*Plan, error) {
	bad := sentence.Errorf("%q is no digest of a plan; take that of Plan.Digest", crm.Shorten(digest))
	parts := strings.Split(digest, ".")
	if len(parts) != 3 {
		return nil, bad
	}
	seed, err := uuid.Parse(parts[0])
	if err != nil {
		return nil, bad
	}
	day, err := budget.ParseDate(parts[1])
	if err != nil {
		return nil, bad
	}
	return &Plan{seed: seed, today: day}, nil
}

// digestOf is the digest of a plan.
func (i *Importer) digestOf(p *Plan) (string, error) {
	s := summer{hash: sha256.New()}
	s.texts(string(i.options.Status), strconv.Itoa(int(i.options.DateOrder)), strconv.Itoa(int(i.options.DecimalStyle)),
		strconv.FormatBool(i.options.FillDown), p.Source, p.HeaderKey, string(p.seen.currency))
	mapping, err := json.Marshal(p.Mapping)
	if err != nil {
		return "", fmt.Errorf("mapping: %w", err)
	}
	values, err := json.Marshal(i.options.Values)
	if err != nil {
		return "", fmt.Errorf("values: %w", err)
	}
	s.texts(string(mapping), string(values))
	for _, table := range p.input.all() {
		s.table(table)
	}
	s.account(p.Counts, p.Rows)
	for _, t := range p.Budgets {
		s.texts(t.Source, string(t.Of))
		s.account(t.Counts, t.Rows)
	}
	if err := s.writes(&p.writes); err != nil {
		return "", err
	}
	s.flush()
	return fmt.Sprintf("%s.%s.%s", p.seed, p.today, hex.EncodeToString(s.hash.Sum(nil))), nil
}

// table hashes the cells of a sheet.
func (s *summer) table(t *sheet.Table) {
	s.texts(t.Name, strconv.FormatBool(t.Date1904))
	s.number(len(t.Rows))
	for _, row := range t.Rows {
		s.number(len(row.Cells))
		for _, c := range row.Cells {
			if s.texts(c.Text); c.Raw != nil {
				s.texts(string(c.Raw.Kind), c.Raw.Value, c.Raw.Currency)
			}
		}
	}
}

// account hashes what becomes of each row.
func (s *summer) account(counts map[Verdict]int, rows []PlannedRow) {
	for _, verdict := range slices.Sorted(maps.Keys(counts)) {
		s.texts(string(verdict))
		s.number(counts[verdict])
	}
	s.number(len(rows))
	for _, row := range rows {
		s.number(row.Row)
		s.texts(string(row.Verdict))
		s.number(row.Of)
		if !row.Cooperation.IsZero() {
			s.texts(row.Cooperation.String())
		}
		s.remarks(row.Problems)
		s.remarks(row.Notices)
		s.number(len(row.Changes))
		for _, c := range row.Changes {
			s.texts(string(c.Record), c.ID, c.Field, c.From, c.To)
		}
	}
}

// summer hashes values so that no two lists of them are hashed alike.
type summer struct {
	hash   hash.Hash
	buffer []byte
}

func (s *summer) number(n int) {
	s.buffer = append(strconv.AppendInt(s.buffer, int64(n), 10), 0)
	if len(s.buffer) > 1<<14 {
		s.flush()
	}
}

func (s *summer) texts(texts ...string) {
	for _, text := range texts {
		s.number(len(text))
		s.buffer = append(s.buffer, text...)
	}
}

// writes hashes which records are written and named. What rows say of them does not tell: a name may have passed to another
// record since.
func (s *summer) writes(w *writes) error {
	for _, m := range w.members {
		s.texts(m.ID.String())
	}
	for _, c := range w.campaigns {
		s.texts(c.ID.String())
	}
	s.number(len(w.months))
	for _, m := range w.months {
		s.texts(m.month.String(), m.amount.String())
	}
	s.number(len(w.changedCampaigns))
	for _, c := range w.changedCampaigns {
		s.texts(c.ID.String(), c.Budget.String(), c.RevenueTarget.String(), c.Period.Start.String(), c.Period.End.String())
	}
	for _, influencers := range [][]crm.Influencer{w.newInfluencers, w.changedInfluencers} {
		s.number(len(influencers))
		for _, i := range influencers {
			profiles, err := json.Marshal(i.Profiles) // with the defaults that they get, which no row says
			if err != nil {
				return fmt.Errorf("profiles: %w", err)
			}
			s.texts(i.ID.String(), string(profiles))
		}
	}
	for _, r := range w.rows {
		s.number(r.index)
		s.texts(r.influencer.String(), r.campaign.String(), r.member.String())
		if c := r.cooperation; c != nil {
			s.texts(c.ID.String(), c.Campaign.String(), c.Influencer.String(), c.Profile.String(), c.Responsible.String())
		}
	}
	return nil
}

func (s *summer) flush() {
	_, _ = s.hash.Write(s.buffer) // a hash takes everything
	s.buffer = s.buffer[:0]
}

func (s *summer) remarks(all []Remark) {
	s.number(len(all))
	for _, m := range all {
		s.texts(m.Code, m.Column, m.Value, m.Message.String())
	}
}

// seededIDs makes the ids of the new records of a plan: of version 7, in the order in which they are given out, with the
// time of the seed, a counter, and 48 bits that follow from the seed.
func seededIDs(seed uuid.UUID) idMaker {
	n := 0
	return func(crm.Kind, ...string) uuid.UUID {
		sum := sha256.Sum256(append(seed[:], strconv.Itoa(n)...))
		id := seed
		id[6], id[7] = 0x70|byte(n>>22&0x0f), byte(n>>14)
		id[8], id[9] = 0x80|byte(n>>8&0x3f), byte(n)
		copy(id[10:], sum[:6])
		n++
		return id
	}
}
