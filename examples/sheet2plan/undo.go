package main

import (
	"bytes"
	"context"
	"errors"
	"os"
	"strconv"
	"strings"

	"github.com/getklar/influencercrm/crm"
)

// runUndo takes the last import back that still stands, and says what became of its records.
func runUndo(ctx context.Context, a arguments, out *bytes.Buffer) (err error) {
	if _, err := os.Stat(a.db); err != nil {
		return refuse("there is no database %q, and so nothing to take back: %w", a.db, err)
	}
	db, err := openDatabase(ctx, a)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	workspace, err := openWorkspace(ctx, crm.NewAdmin(db, nil), a.currency)
	if err != nil {
		return err
	}
	service := crm.New(db, nil)
	run, err := lastImport(ctx, service, workspace.ID)
	if err != nil {
		return err
	}
	done, err := service.UndoImport(ctx, workspace.ID, run.ID, "")
	switch {
	case err != nil:
		return err
	case a.json:
		return writeJSON(out, done)
	}
	out.WriteString(a.say("the import of %s at %s is taken back\n", run.Source, run.At.Format("2006-01-02 15:04 MST")))
	for _, each := range []struct {
		what    string
		records []crm.Ref
	}{{"  gone: %s\n", done.Deleted}, {"  as before: %s\n", done.Restored}} {
		if len(each.records) > 0 {
			out.WriteString(a.say(each.what, a.kinds(each.records)))
		}
	}
	for _, kept := range done.Kept {
		if kept.Record.Kind == crm.KindWorkspace {
			out.WriteString(a.say("  budgets of months stay: %s%s\n", kept.Why.In(a.lang), a.changedBy(kept)))
			continue
		}
		out.WriteString(a.say("  the %s %s stays: %s%s\n", a.say(string(kept.Record.Kind)), named(kept), kept.Why.In(a.lang), a.changedBy(kept)))
	}
	return nil
}

// named is what people call a record, else its id.
func named(kept crm.Kept) string {
	if kept.Name == "" {
		return kept.Record.IDString()
	}
	return strconv.Quote(kept.Name)
}

// changedBy says who has changed a record last and when, if anybody has.
func (a arguments) changedBy(kept crm.Kept) string {
	switch at := kept.At.Format("2006-01-02 15:04 MST"); {
	case kept.At.IsZero():
		return ""
	case kept.By == "":
		return a.say(", on %s", at)
	default:
		return a.say(", by %s on %s", kept.By, at)
	}
}

// kinds counts records by their kind: "240 cooperations, 64 influencers".
func (a arguments) kinds(records []crm.Ref) string {
	count := map[crm.Kind]int{}
	for _, r := range records {
		count[r.Kind]++
	}
	var parts []string
	for _, kind := range []crm.Kind{crm.KindCooperation, crm.KindInfluencer, crm.KindCampaign, crm.KindMember} {
		if n := count[kind]; n > 0 {
			parts = append(parts, a.counted(n, string(kind), string(kind)+"s"))
		}
	}
	if count[crm.KindWorkspace] > 0 { // an import changes nothing else of it
		parts = append(parts, a.say("budgets of months"))
	}
	return strings.Join(parts, ", ")
}

// lastImport is the newest import that is not taken back and that has changed something.
func lastImport(ctx context.Context, service *crm.Service, ws crm.WorkspaceID) (last crm.ImportRun, err error) {
	err = service.View(ctx, ws, func(ctx context.Context, r crm.Reader) error {
		o := crm.ListOptions{Desc: true, Brief: true}
		for {
			page, err := r.ImportRuns().List(ctx, crm.ImportRunFilter{Standing: true}, o)
			if err != nil {
				return err
			}
			for _, run := range page.Items {
				changed, err := hasChanged(ctx, r, run)
				if err != nil {
					return err
				}
				if changed {
					last = run
					return nil
				}
			}
			if o.Token = page.Next; o.Token == "" {
				return refuse("there is no import to take back")
			}
		}
	})
	return last, err
}

// hasChanged reports whether an import has changed anything: whether its units of work are in the log.
func hasChanged(ctx context.Context, r crm.Reader, run crm.ImportRun) (bool, error) {
	for _, unit := range run.Units {
		changes, err := r.Changes(ctx, crm.ChangeFilter{Unit: unit}, 1)
		if err != nil || len(changes) > 0 {
			return len(changes) > 0, err
		}
	}
	return false, nil
}
