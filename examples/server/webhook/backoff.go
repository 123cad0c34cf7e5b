package webhook

import (
	"math/rand/v2"
	"time"
)

// When a message is sent again, and for how long.
const (
	firstWait   = 5 * time.Second
	longestWait = time.Hour
	GiveUpAfter = 24 * time.Hour // from when a message was made, or asked for again
)

// wait is how long to wait after some failed attempts: between half of a time that doubles with each, and all of it.
func wait(attempts int) time.Duration {
	full := longestWait
	if doublings := attempts - 1; doublings < 10 {
		full = min(firstWait<<max(doublings, 0), longestWait)
	}
	return full/2 + rand.N(full/2)
}
