package crm

import (
	"cmp"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// TestOrdered holds a list in blocks to a plain sorted one, with equal items in it.
func TestOrdered(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		small := rapid.IntRange(0, 40)
		plain := rapid.SliceOfN(small, 0, 2*maxBlock).Draw(t, "at first")
		slices.Sort(plain)
		list := ordered[int]{compare: cmp.Compare[int]}
		list.fill(plain)
		plain = slices.Clone(plain)
		for range rapid.IntRange(1, 30).Draw(t, "steps") {
			n := small.Draw(t, "item")
			at, known := slices.BinarySearch(plain, n)
			if known && rapid.Bool().Draw(t, "remove") {
				list.remove(n)
				plain = slices.Delete(plain, at, at+1)
			} else {
				for range rapid.SampledFrom([]int{1, 3, maxBlock}).Draw(t, "times") {
					list.insert(n)
					plain = slices.Insert(plain, at, n)
				}
			}
			before := func(other int) bool { return other < n }
			at, _ = slices.BinarySearch(plain, n)
			if got := list.count(before); got != at {
				t.Fatalf("%d before %d, want %d", got, n, at)
			}
			if got := slices.Collect(list.from(before)); !slices.Equal(got, plain[at:]) {
				t.Fatalf("from %d on %v, want %v", n, got, plain[at:])
			}
			for _, block := range list.blocks {
				if len(block) == 0 || len(block) > maxBlock {
					t.Fatalf("a block of %d", len(block))
				}
			}
		}
	})
}
