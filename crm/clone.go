package crm

import (
	"fmt"
	"maps"
	"slices"
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

// Clone returns a copy of a record that shares no memory with it, its slices and maps empty
// instead of nil.
func Clone[R Record](r R) R { return cloneRecord(r).(R) }

func cloneRecord(r Record) Record {
	switch r := r.(type) {
	case Workspace:
		return r.clone()
	case Influencer:
		return r.clone()
	case Cooperation:
		return r.clone()
	case ImportRun:
		r.Counts = cloneMap(r.Counts)
		r.Plan = slices.Clone(r.Plan)
		return r
	default: // Member and Campaign hold nothing that could be shared
		return r
	}
}

func itoa(n int) string { return strconv.Itoa(n) }

// indexed names a part of a list: profiles[1].handle.
func indexed(list string, n int, part string) string {
	if part != "" {
		part = "." + part
	}
	return fmt.Sprintf("%s[%d]%s", list, n, part)
}

func loadZone(name string) (*time.Location, error) {
	if name == "" || name == "Local" {
		return nil, fmt.Errorf("time zone %q", name)
	}
	return time.LoadLocation(name)
}
