package memory_test

import (
	"testing"

	"github.com/getklar/influencercrm/storage/memory"
	"github.com/getklar/influencercrm/storage/storagetest"
)

func TestContract(t *testing.T) {
	t.Parallel()
	storagetest.Run(t, func(*testing.T) storagetest.Backend { return memory.New(nil) }, nil)
}
