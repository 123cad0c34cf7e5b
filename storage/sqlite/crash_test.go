//go:build unix

package sqlite_test

import (
	"fmt"
	"math/rand/v2"
	"os"
	"strconv"
	"testing"
	"time"

	"github.com/getklar/influencercrm/storage/sqlite"
)

// What these tests can prove: that the death of the program at any moment costs nothing that was
// acknowledged and leaves nothing half done. The death of the machine is another matter. It needs
// synchronous FULL, which TestNewRefusesWrongConnections holds up, and an honest disk.

// A program writes and is killed, again and again on the same file.
//
// CRM_CRASH_ROUNDS sets how often; CRM_CRASH_SEED repeats the moments of an earlier run, as far as
// the machine's scheduler does.
func TestKilledWhileWriting(t *testing.T) {
	t.Parallel()
	rounds, random := crashRounds(t), crashRandom(t)
	path := file(t)
	foundCrashShop(t, path)
	var acks []ack
	for round := range rounds {
		t.Run(fmt.Sprint("round ", round), func(t *testing.T) {
			delay := 20*time.Millisecond + time.Duration(random.Int64N(int64(280*time.Millisecond)))
			program := startProgram(t, task{Job: jobWrite, Path: path, Round: round})
			lines := program.kill(t, delay)
			acks = append(acks, parseAcks(t, lines)...)
			t.Logf("killed %s after its first acknowledgement, with %d acknowledged units", delay, len(lines))

			store := openFile(t, path, nil) // what a host does first: no repair before it
			checkShop(t, store, acks)
			checkFile(t, path)
		})
		if t.Failed() {
			return
		}
	}
}

// A program is killed while it makes a new file and its tables.
func TestKilledWhileOpening(t *testing.T) {
	t.Parallel()
	rounds, random := crashRounds(t), crashRandom(t)
	whole := file(t)
	openFile(t, whole, nil)
	want := schemaOf(t, whole)
	for round := range rounds {
		t.Run(fmt.Sprint("round ", round), func(t *testing.T) {
			path := file(t)
			delay := time.Duration(random.Int64N(int64(30 * time.Millisecond)))
			lines := startProgram(t, task{Job: jobOpen, Path: path}).kill(t, delay)
			t.Logf("killed %s after it began, opened: %t", delay, len(lines) > 1)

			openFile(t, path, nil)
			if got := schemaOf(t, path); got != want {
				t.Errorf("the next Open leaves the schema\n%s\nwant that of a file that was opened in peace\n%s", got, want)
			}
			foundCrashShop(t, path)
			checkFile(t, path)
		})
	}
}

// foundCrashShop makes the workspace in which the program writes.
func foundCrashShop(t *testing.T, path string) {
	t.Helper()
	store, err := sqlite.Open(t.Context(), path, nil)
	if err != nil {
		t.Fatal(err)
	}
	err = found(t.Context(), store)
	if err := store.Close(); err != nil {
		t.Error(err)
	}
	if err != nil {
		t.Fatal(err)
	}
}

// crashRounds is how often a program is killed.
func crashRounds(t *testing.T) int {
	t.Helper()
	text := os.Getenv("CRM_CRASH_ROUNDS")
	if text == "" {
		return 3
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < 1 || n > 250 {
		t.Fatalf("CRM_CRASH_ROUNDS %q must be a number from 1 to 250", text)
	}
	return n
}

// crashRandom chooses the moments.
func crashRandom(t *testing.T) *rand.Rand {
	t.Helper()
	seed := rand.Uint64()
	if text := os.Getenv("CRM_CRASH_SEED"); text != "" {
		var err error
		if seed, err = strconv.ParseUint(text, 10, 64); err != nil {
			t.Fatalf("CRM_CRASH_SEED %q must be a number, as an earlier run has printed it", text)
		}
	}
	t.Logf("CRM_CRASH_SEED=%d", seed)
	return rand.New(rand.NewPCG(seed, 0))
}
