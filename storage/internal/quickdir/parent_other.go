//go:build !linux

package quickdir

import "os"

// Parent is the folder for such folders.
func Parent() string { return os.TempDir() }
