package assistant

import "errors"

// tools are all tools, in the order in which they are shown.
func (a *Assistant) tools() (all []tool, err error) {
	add := func(t tool, bad error) {
		all, err = append(all, t), errors.Join(err, bad)
	}
	add(listWorkspaces())
	add(whereDoWeStand())
	add(find())
	add(getRecord())
	add(listChanges())
	add(explainOrder())
	add(listConflicts())
	add(whatIf())
	if a.options.Imports != nil {
		add(planImport())
	}
	add(draftCooperation())
	if a.options.Proposals != nil {
		add(proposeChange())
		add(applyProposal())
	}
	add(undoUnit())
	return all, err
}
