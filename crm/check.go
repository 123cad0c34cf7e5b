package crm

import "github.com/getklar/influencercrm/budget"

// Check reports everything that is wrong with a record by itself, as the *Errors that saving it
// would give; rules that need other records, such as a name that is taken, are not among them. It
// is for forms and imports that want to know before they write. The currency is the workspace's.
func Check(r Record, currency budget.Currency) error {
	switch r := r.(type) {
	case Workspace:
		return r.normalize()
	case Member:
		return r.normalize()
	case Campaign:
		return r.normalize(currency)
	case Influencer:
		return r.normalize(currency)
	case Cooperation:
		return r.normalize(currency)
	default:
		return unfit(r, "this kind of record cannot be checked")
	}
}
