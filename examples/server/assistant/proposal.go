package assistant

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/modelcontextprotocol/go-sdk/mcp"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/sentence"
	"github.com/getklar/influencercrm/examples/server/refusal"
	"github.com/getklar/influencercrm/examples/server/state"
)

// Proposals keeps what was proposed, for all processes of a server; see state.DB.
type Proposals interface {
	AddProposal(ctx context.Context, p state.Proposal, now time.Time) error
	Proposal(ctx context.Context, ws crm.WorkspaceID, id uuid.UUID) (state.Proposal, error)
	SetApplied(ctx context.Context, ws crm.WorkspaceID, id, unit uuid.UUID) error
}

const (
	// proposalLife is how long a person has time to agree.
	proposalLife = time.Hour
	// maxChanges is how many changes of records a proposal makes: it shows all of them.
	maxChanges = 100
)

// shown is what applying a proposal does, whole.
type shown struct {
	Changes   []shownChange `json:"changes"`
	Notices   []crm.Notice  `json:"notices,omitzero"`
	Conflicts []inConflict  `json:"conflicts,omitzero"`
}

type shownChange struct {
	Record crm.Ref        `json:"record"`
	Kind   crm.ChangeKind `json:"kind"`
	inWords
	Fields []crm.FieldChange `json:"fields"`
}

// digest names what is shown: all changes of fields, but for the times of the log.
func (s shown) digest() (string, error) {
	plain := make([]shownChange, len(s.Changes))
	for n, c := range s.Changes {
		plain[n] = shownChange{Record: c.Record, Kind: c.Kind, Fields: c.Fields}
	}
	doc, err := json.Marshal(plain)
	sum := sha256.Sum256(doc)
	return hex.EncodeToString(sum[:]), err
}

// perform makes the steps in a unit of work, and says what they did.
func perform(ctx context.Context, w *crm.Work, steps []step, reason string) (s shown, all []crm.Change, err error) {
	for n, step := range steps {
		did, err := step.do(ctx, w, reason)
		if err != nil {
			return s, nil, step.inProposal(n, err)
		}
		s.Notices = append(s.Notices, did.notices...)
		if len(did.conflicts.Conflicts) > 0 {
			s.Conflicts = append(s.Conflicts, did.conflicts)
		}
	}
	if all, err = w.Log(ctx, 0, maxChanges+1); err != nil {
		return s, nil, err
	}
	switch {
	case len(all) == 0:
		return s, nil, refusal.Invalid("steps", "", sentence.Of("change nothing: all is as they want it already"))
	case len(all) > maxChanges:
		return s, nil, refusal.Invalid("steps", "", sentence.Of("would change more than %d records; propose fewer at once", maxChanges))
	}
	for _, c := range all {
		kept := []crm.FieldChange{}
		for _, f := range c.Fields {
			if f.Field != "created_at" && f.Field != "changed_at" {
				kept = append(kept, f)
			}
		}
		s.Changes = append(s.Changes, shownChange{Record: c.Record, Kind: c.Kind, Fields: kept})
	}
	return s, all, nil
}

// proposed is an answer that shows a proposal.
type proposed struct {
	Proposal  uuid.UUID `json:"proposal"`
	Digest    string    `json:"digest"`
	ExpiresAt time.Time `json:"expires_at"`
	shown
}

func proposeChange() (tool, error) {
	type asked struct {
		place
		Steps  []step `json:"steps" jsonschema:"The changes, at most 50, made one after the other, all of them or none. Each record once."`
		Reason string `json:"reason,omitzero" jsonschema:"Why, for the log. Some changes need one, such as unsigning."`
	}
	return writing("propose_change", "Propose a change",
		"Tries a change, shows all that it would do, and keeps it for an hour. Nothing is changed yet. Show the person what comes back, "+
			"and call apply_proposal with its proposal and digest only after the person has agreed.",
		mcp.ToolAnnotations{DestructiveHint: new(false)},
		func(c *call[asked]) (answer, error) {
			if n := len(c.args.Steps); n == 0 || n > maxSteps {
				return answer{}, refusal.Invalid("steps", fmt.Sprint(n), sentence.Of("must be 1 to %d steps", maxSteps))
			}
			now := c.crm.Now()
			p := state.Proposal{
				ID: newID(), Workspace: c.ws, Reason: c.args.Reason, ExpiresAt: now.Add(proposalLife).UTC().Truncate(time.Second),
			}
			steps := make([]step, len(c.args.Steps))
			for n, s := range c.args.Steps {
				steps[n] = s.withIDs(newID)
			}
			var (
				would shown
				all   []crm.Change
			)
			err := c.crm.As(c.actor(c.ctx)).DryRun().Update(c.ctx, c.ws, func(ctx context.Context, w *crm.Work) (err error) {
				would, all, err = perform(ctx, w, steps, c.args.Reason)
				return err
			})
			if err != nil {
				return answer{}, err
			}
			if err := c.tellIn(would, all); err != nil {
				return answer{}, err
			}
			if p.Digest, err = would.digest(); err != nil {
				return answer{}, err
			}
			if p.Steps, err = json.Marshal(steps); err != nil {
				return answer{}, err
			}
			done := answer{
				fmt.Sprintf("Proposed until %s: %s. Nothing is changed yet.", p.ExpiresAt.Format(time.RFC3339), counted(len(would.Changes), "change")),
				proposed{p.ID, p.Digest, p.ExpiresAt, would},
			}
			// What is too long to be shown is not kept either.
			if _, err := document(outcome{answer: done}, nil); err != nil {
				return answer{}, err
			}
			return done, c.options.Proposals.AddProposal(c.ctx, p, now)
		})
}

