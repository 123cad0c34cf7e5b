package pages

import (
	"slices"
	"strings"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/examples/server/access"
)

// section is a link of the navigation.
type section struct {
	Icon, Label, Link string
	Here              bool
}

// Sections are the pages of a workspace.
func (v *visit) Sections() []section {
	all := []section{
		{Icon: "planning", Label: v.say("Planning")},
		{Icon: "campaigns", Label: v.say("Campaigns")},
		{Icon: "influencers", Label: v.say("Influencers")},
		{Icon: "cooperations", Label: v.say("Cooperations")},
		{Icon: "import", Label: v.say("Import")},
		{Icon: "orders", Label: v.say("Check an order")},
		{Icon: "conflicts", Label: v.say("Conflicts")},
		{Icon: "alerts", Label: v.say("Alerts")},
		{Icon: "history", Label: v.say("History")},
		{Icon: "members", Label: v.say("Members")},
		{Icon: "settings", Label: v.say("Settings")},
	}
	if !v.HasImports() {
		all = slices.DeleteFunc(all, func(s section) bool { return s.Icon == "import" })
	}
	for n := range all {
		all[n].Link = v.to(all[n].Icon)
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
