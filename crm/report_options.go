package crm

import "slices"

// checked returns the options in the form in which they are compared with a plan: ids as plans have them, platforms as
// account.ParsePlatform has them. What a plan would refuse, or silently select nothing with, is an ErrInvalid with its field.
// The empty text stands for none given. Nil options are the defaults.
func (o *ReportOptions) checked() (*ReportOptions, error) {
	if o == nil {
		return &ReportOptions{}, nil
	}
	c, p := *o, &problems{}
	p.err("spread", string(c.Spread), c.Spread.Validate())
	p.day("on", c.On)
	f := &c.Filter
	for _, list := range []struct {
		field  string
		values []string
	}{
		{"campaigns", f.Campaigns}, {"influencers", f.Influencers}, {"responsibles", f.Responsibles}, {"platforms", f.Platforms},
		{"categories", f.Categories}, {"tags", f.Tags},
	} {
		p.tooMany(list.field, len(list.values), MaxFilterValues, "values")
	}
	p.tooMany("stages", len(f.Stages), MaxFilterValues, "values")
	if err := p.result(); err != nil { // and not one for each of a million values
		return nil, err
	}
	f.Campaigns = idTexts[Campaign](p, "campaigns", f.Campaigns)
	f.Influencers = idTexts[Influencer](p, "influencers", f.Influencers)
	f.Responsibles = idTexts[Member](p, "responsibles", f.Responsibles)
	f.Platforms = slices.Clone(f.Platforms)
	for n, platform := range f.Platforms {
		f.Platforms[n] = platformOf(platform)
	}
	for _, stage := range f.Stages {
		p.err("stages", string(stage), stage.Validate())
	}
	if !f.From.IsZero() && !f.To.IsZero() && f.To.Compare(f.From) < 0 {
		p.addf("to", f.To.String(), "is before the start on %s; choose a later end or an earlier start", f.From)
	}
	return &c, p.result()
}

// idTexts are texts of ids as plans have them. A record that does not exist has an id all the same, and selects nothing, as
// in the lists of records.
func idTexts[R any](p *problems, field string, typed []string) []string {
	texts := slices.Clone(typed)
	for n, text := range texts {
		if text == "" {
			continue
		}
		id, err := ParseID[R](text)
		if err != nil {
			p.add(field, text, noID)
			continue
		}
		texts[n] = id.String()
	}
	return texts
}
