package crm

import (
	"context"
	"errors"
	"regexp"

	"github.com/getklar/influencercrm/crm/sentence"
)

// DataSources are the two places from which a shop's partnerships can come. Active says which of them counts.
type DataSources struct {
	Sheet DataSource `json:"sheet"`
	CRM   DataSource `json:"crm"`
}

// DataSource is one of them.
type DataSource struct {
	Connected bool   `json:"connected"`
	Link      string `json:"link,omitzero"` // the sheet's link or id; see Options.SheetLink
}

// SourceName names one of the data sources of a workspace.
type SourceName string

// The data sources.
const (
	SheetSource SourceName = "sheet"
	CRMSource   SourceName = "crm"
)

// Active names the source that feeds attribution and the shop's reports: the CRM if it is connected, else the sheet,
// which sheetimport.Importer.Pull then reads without importing it. It is empty if neither is connected. A CRM that is
// not active keeps its records and can be worked on: its own reports and conflicts, such as those of Service.Report and
// Service.Conflicts, are about these records, and the shop does not use them. Each save of a cooperation says so in a
// notice about "sources.crm".
func (s DataSources) Active() SourceName {
	switch {
	case s.CRM.Connected:
		return CRMSource
	case s.Sheet.Connected:
		return SheetSource
	}
	return ""
}

// notices says that what is saved in the CRM does not count at present, if so.
func (s DataSources) notices() []Notice {
	switch s.Active() {
	case SheetSource:
		return []Notice{newNotice("sources.crm", sentence.Of("the CRM is not connected, so attribution and the shop's reports "+
			"take the sheet; this is kept and counts once the CRM is connected"))}
	case "":
		return []Notice{newNotice("sources.crm", sentence.Of("the CRM is not connected, and no sheet either, so attribution and "+
			"the shop's reports have nothing; this is kept and counts once the CRM is connected"))}
	}
	return nil
}

// byName returns the source with a name, nil if there is none.
func (s *DataSources) byName(name SourceName) *DataSource {
	switch name {
	case SheetSource:
		return &s.Sheet
	case CRMSource:
		return &s.CRM
	}
	return nil
}

// sheetID is the id of a Google sheet, which people copy out of its link. Words are shorter.
var sheetID = regexp.MustCompile(`^[A-Za-z0-9_-]{20,100}$`)

// anySheetLink takes what may be the link of a sheet, or its id.
func anySheetLink(link string) error {
	if sheetID.MatchString(link) {
		return nil
	}
	p := &problems{}
	p.link("link", &link)
	return p.result()
}

// checkSheetLink refuses a link of the sheet that the host does not take.
func (e environment) checkSheetLink(w Workspace) error {
	link := w.Sources.Sheet.Link
	if link == "" {
		return nil
	}
	err := e.sheetLink(link)
	if err == nil {
		return nil
	}
	problem := sentence.OfError(err)
	if said, ok := errors.AsType[*Error](err); ok {
		problem = said.Problem
	}
	return &Error{Family: ErrInvalid, Record: w.Ref(), Field: "sources.sheet.link", Value: Shorten(link), Problem: problem}
}

// ConnectSource connects a data source. The link is that of the sheet, or its id, as Options.SheetLink takes them; an
// empty one keeps the link that is known. The CRM has none. A source that is connected already takes the new link, and
// without one nothing changes.
func (w *Work) ConnectSource(ctx context.Context, name SourceName, link, reason string) (Workspace, error) {
	return w.changeSource(ctx, name, reason, func(s *DataSource) error {
		link = Clean(link)
		if link != "" && name == CRMSource {
			return &Error{Family: ErrInvalid, Record: w.workspace.Ref(), Field: "sources.crm.link",
				Value: Shorten(link), Problem: sentence.Of("the CRM is no sheet and has no link; leave it out")}
		}
		if s.Connected = true; link != "" {
			s.Link = link
		}
		return nil
	})
}

// DisconnectSource disconnects a data source. It keeps its link and, if it is the CRM, its records: the other source is
// active then, if it is connected. One that is not connected stays as it is.
func (w *Work) DisconnectSource(ctx context.Context, name SourceName, reason string) (Workspace, error) {
	return w.changeSource(ctx, name, reason, func(s *DataSource) error {
		s.Connected = false
		return nil
	})
}

func (w *Work) changeSource(ctx context.Context, name SourceName, reason string,
	change func(*DataSource) error) (Workspace, error) {
	ws := Clone(w.workspace)
	source := ws.Sources.byName(name)
	if source == nil {
		return Workspace{}, &Error{Family: ErrInvalid, Record: ws.Ref(), Field: "sources",
			Value: Shorten(string(name)), Problem: sentence.Of("is no data source; it is sheet or crm")}
	}
	if err := change(source); err != nil {
		return Workspace{}, err
	}
	return w.UpdateWorkspace(ctx, ws, reason)
}

// ConnectSource is Work.ConnectSource.
func (s *Service) ConnectSource(ctx context.Context, ws WorkspaceID, name SourceName, link, reason string) (Workspace, error) {
	return update(ctx, s, ws, "connect source", func(ctx context.Context, w *Work) (Workspace, error) {
		return w.ConnectSource(ctx, name, link, reason)
	})
}

// DisconnectSource is Work.DisconnectSource.
func (s *Service) DisconnectSource(ctx context.Context, ws WorkspaceID, name SourceName, reason string) (Workspace, error) {
	return update(ctx, s, ws, "disconnect source", func(ctx context.Context, w *Work) (Workspace, error) {
		return w.DisconnectSource(ctx, name, reason)
	})
}
