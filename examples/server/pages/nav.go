package pages

import (
	"html/template"
	"slices"
	"strings"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/examples/server/access"
)

// section is a link of the navigation.
type section struct {
	Page, Label, Link string
	Picture           template.HTML
	Here              bool
}

// sectionsOf are the pages of a workspace, in the order of the navigation.
func (f *face) sectionsOf() (all []section) {
	for _, s := range []section{
		{Page: "planning", Label: f.Say("Planning")},
		{Page: "campaigns", Label: f.Say("Campaigns")},
		{Page: "influencers", Label: f.Say("Influencers")},
		{Page: "cooperations", Label: f.Say("Cooperations")},
		{Page: "import", Label: f.Say("Import")},
		{Page: "orders", Label: f.Say("Check an order")},
		{Page: "conflicts", Label: f.Say("Conflicts")},
		{Page: "alerts", Label: f.Say("Alerts")},
		{Page: "history", Label: f.Say("History")},
		{Page: "members", Label: f.Say("Members")},
		{Page: "settings", Label: f.Say("Settings")},
	} {
		s.Picture = icon(s.Page)
		all = append(all, s)
	}
	return all
}

// Sections are the pages of the workspace.
func (v *visit) Sections() []section {
	all := slices.Clone(v.face.sections)
	if !v.HasImports() {
		all = slices.DeleteFunc(all, func(s section) bool { return s.Page == "import" })
	}
	for n := range all {
		all[n].Link = v.to(all[n].Page)
		all[n].Here = v.URL.Path == all[n].Link || strings.HasPrefix(v.URL.Path, all[n].Link+"/")
	}
	return all
}

// WS is the workspace of the page; the zero one in pages of none.
func (v *visit) WS() crm.Workspace { return v.ws }

// MayWrite tells whether the visitor may change something.
func (v *visit) MayWrite() bool { return v.mayWrite }

// MayAdmin tells whether the visitor may make workspaces and tokens.
func (v *visit) MayAdmin() bool { return v.mayAdmin }

// To is the address of a page of the workspace.
func (v *visit) To(parts ...string) string { return v.to(parts...) }

// SignedIn tells whether the visitor has signed in, and can sign out.
func (v *visit) SignedIn() bool { return v.pages.options.SignsIn && access.HasSession(v.Request) }

// HasImports tells whether there are pages for imports.
func (v *visit) HasImports() bool { return v.pages.options.Imports != nil }
