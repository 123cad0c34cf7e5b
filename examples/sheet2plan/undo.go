package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"strings"

	"github.com/getklar/influencercrm/crm"
)

// runUndo takes the last import back that still stands, and says what became of its records.
func runUndo(ctx context.Context, a arguments, out *bytes.Buffer) (err error) {
	if _, err := os.Stat(a.db); err != nil {
		return fmt.Errorf("there is no database %q, and so nothing to take back: %w", a.db, err)
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
	if len(done.Deleted)+len(done.Restored)+len(done.Kept) == 0 {
		out.WriteString(a.say("  it had changed nothing; -undo again takes the import before it back\n"))
	}
	for _, kept := range done.Kept {
		out.WriteString(a.say("  %s stays: %s\n", kept.Record, kept.Why.In(a.lang)))
	}
	return nil
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
	return strings.Join(parts, ", ")
}

// lastImport is the newest import that is not taken back.
func lastImport(ctx context.Context, service *crm.Service, ws crm.WorkspaceID) (last crm.ImportRun, err error) {
	err = service.View(ctx, ws, func(ctx context.Context, r crm.Reader) error {
		o := crm.ListOptions{Desc: true}
		for {
			page, err := r.ImportRuns().List(ctx, crm.ImportRunFilter{}, o)
			if err != nil {
				return err
			}
			for _, run := range page.Items {
				if run.UndoneAt.IsZero() {
					last = run
					return nil
				}
			}
			if o.Token = page.Next; o.Token == "" {
				return errors.New("there is no import to take back")
			}
		}
	})
	return last, err
}
