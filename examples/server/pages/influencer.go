package pages

import (
	"cmp"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/account"
	"github.com/getklar/influencercrm/crm/wire"
)

// What the page of an influencer shows of what can be long.
const (
	recentChanges   = 10
	listedCoops     = 50
	listedPlatforms = 20
)

// influencerData is what the page of an influencer shows.
type influencerData struct {
	Form       *form
	Stored     crm.Influencer // zero for a new one
	New        bool
	ManyCodes  int    // how many codes there are on the profiles, if they are too many for the page
	Focus      string // the input that is to have the focus
	Team       []option
	TeamHint   string
	Categories []string
	Tags       []string
	Platforms  []string

	Cooperations []crm.Cooperation
	Names        *crm.PageNames
	More         bool // there are other cooperations
	History      []entry
	Curve        *curve
	Curves       []profileLink    // the profiles with followers, if there are several
	Namesakes    []crm.Influencer // others of the same name, for one who was saved just now
	PictureWrong string
	Problem      string // why an action was not carried out
	Erased       bool   // nothing of the person is left
	Joined       string // of whom the person is a part by now; empty for one that is there
	JoinedLink   string // the page of that one
}

// profileLink leads to the curve of a profile.
type profileLink struct {
	Label, Link string
	Here        bool
}

func (v *visit) newInfluencer() (answer, error) {
	return v.influencerForm(&influencerData{New: true, Form: newForm(url.Values{"profiles[0].platform": {""}})})
}

// influencerForm is the page with what every form about an influencer offers to choose from.
func (v *visit) influencerForm(d *influencerData) (view, error) {
	a := view{page: "influencer", title: v.say("New influencer"), data: d}
	if d.New {
		v.shows(v.to("influencers", "new"))
	} else {
		v.shows(v.linkTo(d.Stored.Ref()))
	}
	d.Form.profiles, d.ManyCodes = v.storedProfiles(d.Stored), manyCodes(d.Stored)
	facets, err := v.influencerFacets()
	if err != nil {
		return a, err
	}
	d.Categories, d.Tags = labels(facets.Categories), labels(facets.Tags)
	d.Platforms = labels(facets.Platforms)
	for _, known := range []string{"instagram", "tiktok", "youtube", "twitch", "pinterest", "facebook", "podcast", "blog"} {
		if name := account.PlatformName(known); !slices.Contains(d.Platforms, name) && len(d.Platforms) < listedPlatforms {
			d.Platforms = append(d.Platforms, name)
		}
	}
	if d.Team, d.TeamHint, err = v.memberOptions(d.Form.Get("responsible")); err != nil {
		return a, err
	}
	d.Form.words = map[string]string{}
	for _, o := range d.Team {
		d.Form.words["responsible "+o.Value] = o.Label
	}
	if d.New {
		return a, nil
	}
	a.title = d.Stored.Name
	if d.Joined != "" {
		return a, nil
	}
	if err := v.findNamesakes(d); err != nil {
		return a, err
	}
	return a, v.besideInfluencer(d)
}

func labels(f crm.Facet) (all []string) {
	for _, value := range f.Values {
		all = append(all, value.Label)
	}
	return all
}

// besideInfluencer reads what stands beside the form: cooperations, history and followers.
func (v *visit) besideInfluencer(d *influencerData) error {
	id := d.Stored.ID
	page, err := v.crm.Cooperations(v.Context(), v.ws.ID, crm.CooperationFilter{Influencers: []crm.InfluencerID{id}, Archive: crm.ActiveOrNot},
		crm.ListOptions{Size: listedCoops, Sort: crm.SortStart, Desc: true, WithNames: true})
	if err != nil {
		return err
	}
	d.Cooperations, d.Names, d.More = page.Items, page.Names, page.Next != ""
	changes, err := v.crm.Log(v.Context(), v.ws.ID, crm.ChangeFilter{Record: crm.RefTo(id), Newest: true}, recentChanges)
	if err != nil {
		return err
	}
	d.History = v.describe(changes)
	if d.Erased, err = v.erasedAlready(d.Stored, d.Stored.ArchivedOn); err != nil {
		return err
	}
	return v.readCurve(d)
}

