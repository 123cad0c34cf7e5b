package sheetimport

import "github.com/getklar/influencercrm/crm/account"

// ParseHandle reads the name of a profile as [account.ParseHandle] does: "@x", "x", or a link to the profile. A blank cell
// is "".
func ParseHandle(text string) (handle string, err error) {
	t, err := ParseText(text)
	if err != nil || isNothing(t) {
		return "", err
	}
	handle, err = account.ParseHandle(t)
	if err != nil {
		return "", cellError("not_a_handle", t, err.Error(), "write the profile's name, like @lisa, or the link to the profile")
	}
	return handle, nil
}
