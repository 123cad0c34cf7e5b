package attribution

import (
	"errors"
	"strings"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/sentence"
	"github.com/getklar/influencercrm/utm"
)

// LinkOf returns the link to a page of the shop that credits its visits to a cooperation. Host, port, query and
// fragment of the page stay as they are, and UTM fields in its query are replaced, of which Replaced tells. Fields of
// the cooperation that are explicitly empty are left out, because a visit without them fits as well.
//
// A cooperation that the index does not have is a crm.ErrNotFound. A cooperation with pending UTM fields is a
// crm.ErrInvalid with an error for each of them, and so is one without a usable UTM set. An address that
// utm.ValidateAddress refuses, or with parts that utm.ValidateLink finds to lose UTM fields, such as some behind the
// #, is a crm.ErrInvalid with the field "page".
func (x *Index) LinkOf(id crm.CooperationID, page string) (string, error) {
	d := x.deal(id)
	if d == nil {
		return "", crm.RefTo(id).NotFound()
	}
	if err := pendingFields(d); err != nil {
		return "", err
	}
	if !d.UTM.Usable() {
		return "", &crm.Error{Family: crm.ErrInvalid, Record: d.Ref(), Field: "utm",
			Problem: sentence.Of("a link needs one of utm_campaign, utm_term and utm_content; set one in the cooperation")}
	}
	link, err := utm.Build(page, withoutBlank(d.UTM))
	if err == nil {
		err = lostFields(link)
	}
	if err != nil {
		return "", refusedLink(d.Ref(), "page", page, err)
	}
	return link, nil
}

// pendingFields says of each UTM field that is not filled in yet what it waits with.
func pendingFields(d *deal) error {
	var errs []error
	for _, f := range utm.Fields() {
		if origin := d.UTMOrigins[f]; origin.Kind == crm.Pending {
			errs = append(errs, &crm.Error{
				Family: crm.ErrInvalid, Record: d.Ref(), Field: "utm." + f.String(), Value: crm.Shorten(origin.Template),
				Problem: sentence.Of("waits for what its placeholders stand for, so a link would lack it; " +
					"complete the cooperation, or enter the field by hand"),
			})
		}
	}
	return errors.Join(errs...)
}

// withoutBlank returns a set without the fields in which there is nothing to see.
func withoutBlank(p utm.Params) utm.Params {
	for _, f := range utm.Fields() {
		if strings.TrimSpace(p.Get(f).String()) == "" {
			p = p.With(f, utm.Value{})
		}
	}
	return p
}

// lostFields returns what is wrong with a link that was built, which comes from the address of its page. Parameters of
// the shop's own that look like misspelt UTM fields are left to the shop.
func lostFields(link string) error {
	for _, fault := range linkFaults(link) {
		if fault.Kind != utm.Misspelt {
			return fault
		}
	}
	return nil
}

// refusedLink says which field of a call has a link that cannot be used, and why.
func refusedLink(record crm.Ref, field, link string, err error) error {
	refused := func(problem sentence.Sentence) *crm.Error {
		return &crm.Error{Family: crm.ErrInvalid, Record: record, Field: field, Value: crm.Shorten(link), Problem: problem}
	}
	var fault *utm.LinkError
	if errors.As(err, &fault) {
		return refused(FaultText(fault))
	}
	var errs []error
	for _, each := range joined(err) {
		var bad *utm.FieldError
		if errors.As(each, &bad) {
			e := refused(sentence.Of(bad.Format, bad.Args...))
			e.Field, e.Value = "utm."+bad.Field.String(), crm.Shorten(bad.Value)
			errs = append(errs, e)
		}
	}
	return errors.Join(errs...)
}

func joined(err error) []error {
	if several, ok := err.(interface{ Unwrap() []error }); ok {
		return several.Unwrap()
	}
	return nil
}

// linkFaults are the faults of a link, in the order in which they should be mended.
func linkFaults(link string) []*utm.LinkError {
	faults := []*utm.LinkError{}
	for _, each := range joined(utm.ValidateLink(link)) {
		var fault *utm.LinkError
		if errors.As(each, &fault) {
			faults = append(faults, fault)
		}
	}
	return faults
}

// FaultText says a fault of a link in a sentence: its parameter and value, and what would be right.
func FaultText(fault *utm.LinkError) sentence.Sentence {
	problem := sentence.Of(fault.Format, fault.Args...)
	if fault.Parameter == "" {
		return problem
	}
	return sentence.Of("%s %q: %s", fault.Parameter, fault.Value, problem)
}

// Replaced returns the UTM fields that the address of a page has and the link to it that LinkOf made has not, or has
// with other values, in the order of the fields.
func Replaced(page, link string) []Fix {
	fixes := []Fix{}
	was, err := utm.Parse(page)
	is, errLink := utm.Parse(link)
	if err != nil || errLink != nil {
		return fixes
	}
	for _, f := range utm.Fields() {
		if old, set := was.Get(f).Get(); set && old != is.Get(f).String() {
			fixes = append(fixes, Fix{Field: "utm." + f.String(), From: old, To: is.Get(f).String()})
		}
	}
	return fixes
}

// LinkFixes returns what to change in a link so that it has the UTM set of a cooperation: none if it fits already. Of
// a link that utm.Repair mends, the difference is that of the mended one. A cooperation that the index does not have
// is a crm.ErrNotFound, a link that is too long a crm.ErrInvalid with the field "link".
func (x *Index) LinkFixes(id crm.CooperationID, link string) ([]Fix, error) {
	d := x.deal(id)
	if d == nil {
		return nil, crm.RefTo(id).NotFound()
	}
	meant, _ := utm.Repair(link)
	params, err := utm.Parse(meant)
	if err != nil {
		return nil, refusedLink(d.Ref(), "link", link, err)
	}
	return x.linkFixes(d, params), nil
}

// linkFixes are the changes of a link's fields after which a cooperation's set describes its visits.
func (x *Index) linkFixes(d *deal, touch utm.Params) []Fix {
	fixes := []Fix{}
	for _, f := range utm.Fields() {
		want, got := d.UTM.Get(f), touch.Get(f)
		if one := (utm.Params{Campaign: want}); !one.Matches(utm.Params{Campaign: got}, x.options.StrictUTM) {
			fixes = append(fixes, Fix{Field: "utm." + f.String(), From: got.String(), To: want.String()})
		}
	}
	return fixes
}
