package pages

import (
	"net/http"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm"
)

// actOnCooperation does something to the cooperation of the address, from the version that the form has, and shows its page
// again with what is wrong if it is refused. What is typed in a form beside the main one stays there.
func (v *visit) actOnCooperation(do func(f *form, at crm.At) (crm.Done, error), after string) (answer, error) {
	stored, err := v.storedCooperation()
	if err != nil {
		return nil, err
	}
	f := v.typed()
	var of crm.Done
	if len(f.Problems) == 0 {
		of, err = do(f, stored.Ref().At(v.version()))
	}
	if err == nil && len(f.Problems) == 0 {
		if after == "" {
			after = v.to("cooperations", stored.ID.String())
		}
		return done(after, of), nil
	}
	met := stale(err)
	if err != nil && !met && !f.refused(v, err) {
		return nil, err
	}
	if stored, err = v.storedCooperation(); err != nil {
		return nil, err
	}
	a, err := v.cooperationPage(newForm(v.cooperationValues(stored)), stored, false)
	if err != nil {
		return nil, err
	}
	d := a.data.(*cooperationData)
	d.Action = f
	if met {
		d.wrong("", v.say("This was changed meanwhile. Look at it again."))
		a.status = http.StatusPreconditionFailed
		return a, nil
	}
	d.Problems = f.Problems
	return a.again(), nil
}

func (v *visit) cancelCooperation() (answer, error) {
	return v.actOnCooperation(func(f *form, at crm.At) (crm.Done, error) {
		stored, err := v.crm.Cooperation(v.Context(), v.ws.ID, crm.CooperationID(at.ID))
		if err != nil {
			return crm.Done{}, err
		}
		fee := v.amount(f, "cancellation.fee", v.feeCurrency(stored))
		c := crm.Cancellation{On: v.date(f, "cancellation.on"), Fee: fee, Reason: f.Get("cancellation.reason")}
		if c.Fee.IsSet() && stored.Status != crm.Signed {
			f.wrong("cancellation.fee", v.say("counts only for a cooperation that is signed; leave it empty, or sign it first"))
		}
		if len(f.Problems) > 0 {
			return crm.Done{}, nil
		}
		saved, err := v.crm.Cancel(v.Context(), v.ws.ID, crm.CooperationID(at.ID), at.Version, c, c.Reason)
		if is := stored.Cancellation; is != nil && is.Fee == c.Fee && is.Reason == c.Reason && (c.On.IsZero() || is.On == c.On) {
			return v.doneAlready(at, saved.Done, err, "cancellation", true)
		}
		return saved.Done, err
	}, "")
}

// feeCurrency is the currency in which the form of a cancellation takes a fee: that of the cost in whose place it comes.
func (v *visit) feeCurrency(c crm.Cooperation) budget.Currency {
	if c.Cost.IsSet() {
		return c.Cost.Currency()
	}
	return v.ws.Currency
}

func (v *visit) reinstateCooperation() (answer, error) {
	return v.actOnCooperation(func(f *form, at crm.At) (crm.Done, error) {
		saved, err := v.crm.Reinstate(v.Context(), v.ws.ID, crm.CooperationID(at.ID), at.Version, f.Get("reason"))
		return v.doneAlready(at, saved.Done, err, "cancellation", false)
	}, "")
}

// plainly is a doing without fields of its own, but for the reason.
func plainly(do doing) func(*form, crm.At) (crm.Done, error) {
	return func(_ *form, at crm.At) (crm.Done, error) { return do(at) }
}

func (v *visit) archiveCooperation() (answer, error) {
	return v.actOnCooperation(plainly(v.archive), "")
}

func (v *visit) restoreCooperation() (answer, error) {
	return v.actOnCooperation(plainly(v.restore), "")
}

func (v *visit) deleteCooperation() (answer, error) {
	a, err := v.actOnCooperation(plainly(v.remove), v.to("cooperations"))
	of, _ := id[crm.Cooperation](v, "id") // the zero one is of no record
	return v.deletedAlready(a, err, crm.RefTo(of), v.to("cooperations"))
}
