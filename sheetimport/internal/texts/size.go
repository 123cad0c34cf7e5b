package texts

import "fmt"

// Size writes a number of bytes as people read it: 512 MB. Sizes are limits, and most of them are powers of two.
func Size(bytes int64) string {
	const kilo, mega = 1 << 10, 1 << 20
	switch {
	case bytes >= mega:
		return fmt.Sprintf("%d MB", bytes/mega)
	case bytes >= kilo:
		return fmt.Sprintf("%d KB", bytes/kilo)
	}
	return fmt.Sprintf("%d bytes", bytes)
}
