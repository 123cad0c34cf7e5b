package crm

import (
	"context"
	"slices"

	"github.com/google/uuid"

	"github.com/getklar/influencercrm/crm/internal/fieldpath"
)

// NamedRef is a record with the name by which people know it: of an import run its source.
type NamedRef struct {
	Ref
	Name string `json:"name"`
}

// Names returns the names of records of any kind, archived ones too, in the order of the refs and each once. Records
// that do not exist, or not any more, are left out. At most MaxNeed refs, without zero ids, are allowed.
func (s *Service) Names(ctx context.Context, ws WorkspaceID, refs []Ref) ([]NamedRef, error) {
	if err := checkNamed(refs); err != nil {
		return nil, err
	}
	return read(ctx, s, ws, "read names", func(ctx context.Context, r Reader) ([]NamedRef, error) {
		names, err := namesByRef(ctx, r, refs)
		if err != nil {
			return nil, err
		}
		named := make([]NamedRef, 0, len(names))
		for _, ref := range refs {
			if name, found := names[ref]; found {
				named = append(named, NamedRef{ref, name})
				delete(names, ref)
			}
		}
		return named, nil
	})
}

func checkNamed(refs []Ref) error {
	p := &problems{}
	if p.tooMany("refs", len(refs), MaxNeed, "records") {
		return p.result()
	}
	for at, ref := range refs {
		if !loadable(ref.Kind) && ref.Kind != KindWorkspace && ref.Kind != KindImportRun {
			p.add(fieldpath.Index("refs", at, "kind"), string(ref.Kind),
				"has no names; use workspace, member, campaign, influencer, cooperation or import run")
		}
		if ref.ID == uuid.Nil {
			p.add(fieldpath.Index("refs", at, "id"), ref.String(), "names no record; leave it out, or give its id")
		}
	}
	return p.result()
}

// namesByRef reads the names of the records that exist.
func namesByRef(ctx context.Context, r Reader, refs []Ref) (map[Ref]string, error) {
	names := make(map[Ref]string, len(refs))
	others := slices.DeleteFunc(slices.Clone(refs), func(ref Ref) bool { return !loadable(ref.Kind) })
	runs := idsIn[ImportRun](refs)
	// Without a question nothing would say that the workspace does not exist.
	if len(runs) == 0 && len(others) == 0 || slices.ContainsFunc(refs, func(ref Ref) bool { return ref.Kind == KindWorkspace }) {
		w, err := r.Workspace(ctx)
		if err != nil {
			return nil, err
		}
		names[w.Ref()] = w.Name
	}
	if len(others) > 0 {
		found, err := r.Load(ctx, Need{Refs: others})
		if err != nil {
			return nil, err
		}
		addNames(names, found.Members, func(m Member) string { return m.Name })
		addNames(names, found.Campaigns, func(c Campaign) string { return c.Name })
		addNames(names, found.Influencers, func(i Influencer) string { return i.Name })
		addNames(names, found.Cooperations, func(c Cooperation) string { return c.Name })
	}
	if len(runs) > 0 {
		found, err := r.ImportRuns().GetAll(ctx, runs)
		if err != nil {
			return nil, err
		}
		addNames(names, found, func(run ImportRun) string { return run.Source })
	}
	return names, nil
}

func addNames[R Record](to map[Ref]string, records []R, nameOf func(R) string) {
	for _, r := range records {
		to[r.Ref()] = nameOf(r)
	}
}
