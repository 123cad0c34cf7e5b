package crm

import (
	"fmt"
	"maps"
	"strconv"
	"time"
)

// cloneSlice copies a slice; the copy is never nil.
func cloneSlice[E any](s []E) []E { return append(make([]E, 0, len(s)), s...) }

// cloneMap copies a map; the copy is never nil.
func cloneMap[K comparable, V any](m map[K]V) map[K]V {
	if m == nil {
		return map[K]V{}
	}
	return maps.Clone(m)
}

func itoa(n int) string { return strconv.Itoa(n) }

func loadZone(name string) (*time.Location, error) {
	if name == "" || name == "Local" {
		return nil, fmt.Errorf("time zone %q", name)
	}
	return time.LoadLocation(name)
}
