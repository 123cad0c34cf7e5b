package migrate

import (
	"bytes"
	"io"
	"io/fs"
)

// WithPrefix returns the SQL files of a file system with one table prefix in place of another. All tables and indexes
// begin with the old one, and nothing else contains it.
func WithPrefix(files fs.FS, from, to string) fs.FS {
	if from == to {
		return files
	}
	return rewritten{files, func(text []byte) []byte { return bytes.ReplaceAll(text, []byte(from), []byte(to)) }}
}

// InSchema returns the SQL files of a file system for tables in a schema. Indexes and constraints cannot be named with a
// schema, so each direction of a migration begins by setting the search path, for its transaction only.
func InSchema(files fs.FS, schema string) fs.FS {
	return rewritten{files, func(text []byte) []byte {
		for _, direction := range []string{"-- +goose Up\n", "-- +goose Down\n"} {
			text = bytes.Replace(text, []byte(direction), []byte(direction+"SET LOCAL search_path TO "+schema+";\n"), 1)
		}
		return text
	}}
}

type rewritten struct {
	fs.FS
	rewrite func([]byte) []byte
}

// Open implements fs.FS.
func (r rewritten) Open(name string) (fs.File, error) {
	f, err := r.FS.Open(name)
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
	text = r.rewrite(text)
	return &file{Reader: bytes.NewReader(text), info: sized{info, int64(len(text))}}, nil
}

// file is a file with a rewritten text.
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