// newID makes ids that sort by time, as those of the library do.
func newID() uuid.UUID { return uuid.Must(uuid.NewV7()) } // fails only without a source of randomness

// tellIn puts what is shown into words.
func (c *call[P]) tellIn(s shown, all []crm.Change) error {
	said, err := tell(c.ctx, c.crm, c.ws, all)
	for n := range said {
		s.Changes[n].inWords = said[n]
	}
	return err
}

// applied is the outcome of a proposal.
type applied struct {
	Proposal uuid.UUID `json:"proposal"`
	Unit     uuid.UUID `json:"unit"` // by which undo_unit takes it back
	Seq      crm.Seq   `json:"seq,omitzero"`
}

func applyProposal() (tool, error) {
	type asked struct {
		place
		Proposal uuid.UUID `json:"proposal" jsonschema:"The id of the proposal."`
		Digest   digest    `json:"digest" jsonschema:"Its digest, which stands for what was shown."`
	}
	return writing("apply_proposal", "Apply a proposal",
		"Makes the change that propose_change has shown, exactly as shown, or refuses if it would come out differently now. "+
			"Call it only after the person has agreed. It is one unit of work, which undo_unit takes back; a second call does nothing more.",
		mcp.ToolAnnotations{DestructiveHint: new(true), IdempotentHint: true},
		func(c *call[asked]) (answer, error) {
			p, err := c.agreed(c.args.Proposal, string(c.args.Digest))
			if err != nil {
				return answer{}, err
			}
			if p.Unit != uuid.Nil {
				return answer{"It was applied before, and not again.", applied{Proposal: p.ID, Unit: p.Unit}}, nil
			}
			done, err := c.apply(p)
			if err != nil {
				return answer{}, err
			}
			// The change is made. If this fails, a second call is refused, because the records are at other versions.
			if err := c.options.Proposals.SetApplied(context.WithoutCancel(c.ctx), c.ws, p.ID, done.Unit); err != nil {
				c.options.Logger.ErrorContext(c.ctx, "a proposal was applied and is not noted as that",
					"proposal", p.ID, "unit", done.Unit, "error", err)
			}
			return answer{"Applied as shown. undo_unit takes it back.", applied{p.ID, done.Unit, done.Seq}}, nil
		})
}

// digest is a SHA-256 in hex.
type digest string

// agreed is the proposal that a caller names by what was shown.
func (c *call[P]) agreed(id uuid.UUID, digest string) (state.Proposal, error) {
	p, err := c.options.Proposals.Proposal(c.ctx, c.ws, id)
	switch {
	case err != nil:
		return p, err
	case p.Digest != digest:
		return p, refusal.Invalid("digest", digest, sentence.Of("is not the one that propose_change has answered with for this proposal"))
	case p.Unit == uuid.Nil && !c.crm.Now().Before(p.ExpiresAt):
		return p, outdated("it has expired; propose the change again")
	}
	return p, nil
}

// apply makes a proposed change if it comes out as it was shown.
func (c *call[P]) apply(p state.Proposal) (done crm.Done, err error) {
	var steps []step
	if err := json.Unmarshal(p.Steps, &steps); err != nil {
		return done, fmt.Errorf("read proposal %s: %w", p.ID, err)
	}
	err = c.crm.As(c.actor(c.ctx)).Noting(&done).Named("apply proposal").Update(c.ctx, c.ws, func(ctx context.Context, w *crm.Work) error {
		now, _, err := perform(ctx, w, steps, p.Reason)
		if err != nil {
			return err
		}
		if is, err := now.digest(); err != nil || is != p.Digest {
			return errors.Join(err, outdated("it would come out differently now, because the workspace has changed; propose the change again"))
		}
		return nil
	})
	return done, err
}

func outdated(problem string) error {
	return &crm.Error{Family: crm.ErrConflict, Field: "proposal", Problem: sentence.Of(problem)}
}
