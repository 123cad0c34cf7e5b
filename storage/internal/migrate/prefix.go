package migrate

import (
	"bytes"
	"io"
	"io/fs"
)

// WithPrefix returns the SQL files of a file system with one table prefix in place of another. All
// tables and indexes begin with it, and nothing else holds it. The files are read as they are for a
// host that runs them with a tool of its own.
func WithPrefix(files fs.FS, from, to string) fs.FS {
	if from == to {
		return files
	}
	return prefixed{files, []byte(from), []byte(to)}
}

type prefixed struct {
	fs.FS
	from, to []byte
}

// Open implements fs.FS.
func (p prefixed) Open(name string) (fs.File, error) {
	f, err := p.FS.Open(name)
	if err != nil {
		return nil, err
	}
	info, err := f.Stat()
	if err != nil || info.IsDir() {
		return f, err
	}
	defer f.Close()
	text, err := io.ReadAll(f)
	if err != nil {
		return nil, &fs.PathError{Op: "open", Path: name, Err: err}
	}
	text = bytes.ReplaceAll(text, p.from, p.to)
	return &file{Reader: bytes.NewReader(text), info: sized{info, int64(len(text))}}, nil
}

// file is a file whose text has been replaced.
type file struct {
	*bytes.Reader
	info fs.FileInfo
}

func (f *file) Stat() (fs.FileInfo, error) { return f.info, nil }
func (f *file) Close() error               { return nil }

type sized struct {
	fs.FileInfo
	size int64
}

func (s sized) Size() int64 { return s.size }
