package sidebyside_test

import (
	"bytes"
	"testing"

	"pgregory.net/rapid"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/storage/soundness"
	"github.com/getklar/influencercrm/storage/transfer"
)

// Whatever was done through Service, a copy of the workspace in another store, and one that went through a file, have the
// same to say about the present and the past.
func TestTransferSideBySide(t *testing.T) {
	t.Parallel()
	ways := map[string]func(*pair, transfer.Store, transfer.Store){"copied": (*pair).copied, "through a file": (*pair).throughFile}
	for name, other := range stores(t) {
		for way, move := range ways {
			if way == "through a file" && name == "postgres" {
				continue // the file is the same, and so is what writes it
			}
			t.Run(way+" to "+name, func(t *testing.T) {
				t.Parallel()
				from, aside, n := inMemory(), inMemory(), 0
				if way == "through a file" {
					n = 1 << 16 // both ways end in one store, whose workspaces have their numbers
				}
				rapid.Check(t, func(t *rapid.T) {
					n++
					p := newPair(t, n, from, aside)
					p.begin()
					for range rapid.IntRange(1, 4).Draw(t, "units") {
						p.work()
					}
					move(p, from, other)
					moved := *p
					moved.b = side{admin: crm.NewAdmin(other, nil), crm: crm.New(other, p.options()), ws: p.a.ws}
					if err := moved.b.crm.View(p.ctx, p.a.ws, soundness.Check); err != nil {
						t.Fatalf("the copy contradicts itself: %v", err)
					}
					moved.compare()
					moved.comparePast()
					moved.end()
				})
			})
		}
	}
}

func (p *pair) copied(from, to transfer.Store) {
	o := &transfer.Options{EntriesPerUnit: rapid.IntRange(1, 20).Draw(p.T, "entries per unit")}
	if _, err := transfer.Copy(p.ctx, from, to, p.a.ws, o); err != nil {
		p.Fatalf("copy: %v", err)
	}
}

func (p *pair) throughFile(from, to transfer.Store) {
	var file bytes.Buffer
	if _, err := transfer.Export(p.ctx, from, p.a.ws, &file, nil); err != nil {
		p.Fatalf("export: %v", err)
	}
	if _, err := transfer.Import(p.ctx, to, &file, nil); err != nil {
		p.Fatalf("import: %v", err)
	}
}
