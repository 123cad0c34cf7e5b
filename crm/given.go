package crm

// mustBeGiven panics with a sentence if a call was given nil for what it cannot do without. That is a mistake in the
// program and not in what somebody typed, so there is nobody whom an error would help.
func mustBeGiven(given bool, call, what string) {
	if !given {
		panic("crm: " + call + " needs " + what + ", and was given nil")
	}
}