// readCurve reads the followers of one profile over time: that of ?profile=, or the first that has any.
func (v *visit) readCurve(d *influencerData) error {
	asked := v.URL.Query().Get("profile")
	var shown *crm.Profile
	for n, p := range d.Stored.Profiles {
		if p.Followers == nil {
			continue
		}
		if shown == nil || p.ID.String() == asked {
			shown = &d.Stored.Profiles[n]
		}
	}
	if shown == nil {
		return nil
	}
	for _, p := range d.Stored.Profiles {
		if p.Followers != nil {
			d.Curves = append(d.Curves, profileLink{account.PlatformName(p.Platform),
				v.to("influencers", d.Stored.ID.String()) + "?profile=" + p.ID.String() +
					"#followers", p.ID == shown.ID})
		}
	}
	history, err := v.crm.FollowerHistory(v.Context(), v.ws.ID, d.Stored.ID, shown.ID)
	if err == nil {
		d.Curve = v.face.curve(history)
	}
	return err
}

// stored reads the influencer of the path.
func (v *visit) storedInfluencer() (crm.Influencer, error) {
	id, err := id[crm.Influencer](v, "influencer")
	if err != nil {
		return crm.Influencer{}, err
	}
	return v.crm.Influencer(v.Context(), v.ws.ID, id)
}

func (v *visit) influencer() (answer, error) {
	i, err := v.storedInfluencer()
	if err != nil {
		return nil, err
	}
	v.isForm(i.Version)
	return v.influencerForm(&influencerData{Stored: i, Form: newForm(v.influencerValues(i))})
}

// typedInfluencer is what a visitor has typed or chosen about an influencer, with all profiles.
func (v *visit) typedInfluencer(stored crm.Influencer) (*form, error) {
	f := v.typed()
	f.profiles = v.storedProfiles(stored)
	if err := f.unfold(); err != nil {
		return nil, err
	}
	f.chooseProfiles()
	return f, nil
}

func (v *visit) createInfluencer() (answer, error) {
	f, err := v.typedInfluencer(crm.Influencer{})
	if err != nil {
		return nil, err
	}
	d := &influencerData{New: true, Form: f}
	if changed, focus := f.changeRows(v); changed {
		d.Focus = focus
		return v.influencerForm(d)
	}
	f.dropBlankProfiles()
	doc, err := v.influencerDoc(f, crm.Influencer{})
	if err != nil {
		return nil, err
	}
	i, err := wire.Parse[crm.Influencer](doc)
	var did crm.Done
	i.ID = crm.InfluencerID(v.once)
	made := i.Ref()
	if err == nil {
		err = v.deletedSince(f, made)
	}
	if err == nil && len(f.Problems) == 0 {
		i, err = v.crm.Noting(&did).CreateInfluencer(v.Context(), v.ws.ID, i)
	}
	if v.repeated(err, made) {
		return redirect(v.linkTo(made) + "?already=1"), nil
	}
	if f.refused(v, err) || len(f.Problems) > 0 {
		f.mergeProblems(v, "tags")
		f.placeCustom()
		a, err := v.influencerForm(d)
		return a.again(), err
	}
	if err != nil {
		return nil, err
	}
	return done(v.to("influencers", i.ID.String()), did), nil
}

func (v *visit) saveInfluencer() (answer, error) {
	stored, err := v.storedInfluencer()
	if err != nil {
		return v.savedMerged(err)
	}
	f, err := v.typedInfluencer(stored)
	if err != nil {
		return nil, err
	}
	d := &influencerData{Stored: stored, Form: f}
	if v.addedBefore != nil {
		f.knowProfiles(stored, v.addedBefore) // before a button changes rows, because the form that it shows is another one
	}
	if v.resaved {
		f.knowCustom(stored.Custom)
	}
	if changed, focus := f.changeRows(v); changed {
		d.Focus = focus
		return v.influencerAgain(d)
	}
	added := f.addedRows() // with the numbers that the browser shows, which blank rows count in
	f.dropBlankProfiles()
	doc, err := v.influencerDoc(f, stored)
	if err != nil {
		return nil, err
	}
	var did crm.Done
	var saved crm.Influencer
	if len(f.Problems) == 0 {
		saved, err = wire.EditInfluencer(v.Context(), v.crm.Noting(&did), v.ws.ID, stored.ID, wire.Edit{Version: v.version(), Doc: doc})
	}
	if stale(err) {
		return v.meetInfluencer(f)
	}
	if f.refused(v, err) || len(f.Problems) > 0 {
		f.mergeProblems(v, "tags")
		f.placeCustom()
		a, err := v.influencerForm(d)
		return a.again(), err
	}
	if err != nil {
		return nil, err
	}
	v.savedAs(saved, did)
	v.savedProfiles(added, saved)
	return done(v.to("influencers", stored.ID.String()), did), nil
}

