package google

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"strings"
	"sync"

	"golang.org/x/text/language"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/sentence"
	"github.com/getklar/influencercrm/sheetimport/column"
	"github.com/getklar/influencercrm/sheetimport/sheet"
)

// Sheet is one tab of a Google sheet. It is a [sheet.Source] that can be read any number of times, and may be
// used by several goroutines.
type Sheet struct {
	name    string
	tabName string
	place   place
	mapping column.Mapping
	limits  sheet.Limits
	client  *client

	mu   sync.Mutex
	last *sheet.Table // what Read returned last, for WriteStatus
}

var (
	_ sheet.Source       = (*Sheet)(nil)
	_ sheet.StatusWriter = (*Sheet)(nil)
)

// Open takes the link of a sheet as the browser shows it, such as
// https://docs.google.com/spreadsheets/d/1BxiMVs0XRA5nFMdKvBdBZjgmUUqptlbs74OgvE2upms/edit?gid=0#gid=0, or the id in it.
// It sends nothing yet. A link that is not one of a Google sheet, and options that do not fit together, are
// [*crm.Error]s of the family [crm.ErrInvalid].
func Open(link string, o *Options) (*Sheet, error) {
	if o == nil {
		o = &Options{}
	}
	p, err := parseLink(link)
	if err != nil {
		return nil, err
	}
	if err := o.Mapping.Check(); err != nil {
		return nil, err
	}
	endpoint, err := address("endpoint", o.Endpoint, googleEndpoint)
	if err != nil {
		return nil, err
	}
	http := o.httpClient()
	who, err := readerOf(o, http)
	if err != nil {
		return nil, err
	}
	limits := o.Limits.OrDefault()
	return &Sheet{
		name: nameOf(p, o), tabName: o.Tab, place: p, mapping: slices.Clone(o.Mapping), limits: limits,
		client: &client{
			http: http, who: who, document: endpoint + "/v4/spreadsheets/" + p.id, key: o.APIKey, writes: o.WriteStatus,
			retry: o.Retry.orDefault(), maxBytes: limits.Bytes,
		},
	}, nil
}

// nameOf is Options.Name or the id with the tab.
func nameOf(p place, o *Options) string {
	switch {
	case o.Name != "":
		return o.Name
	case o.Tab != "":
		return p.id + "!" + o.Tab
	case p.gid != nil:
		return p.id + "#gid=" + strconv.FormatInt(*p.gid, 10)
	}
	return p.id
}

// Name is what messages call the sheet: see [Options].
func (s *Sheet) Name() string { return s.name }

// Read returns the whole tab: each cell as displayed and with the value behind it, where people have hidden rows, the
// sheet's locale and time zone. Rows have the numbers that people see; those at the end that are blank are left out. An
// error is of the [sheet.ErrUnreadable] family or the context's.
func (s *Sheet) Read(ctx context.Context) (*sheet.Table, error) {
	sheet, _, err := s.readTab(ctx)
	if err != nil {
		return nil, err
	}
	if s.client.writes {
		s.mu.Lock()
		defer s.mu.Unlock()
		s.last = sheet
	}
	return sheet, nil
}

// readTab reads the sheet, and says which tab it is.
func (s *Sheet) readTab(ctx context.Context) (*sheet.Table, *tab, error) {
	table, t, err := s.tryRead(ctx)
	switch {
	case err == nil:
		return table, t, nil
	case ctx.Err() != nil:
		return nil, nil, ctx.Err()
	case errors.Is(err, sheet.ErrUnreadable):
		return nil, nil, sentence.Errorf("%q: %s", crm.Shorten(s.name), err)
	}
	return nil, nil, sentence.Errorf("%q: %s: %s", crm.Shorten(s.name), sheet.ErrUnreadable, err)
}

func (s *Sheet) tryRead(ctx context.Context) (*sheet.Table, *tab, error) {
	d, err := s.document(ctx)
	if err != nil {
		return nil, nil, err
	}
	t, notes, err := s.tab(ctx, d)
	if err != nil {
		return nil, nil, err
	}
	all := &table{limits: s.limits}
	if err := s.read(ctx, t, all, t.Properties.Grid.Rows); err != nil {
		return nil, nil, err
	}
	if err := all.finish(t.Merges); err != nil {
		return nil, nil, err
	}
	return &sheet.Table{
		Name: s.name, Tab: t.Properties.Title, Locale: localeOf(d.Properties.Locale), Zone: zoneOf(d.Properties.TimeZone), Grid: true, Rows: all.rows, Notes: notes,
	}, t, nil
}

// localeOf turns Google's de_DE into the tag de-DE. It is empty for a locale that is none.
func localeOf(text string) string {
	tag, err := language.Parse(text)
	if err != nil || tag == language.Und {
		return ""
	}
	return tag.String()
}

// zoneOf leaves a zone out that has no name, such as GMT-07:00.
func zoneOf(text string) string {
	if strings.HasPrefix(text, "GMT") {
		return ""
	}
	return text
}
