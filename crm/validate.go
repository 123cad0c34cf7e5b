package crm

import "github.com/getklar/influencercrm/budget"

// Check reports everything that is wrong with a record by itself, as the *Errors that saving it would give. Rules that
// need other records, such as a name that is taken, are not checked. It is for forms and imports that want to know
// before they write. The currency is the workspace's.
func Check(r Record, currency budget.Currency) error {
	_, err := Normalize(r, currency)
	return err
}

// Normalize returns a record in the form in which it is stored, such as with cleaned texts, and the errors of Check. A
// value that is wrong stays as it is where it has no such form.
func Normalize[R Record](r R, currency budget.Currency) (R, error) {
	var err error
	var normal any = r
	switch n := normal.(type) {
	case Workspace:
		err = n.normalize()
		normal = n
	case Member:
		err = n.normalize()
		normal = n
	case Campaign:
		err = n.normalize(currency)
		normal = n
	case Influencer:
		err = n.normalize(currency)
		normal = n
	case Cooperation:
		err = n.normalize(currency)
		normal = n
	default:
		return r, unfit(r, "this kind of record cannot be checked")
	}
	return normal.(R), err
}
