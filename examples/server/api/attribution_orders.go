package api

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"github.com/getklar/influencercrm/examples/server/orderfile"
	"io"
	"iter"
	"net/http"
	"os"
	"reflect"
	"slices"
	"strings"
	"time"

	"golang.org/x/text/language"

	"github.com/getklar/influencercrm/crm/attribution"
	"github.com/getklar/influencercrm/crm/web"
	"github.com/getklar/influencercrm/examples/server/openapi"
)

// detail is how much is told of each decision.
type detail string

// The levels of detail.
const (
	detailFull  detail = "full"
	detailShort detail = "short" // without the candidates
)

// jsonLines is the media type of an answer that comes line by line.
const jsonLines = "application/x-ndjson"

// maxCandidates is how many candidates an answer that is one document lists, of all decisions together.
const maxCandidates = 100_000

type orderParams struct {
	orderfile.File
	moment
	// Detail is how much is told of each decision; full if it is not given. A short one counts its candidates and lists none.
	Detail detail `json:"detail,omitzero"`
	// Totals are the axes by which orders are added up; none if none is given.
	Totals []attribution.Axis `json:"totals,omitzero"`
}

// attributed is an answer that is one document.
type attributed struct {
	orderfile.Results
	// Decisions are those of the orders, in their order; a refund comes after the order that it takes back. Beyond 100,000
	// candidates in one answer, the others are only counted.
	Decisions    []attribution.Decision `json:"decisions"`
	Failures     []orderfile.Failure    `json:"failures"`
	MoreFailures int                    `json:"more_failures,omitzero"` // that are not listed
}

// attributing is an operation whose answer is one document, or one line for each order.
func attributing(o Operation) Operation {
	o = posting(o)
	o.Description += "\n\nWith `Accept: " + jsonLines + "` the answer comes line by line, each an object with one field: " +
		"a `decision` or a `failure` for each order, then `results`. Without `results` the answer is not whole; a `problem` then says why."
	o.Answers[0].Content = &openapi.Content{Type: reflect.TypeFor[attributed](), Media: []string{jsonLines}}
	return o
}

func (t *attributor) orders(c *call[orderParams]) (any, error) {
	p := c.params
	if p.Detail != "" && p.Detail != detailFull && p.Detail != detailShort {
		return nil, noDetail(p.Detail)
	}
	x, free, err := indexAt(t, c, p.moment)
	if err != nil {
		return nil, err
	}
	defer free()
	sums, err := orderfile.NewTally(x, p.Totals, t.rates)
	if err != nil {
		return nil, err
	}
	all, err := orderfile.Read(c.ctx(), c.request.Body, p.File, x.Workspace())
	if err != nil {
		return nil, err
	}
	most := 0
	if p.Detail != detailShort {
		most = attribution.MaxCandidates
	}
	decided := decideAll(c.ctx(), sums, all, web.Language(c.request), most)
	if slices.ContainsFunc(c.request.Header.Values("Accept"), func(accept string) bool { return strings.Contains(accept, jsonLines) }) {
		lines := orderLines{decided, sums}
		if p.isNow() {
			return lines, nil
		}
		return lines.spool(t.tempDir, web.Language(c.request))
	}
	return oneDocument(decided, sums, web.Language(c.request))
}

// decideAll decides orders and adds them up. It yields a decision or a failure for each, and at last an error if it had to
// break off.
func decideAll(ctx context.Context, sums *orderfile.Tally, all orderfile.Orders, lang language.Tag, candidates int) (
	_ iter.Seq2[orderLine, error],
) {
	return func(yield func(orderLine, error) bool) {
		for d, err := range sums.Decide(ctx, all) {
			if err == nil {
				err = sums.Add(ctx, d)
			}
			if ctx.Err() != nil {
				yield(orderLine{}, ctx.Err())
				return
			}
			var line orderLine
			if err != nil {
				f := orderfile.FailureOf(d.Order.ID, err, lang)
				line.Failure = &f
				sums.Failed++
			} else {
				shorten(&d.Decision, candidates)
				line.Decision = &d.Decision
			}
			if !yield(line, nil) {
				return
			}
		}
	}
}

// shorten leaves some candidates of a decision, and counts the others.
func shorten(d *attribution.Decision, candidates int) {
	if over := len(d.Candidates) - candidates; over > 0 {
		d.Candidates, d.More = d.Candidates[:candidates], d.More+over
	}
}

func oneDocument(lines iter.Seq2[orderLine, error], sums *orderfile.Tally, lang language.Tag) (attributed, error) {
	a := attributed{Decisions: []attribution.Decision{}, Failures: []orderfile.Failure{}}
	left := maxCandidates
	for line, err := range lines {
		switch {
		case err != nil:
			return attributed{}, err
		case line.Decision != nil:
			shorten(line.Decision, left)
			left -= len(line.Decision.Candidates)
			a.Decisions = append(a.Decisions, *line.Decision)
		case len(a.Failures) == orderfile.MaxListed:
			a.MoreFailures++
		default:
			a.Failures = append(a.Failures, *line.Failure)
		}
	}
	a.Results = sums.Result(lang)
	return a, nil
}

// orderLine is a line of an answer that comes line by line. It has one of these.
type orderLine struct {
	Decision *attribution.Decision `json:"decision,omitempty"`
	Failure  *orderfile.Failure    `json:"failure,omitempty"`
	Results  *orderfile.Results    `json:"results,omitempty"`
	Problem  *web.Problem          `json:"problem,omitempty"`
}

// orderLines is an answer that comes line by line, so that nothing of it has to be kept but the index.
type orderLines struct {
	lines iter.Seq2[orderLine, error]
	sums  *orderfile.Tally
}

// ServeHTTP implements http.Handler.
func (a orderLines) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	connection := http.NewResponseController(w)
	if deadline, ok := r.Context().Deadline(); ok && connection.SetWriteDeadline(deadline) == nil {
		// A client that does not read cannot keep the answer for ever; the next request on its connection is another matter.
		defer func() { _ = connection.SetWriteDeadline(time.Time{}) }()
	}
	w.Header().Set("Content-Type", jsonLines)
	if a.write(w, web.Language(r)) == nil {
		_ = connection.Flush() // a client that is gone does not hear of it
	}
}

// spool writes the answer to disk, so that a client that reads slowly does not keep an index of the past.
func (a orderLines) spool(dir string, lang language.Tag) (*spooled, error) {
	disk, err := os.CreateTemp(dir, "crm-orders-*")
	if err != nil {
		return nil, fmt.Errorf("attribute orders: %w", err)
	}
	s := &spooled{disk: disk, media: jsonLines}
	if err := a.write(disk, lang); err != nil {
		s.remove()
		return nil, fmt.Errorf("attribute orders: %w", err)
	}
	return s, nil
}

func (a orderLines) write(w io.Writer, lang language.Tag) error {
	out := bufio.NewWriter(w)
	encoder := json.NewEncoder(out)
	last := orderLine{}
	for line, err := range a.lines {
		if err != nil {
			problem := web.ProblemOf(err, lang)
			last.Problem = &problem
			break
		}
		if err := encoder.Encode(line); err != nil {
			return err
		}
	}
	if last.Problem == nil {
		sums := a.sums.Result(lang)
		last.Results = &sums
	}
	if err := encoder.Encode(last); err != nil {
		return err
	}
	return out.Flush()
}
