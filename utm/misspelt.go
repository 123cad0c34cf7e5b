package utm

import (
	"strings"
	"unicode/utf8"
)

// maxNameLen bounds the names that are compared with those of the fields, in bytes.
const maxNameLen = 40

// meantField tells which field a name was meant for that is none: one letter off ("utm_souce"), two where it begins
// with utm ("utm_compain"), or with another separator ("utm-source", "utmsource").
func meantField(name string) (Field, bool) {
	name = strings.ToLower(name)
	if len(name) > maxNameLen || otherFields[name] || !utf8.ValidString(name) {
		return 0, false
	}
	squeezed := squeezeName(name)
	limit := 1
	if strings.HasPrefix(squeezed, "utm") {
		limit = 2
	}
	var nearest Field
	best, several := limit+1, false
	for _, f := range Fields() {
		switch d := editDistance(squeezed, squeezedKeys[f]); {
		case d < best:
			nearest, best, several = f, d, false
		case d == best:
			several = true
		}
	}
	return nearest, best <= limit && !several
}

var nameSeparators = strings.NewReplacer("_", "", "-", "", ".", "", " ", "", "+", "")

// squeezeName takes separators off a name.
func squeezeName(name string) string { return nameSeparators.Replace(name) }

// squeezedKeys are the names of the fields without separators.
var squeezedKeys = func() (keys [NumFields]string) {
	for _, f := range Fields() {
		keys[f] = squeezeName(f.Key())
	}
	return keys
}()

// editDistance is how many letters have to be put in, left out, replaced or swapped with their neighbour to make one
// short text of another: the optimal string alignment distance.
func editDistance(a, b string) int {
	from, to := []rune(a), []rune(b)
	var rows [3][]int // the row that is made, and the two before it
	for n := range rows {
		rows[n] = make([]int, len(to)+1)
	}
	for j := range rows[0] {
		rows[0][j] = j
	}
	for i := range from {
		before, row, two := rows[0], rows[2], rows[1]
		row[0] = i + 1
		for j := range to {
			cost := 1
			if from[i] == to[j] {
				cost = 0
			}
			row[j+1] = min(before[j+1]+1, row[j]+1, before[j]+cost)
			if i > 0 && j > 0 && from[i] == to[j-1] && from[i-1] == to[j] {
				row[j+1] = min(row[j+1], two[j-1]+1)
			}
		}
		rows = [3][]int{row, before, two}
	}
	return rows[0][len(to)]
}
