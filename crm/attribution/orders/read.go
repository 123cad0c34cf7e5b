package orders

import (
	"bufio"
	"errors"
	"io"
	"iter"
	"slices"

	"github.com/getklar/influencercrm/crm/attribution"
)

// Read yields the orders of a file, each with its refunds behind it, in the order of the file. Nil options mean the
// defaults.
//
// An order that cannot be read gives an [*Error] of [ErrOrder] and no order, and the reading goes on. One of [ErrFile],
// for a file that is none of the formats, breaks off or cannot be read, is the last that is yielded.
//
// Read consumes r, little by little: it reads ahead by a buffer and by the line that tells where an order ends. What it
// returns can be ranged over once. It panics if r is nil.
func Read(r io.Reader, o *Options) iter.Seq2[attribution.Order, error] {
	if r == nil {
		panic("orders: Read needs a reader, and was given nil")
	}
	var options Options
	if o != nil {
		options = *o
	}
	options.TrimPrefixes = longestFirst(options.TrimPrefixes)
	options.TrimSuffixes = longestFirst(options.TrimSuffixes)
	return func(yield func(attribution.Order, error) bool) {
		orders, err := open(bufio.NewReaderSize(r, MaxHeader), &options)
		if err != nil {
			yield(attribution.Order{}, err)
			return
		}
		for {
			found, err := orders.next()
			switch {
			case errors.Is(err, io.EOF):
				return
			case err != nil:
				if !yield(attribution.Order{}, err) || errors.Is(err, ErrFile) {
					return
				}
				continue
			}
			for _, order := range found {
				if !yield(order, nil) {
					return
				}
			}
		}
	}
}

// source reads the orders of one format.
type source interface {
	// next returns an order and its refunds, an *Error, or io.EOF after the last one.
	next() ([]attribution.Order, error)
}

// longestFirst returns a copy in which the longest text comes first and nothing is empty.
func longestFirst(texts []string) []string {
	sorted := slices.DeleteFunc(slices.Clone(texts), func(s string) bool { return s == "" })
	slices.SortStableFunc(sorted, func(a, b string) int { return len(b) - len(a) })
	return sorted
}
