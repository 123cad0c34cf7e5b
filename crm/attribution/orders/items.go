package orders

import (
	"iter"
	"strings"
)

// parts yields the items of a cell such as "code:PAM10|amount:5.00;code:IDA15|amount:3.00", in which plugins of WooCommerce
// list coupons and refunds. A text in an item, such as the reason of a refund, may hold a semicolon; an item ends only where
// another one begins with the same name.
func parts(cell string) iter.Seq[map[string]string] {
	first, _, _ := strings.Cut(cell, ":")
	next := ";" + first + ":"
	return func(yield func(map[string]string) bool) {
		for rest, more := cell, first != cell; more; {
			var item string
			if item, rest, more = strings.Cut(rest, next); more {
				rest = first + ":" + rest
			}
			found := map[string]string{}
			for pair := range strings.SplitSeq(item, "|") {
				name, value, _ := strings.Cut(pair, ":")
				found[strings.ToLower(strings.TrimSpace(name))] = strings.TrimSpace(value)
			}
			if !yield(found) {
				return
			}
		}
	}
}
