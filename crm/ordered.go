package crm

import (
	"iter"
	"slices"
	"sort"
)

// ordered is a list that stays in order. It stands in blocks, so that what comes or goes moves only
// its neighbours, and a search is one for the block and one in it.
type ordered[T any] struct {
	compare func(a, b T) int
	blocks  [][]T // none is empty
}

// maxBlock is how many items a block has before it is split.
const maxBlock = 512

// fill puts items that are in order into an empty list.
func (o *ordered[T]) fill(items []T) {
	for block := range slices.Chunk(items, maxBlock*3/4) {
		o.blocks = append(o.blocks, slices.Clone(block))
	}
}

func (o *ordered[T]) insert(item T) {
	n, at := o.find(func(other T) bool { return o.compare(other, item) < 0 })
	if n == len(o.blocks) {
		if n == 0 {
			o.blocks = [][]T{{item}}
			return
		}
		n, at = n-1, len(o.blocks[n-1])
	}
	block := slices.Insert(o.blocks[n], at, item)
	o.blocks[n] = block
	if len(block) > maxBlock {
		o.blocks[n] = slices.Clone(block[:maxBlock/2])
		o.blocks = slices.Insert(o.blocks, n+1, slices.Clone(block[maxBlock/2:]))
	}
}

// remove takes one item out that is equal to the given one; there is one.
func (o *ordered[T]) remove(item T) {
	n, at := o.find(func(other T) bool { return o.compare(other, item) < 0 })
	o.blocks[n] = slices.Delete(o.blocks[n], at, at+1)
	if len(o.blocks[n]) == 0 {
		o.blocks = slices.Delete(o.blocks, n, n+1)
	}
}

// count returns how many items come before a place: those at the front for which before holds.
func (o *ordered[T]) count(before func(T) bool) int {
	n, at := o.find(before)
	for _, block := range o.blocks[:n] {
		at += len(block)
	}
	return at
}

// from yields the items from a place on.
func (o *ordered[T]) from(before func(T) bool) iter.Seq[T] {
	return func(yield func(T) bool) {
		n, at := o.find(before)
		for ; n < len(o.blocks); n, at = n+1, 0 {
			for _, item := range o.blocks[n][at:] {
				if !yield(item) {
					return
				}
			}
		}
	}
}

// find returns the block and the index in it of the first item for which before does not hold.
func (o *ordered[T]) find(before func(T) bool) (n, at int) {
	n = sort.Search(len(o.blocks), func(n int) bool {
		block := o.blocks[n]
		return !before(block[len(block)-1])
	})
	if n < len(o.blocks) {
		at = sort.Search(len(o.blocks[n]), func(at int) bool { return !before(o.blocks[n][at]) })
	}
	return n, at
}
