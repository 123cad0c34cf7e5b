package pages

import (
	"cmp"
	"context"
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/getklar/influencercrm/crm"
)

// bulkData is what the page about a change of many records shows.
type bulkData struct {
	Rows         []bulkRow
	Done, All    int    // how many are as wanted, and how many there are
	Hidden       int    // how many have no row
	Nothing      string // why nothing was done at all
	Back         string
	ListOutdated bool   // what the list selects is not what it was
	Again        []pair // what the form has sent, for those that were not changed; nil where sending it again would change nothing
	Reason, Tags string // what was typed, which the form for that shows
}

// pair is an input of a form.
type pair struct{ Name, Value string }

// bulkRow is the outcome for one record.
type bulkRow struct {
	Name, Link string
	Problem    string // why it was not changed; empty if it is as wanted
}

// maxOutcomes is how many results a page lists; those that failed come first.
const maxOutcomes = 500

// errOutdated ends a change of all that a list selects, if that is not what the visitor has seen.
var errOutdated = errors.New("the list selects other records than it did")

// bulkAnswer tells what became of each record, or leads back to the list if all went well.
func (v *visit) bulkAnswer(list string, f *form, all crm.Bulk, err error) (answer, error) {
	d := bulkData{Back: v.back(list)}
	v.shows(d.Back)
	switch {
	case errors.Is(err, errOutdated):
		d.ListOutdated = true
		d.Nothing = v.say("The list is not as you have seen it any more. Look at it again.")
	case err == nil && len(f.Problems) == 0:
		return v.outcome(d, f, all)
	case err != nil && !f.refused(v, err):
		return nil, err
	default:
		d.Nothing = f.Problems[0].Problem
		if field := f.Problems[0].Field; f.Values.Has("reason") && (field == "tags" || field == "reason") {
			d.again(f, f.Values["at"])
		}
	}
	a := view{page: "bulk", title: v.say("Nothing was changed"), data: d}.again()
	if d.ListOutdated {
		a.status = http.StatusPreconditionFailed
	}
	return a, nil
}

func (v *visit) outcome(d bulkData, f *form, all crm.Bulk) (answer, error) {
	d.All = len(all.Results)
	refused := map[string]bool{} // those for which a reason or other tags can help
	for _, r := range all.Results {
		if r.Err == nil {
			d.Done++
		} else if errors.Is(r.Err, crm.ErrInvalid) {
			refused[r.Ref.ID.String()] = true
			for _, id := range f.chosenFor[r.Ref] {
				refused[id] = true
			}
		}
	}
	// What was changed of all that a list selects makes it another list.
	if len(refused) > 0 && f.Values.Has("reason") && (f.Get("of") != "all" || d.Done == 0) {
		d.again(f, f.at(refused))
	}
	if d.Done == d.All {
		return done(d.Back, all.Done), nil
	}
	slices.SortStableFunc(all.Results, func(a, b crm.Result) int { return failed(b) - failed(a) })
	shown := all.Results[:min(d.All, maxOutcomes)]
	d.Hidden = d.All - len(shown)
	refs := make([]crm.Ref, len(shown))
	for n, r := range shown {
		refs[n] = r.Ref
	}
	names := v.names(refs)
	for _, r := range shown {
		row := bulkRow{Name: r.Ref.ID.String(), Problem: v.problemsIn(r.Err)}
		if name, there := names[r.Ref]; there {
			row.Name, row.Link = name, v.linkTo(r.Ref)
		}
		d.Rows = append(d.Rows, row)
	}
	if d.Done == 0 {
		return view{page: "bulk", title: v.say("Nothing was changed"), data: d}.again(), nil
	}
	return view{page: "bulk", title: v.say("Not all could be changed"), data: d}, nil
}

// at are the boxes of records, with the versions that the list had.
func (f *form) at(ids map[string]bool) (all []string) {
	for _, at := range f.Values["at"] {
		if id, _, _ := strings.Cut(at, "."); ids[id] {
			all = append(all, at)
		}
	}
	return all
}

// again fills the form for sending a change again, with another reason or other tags, for some of the records.
func (d *bulkData) again(f *form, at []string) {
	d.Reason, d.Tags = f.Get("reason"), f.Get("tags")
	for name, values := range f.Values {
		if name == "at" {
			values = at
		}
		if name == "reason" || name == "tags" {
			continue
		}
		for _, value := range values {
			d.Again = append(d.Again, pair{name, value})
		}
	}
	slices.SortFunc(d.Again, func(a, b pair) int { return strings.Compare(a.Name+a.Value, b.Name+b.Value) })
}

func failed(r crm.Result) int {
	if r.Err != nil {
		return 1
	}
	return 0
}

// problemsIn are what is wrong, as a text for people; empty without an error.
func (v *visit) problemsIn(err error) string {
	if err == nil {
		return ""
	}
	p := v.face.Problem(err)
	var all []string
	for _, e := range p.Errors {
		all = append(all, e.Problem)
	}
	if len(all) == 0 {
		return p.Detail
	}
	return strings.Join(all, "; ")
}

