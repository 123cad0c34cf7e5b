package api

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
)

// shortBody is how many bytes of a body are kept in memory while its call waits; a longer one is kept on disk.
const shortBody = 64 << 10

// keepBody reads a whole body and returns it to be read again. Whoever has it closes it, which removes its file.
func keepBody(body io.Reader, dir string) (io.ReadCloser, error) {
	first, err := io.ReadAll(io.LimitReader(body, shortBody+1))
	if err != nil || len(first) <= shortBody {
		return io.NopCloser(bytes.NewReader(first)), err
	}
	disk, err := os.CreateTemp(dir, "crm-body-*")
	if err != nil {
		return nil, fmt.Errorf("keep a body: %w", err)
	}
	kept := bodyOnDisk{disk}
	if _, err = io.Copy(disk, io.MultiReader(bytes.NewReader(first), body)); err == nil {
		_, err = disk.Seek(0, io.SeekStart)
	}
	if err != nil {
		return nil, errors.Join(err, kept.Close())
	}
	return kept, nil
}

// bodyOnDisk is a file that is gone when it is closed.
type bodyOnDisk struct{ *os.File }

// Close implements io.Closer.
func (d bodyOnDisk) Close() error { return errors.Join(d.File.Close(), os.Remove(d.Name())) }
