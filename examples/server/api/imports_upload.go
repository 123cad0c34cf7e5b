package api

import (
	"errors"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"os"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/web"
	"github.com/getklar/influencercrm/crm/wire"
	"github.com/getklar/influencercrm/examples/server/imports"
	"github.com/getklar/influencercrm/sheetimport"
)

const (
	maxChoices   = 1 << 20    // bytes of the options of an upload
	formOverhead = maxChoices // of a form, beside its files
)

// readUpload reads the body of a request as an upload: a form, whose files go to disk as they arrive, or JSON with a link.
// The function removes the files; it is there also with an error.
func readUpload(r *http.Request, dir string) (u imports.Upload, remove func(), err error) {
	remove = func() {}
	media, _, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	switch {
	case err == nil && media == "application/json":
		u.Choices, err = web.Body[imports.Choices](r)
		return u, remove, err
	case err != nil || media != "multipart/form-data":
		return u, remove, imports.NoUpload()
	}
	f := &form{dir: dir}
	err = f.read(r)
	return f.upload, f.remove, err
}

// form is an upload while it arrives.
type form struct {
	dir    string
	upload imports.Upload
	files  []*os.File
	chosen bool // the options have come
}

func (f *form) read(r *http.Request) error {
	parts, err := r.MultipartReader()
	if err != nil {
		return imports.BadForm()
	}
	for {
		part, err := parts.NextPart()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err == nil {
			err = f.take(part)
		}
		if err != nil {
			return brokenForm(r, err)
		}
	}
}

// brokenForm is why a form was not read to its end.
func brokenForm(r *http.Request, err error) error {
	if _, tooLong := errors.AsType[*http.MaxBytesError](err); tooLong || errors.Is(err, crm.ErrInvalid) || errors.Is(err, errDisk) {
		return err
	}
	if errors.Is(err, os.ErrDeadlineExceeded) { // of the connection, which is also that of the context
		return imports.LateUpload()
	}
	if err := r.Context().Err(); err != nil {
		return err
	}
	return imports.BadForm()
}

// take takes one part of the form.
func (f *form) take(part *multipart.Part) error {
	switch name := part.FormName(); {
	case name == "options" && !f.chosen:
		f.chosen = true
		return f.choices(part)
	case name == "file" && f.upload.Sheet == nil:
		file, err := f.store(part)
		f.upload.Sheet = &file
		return err
	case name == "budgets" && len(f.upload.Budgets) < sheetimport.MaxTables:
		file, err := f.store(part)
		f.upload.Budgets = append(f.upload.Budgets, file)
		return err
	default:
		return imports.BadPart(name)
	}
}

func (f *form) choices(part *multipart.Part) error {
	doc, err := io.ReadAll(io.LimitReader(part, maxChoices+1))
	switch {
	case err != nil:
		return err
	case len(doc) > maxChoices:
		return &http.MaxBytesError{Limit: maxChoices}
	}
	f.upload.Choices, err = wire.Parse[imports.Choices](doc)
	return err
}

// errDisk is a file that could not be kept while it was uploaded.
var errDisk = errors.New("the upload is not kept")

// store writes a file to disk.
func (f *form) store(part *multipart.Part) (imports.File, error) {
	file, err := os.CreateTemp(f.dir, "crm-upload-*")
	if err != nil {
		return imports.File{}, errors.Join(errDisk, err)
	}
	f.files = append(f.files, file)
	size, err := io.Copy(onDisk{file}, part)
	return imports.File{Name: part.FileName(), Size: size, Content: file}, err
}

// onDisk tells errors of the disk from those of the client.
type onDisk struct{ file *os.File }

// Write implements io.Writer.
func (d onDisk) Write(p []byte) (int, error) {
	n, err := d.file.Write(p)
	if err != nil {
		err = errors.Join(errDisk, err)
	}
	return n, err
}

// remove removes the files, which nobody needs any more.
func (f *form) remove() {
	for _, file := range f.files {
		_ = file.Close()
		_ = os.Remove(file.Name()) // the system's folder for such files is cleaned by others too
	}
}