// PartLabel is what an input of a profile or a rule is called.
func (v *visit) PartLabel(part string) string { return v.face.partLabel(part) }

func (f *face) partLabel(part string) string {
	switch part {
	case "platform":
		return f.Say("Platform")
	case "handle":
		return f.Say("Handle")
	case "link":
		return f.Say("Link")
	case "followers", "followers.count":
		return f.Say("Followers")
	case "followers.on":
		return f.Say("Counted on")
	case "match":
		return f.Say("How it is compared")
	case "pattern":
		return f.Say("Code")
	case "benefit.kind":
		return f.Say("What it gives")
	case "benefit.value":
		return f.Say("How much")
	}
	return strings.Replace(part, ".", "_", 1) // utm_source and its likes are names, not words
}

// actOnInfluencer does something to the influencer of the path, and leads to a page; empty for its own.
func (v *visit) actOnInfluencer(do doing, to string) (answer, error) {
	i, err := v.storedInfluencer()
	if err != nil {
		return nil, err
	}
	return v.act(i.Ref(), do, cmp.Or(to, v.linkTo(i.Ref())), func(problem string) (view, error) {
		i, err := v.storedInfluencer()
		if err != nil {
			return view{}, err
		}
		return v.influencerForm(&influencerData{Stored: i, Form: newForm(v.influencerValues(i)), Problem: problem})
	})
}

func (v *visit) archiveInfluencer() (answer, error) { return v.actOnInfluencer(v.archive, "") }
func (v *visit) restoreInfluencer() (answer, error) { return v.actOnInfluencer(v.restore, "") }
func (v *visit) deleteInfluencer() (answer, error) {
	a, err := v.actOnInfluencer(v.remove, v.to("influencers"))
	of, _ := id[crm.Influencer](v, "influencer") // the zero one is of no record
	return v.deletedAlready(a, err, crm.RefTo(of), v.to("influencers"))
}

// curve is a line of followers over time, in a drawing of curveWidth by curveHeight.
type curve struct {
	Line   string // the points of a polyline
	Points []curvePoint
	Label  string // what it says
	Top    string // the largest count
	From   budget.Date
	To     budget.Date
	Days   []crm.Followers // the newest first
}

type curvePoint struct {
	X, Y int
	Text string
}

// The drawing's size, and the space around the line.
const (
	curveWidth, curveHeight = 600, 160
	curveEdge               = 8
	maxCurvePoints          = 400
)

// curve draws counts. The line begins at zero followers, so that a small change does not look like a large one.
func (f *face) curve(history []crm.Followers) *curve {
	if len(history) == 0 {
		return nil
	}
	history = history[max(0, len(history)-maxCurvePoints):]
	first, last := history[0], history[len(history)-1]
	top := int64(1)
	for _, h := range history {
		top = max(top, h.Count)
	}
	c := &curve{Top: f.Number(top), From: first.On, To: last.On, Days: slices.Clone(history)}
	slices.Reverse(c.Days)
	span := max(1, last.On.DaysSince(first.On))
	var line strings.Builder
	for _, h := range history {
		x := curveEdge + h.On.DaysSince(first.On)*(curveWidth-2*curveEdge)/span
		if len(history) == 1 {
			x = curveWidth / 2
		}
		y := curveHeight - curveEdge - int(h.Count*(curveHeight-2*curveEdge)/top)
		line.WriteString(strconv.Itoa(x) + "," + strconv.Itoa(y) + " ")
		c.Points = append(c.Points, curvePoint{x, y, f.Day(h.On) + ": " + f.Number(h.Count)})
	}
	c.Line = strings.TrimSpace(line.String())
	if len(history) == 1 {
		c.Label = f.Say("%s followers on %s", f.Number(first.Count), f.Day(first.On))
	} else {
		c.Label = f.Say("From %s followers on %s to %s on %s", f.Number(first.Count), f.Day(first.On), f.Number(last.Count), f.Day(last.On))
	}
	return c
}