// parseAt reads the id and the version of a record, ID.VERSION. A record without the version that was seen is none.
func parseAt[R crm.Record](text string) (crm.At, error) {
	before, after, _ := strings.Cut(text, ".")
	id, err := crm.ParseID[R](before)
	if err != nil {
		return crm.At{}, err
	}
	version, err := strconv.ParseInt(after, 10, 64)
	if err != nil || version < 1 {
		return crm.At{}, crm.RefTo(id).Stale(version, 0)
	}
	return crm.RefTo(id).At(version), nil
}

// chosen are the records that a form is about: those whose boxes are ticked, each at the version that the list had, or all that
// the filter of the list selects. What is wrong with the choice stands in the form.
func chosen[R crm.Record, F any](v *visit, f *form, records func(crm.Reader) crm.Records[R, F], filter func(url.Values) (F, error)) (all []crm.At, err error) {
	switch of := f.Get("of"); of {
	case "", "chosen":
		for _, text := range f.Values["at"] {
			at, err := parseAt[R](text)
			if err != nil {
				return nil, err
			}
			all = append(all, at)
		}
	case "all":
		q, err := url.ParseQuery(f.Get("query"))
		var asked F
		if err == nil {
			asked, err = filter(q)
		}
		if err != nil {
			f.wrong("query", v.say("The filter of the list cannot be read. Look at the list again."))
			return nil, nil //nolint:nilerr // the form says it
		}
		seen, err := strconv.ParseInt(f.Get("seen"), 10, 64)
		if err != nil || seen < 0 {
			return nil, errOutdated
		}
		if all, err = selected(v, records, asked, crm.Seq(seen)); err != nil {
			return nil, err
		}
		if strconv.Itoa(len(all)) != f.Get("count") && len(all) <= crm.MaxBulk {
			return nil, errOutdated
		}
	default:
		f.unknown(v, "of")
	}
	if len(all) > crm.MaxBulk {
		f.wrong("at", v.say("At most %s can be changed at once. Narrow the list.", v.face.Number(crm.MaxBulk)))
	}
	if len(all) == 0 && len(f.Problems) == 0 {
		f.wrong("at", v.say("Nothing is chosen. Choose something in the list first."))
	}
	return all, nil
}

// Seen is the last change of the log before the list was read, for a form that may change all of it.
func (v *visit) Seen() (crm.Seq, error) {
	if v.live != nil {
		return v.live.Seq, nil
	}
	head, err := v.head()
	return head.Seq, err
}

// selected are all records that a filter selects, up to one more than can be changed at once. One that was changed after the list
// was seen may not have been in it then, and is errOutdated.
func selected[R crm.Record, F any](v *visit, records func(crm.Reader) crm.Records[R, F], filter F, seen crm.Seq) (all []crm.At, err error) {
	enough := errors.New("enough")
	err = v.crm.View(v.Context(), v.ws.ID, func(ctx context.Context, r crm.Reader) error {
		all = nil // a read may run again
		changed, err := changedSince(ctx, r, seen)
		if err != nil {
			return err
		}
		return crm.Each(ctx, records(r), filter, func(record R) error {
			if changed[record.Ref()] {
				return errOutdated
			}
			if all = append(all, record.Ref().At(record.Revision())); len(all) > crm.MaxBulk {
				return enough
			}
			return nil
		})
	})
	if errors.Is(err, enough) {
		err = nil
	}
	return all, err
}

// changedSince are the records that were changed after a change of the log. More than maxChangesBack are too many to tell.
func changedSince(ctx context.Context, r crm.Reader, seen crm.Seq) (map[crm.Ref]bool, error) {
	changed := map[crm.Ref]bool{}
	for read := 0; ; {
		changes, err := r.Changes(ctx, crm.ChangeFilter{After: seen}, crm.MaxPageSize)
		if err != nil {
			return nil, err
		}
		for _, c := range changes {
			changed[c.Record], seen = true, c.Seq
		}
		if read += len(changes); read > maxChangesBack {
			return nil, errOutdated
		}
		if len(changes) < crm.MaxPageSize {
			return changed, nil
		}
	}
}

// tagsOf are the tags of a field, with commas or line breaks between. A known tag that holds a comma itself, as one from a sheet
// or a program may, is one where it stands whole.
func tagsOf(text string, known ...string) (tags []string) {
	whole := slices.DeleteFunc(slices.Clone(known), func(tag string) bool { return !strings.ContainsAny(tag, tagBreaks) })
	slices.SortStableFunc(whole, func(a, b string) int { return cmp.Compare(len(b), len(a)) })
	for {
		text = strings.TrimLeftFunc(text, func(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune(tagBreaks, r) })
		if text == "" {
			return tags
		}
		end := strings.IndexAny(text+tagBreaks, tagBreaks)
		for _, tag := range whole {
			begins := len(text) >= len(tag) && strings.EqualFold(text[:len(tag)], tag)
			if begins && strings.IndexAny(strings.TrimSpace(text[len(tag):])+tagBreaks, tagBreaks) == 0 {
				end = len(tag)
				break
			}
		}
		tags = append(tags, strings.TrimSpace(text[:end]))
		text = text[end:]
	}
}

// tagBreaks are what stands between tags in a field.
const tagBreaks = ",\n\r"
