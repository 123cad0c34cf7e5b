package crm

import (
	"strings"

	"github.com/getklar/influencercrm/crm/sentence"
)

// UnfinishedName begins the name of a workspace that package storage/transfer is still copying.
const UnfinishedName = "Unfinished copy up to change "

// Unfinished reports whether a workspace is a copy that has not ended: it has that name, and neither currency nor time zone,
// which no workspace of a Service is without. A Service writes nothing into it: the copy would be thrown away for it, and
// what was written with it.
func (w Workspace) Unfinished() bool {
	return w.Currency == "" && w.TimeZone == "" && strings.HasPrefix(w.Name, UnfinishedName)
}

// checkFinished is an ErrReadOnly of a workspace that is being copied.
func (w Workspace) checkFinished() error {
	if !w.Unfinished() {
		return nil
	}
	return &Error{Family: ErrReadOnly, Record: w.Ref(), Field: "name", Value: Shorten(w.Name),
		Problem: sentence.Of("is an unfinished copy, into which nothing is written; let the copy end, or write to the workspace that it comes from")}
}
