package imports

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
	"github.com/getklar/influencercrm/sheetimport"
)

const (
	maxChoices = 1 << 20 // bytes of the options of an upload, and of each field of a form
	// FormOverhead is how many bytes a form may have beside its files.
	FormOverhead = maxChoices
)

// ReadUpload reads the body of a request as an upload: a form, whose files go to disk as they arrive and whose part "options"
// has the choices in JSON, or JSON with a link. The function removes the files; it is there also with an error.
func ReadUpload(r *http.Request, dir string) (u Upload, remove func(), err error) {
	media, _, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if err == nil && media == "application/json" {
		u.Choices, err = web.Body[Choices](r)
		return u, func() {}, err
	}
	var choices Choices
	chosen := false
	u, remove, err = ReadForm(r, dir, func(name, text string) error {
		if name != "options" || chosen {
			return BadPart(name)
		}
		chosen = true
		choices, err = wire.Parse[Choices]([]byte(text))
		return err
	})
	u.Choices = choices
	return u, remove, err
}

// ReadForm reads a form with files, which go to disk in a folder as they arrive: one in the part "file" and those of budgets.
// A browser that was given no file sends a part without a name and content, which is none. The other parts are texts, for take.
// The function that comes back removes the files; it is there also with an error.
func ReadForm(r *http.Request, dir string, take func(name, text string) error) (u Upload, remove func(), err error) {
	f := &form{dir: dir, text: take}
	if media, _, err := mime.ParseMediaType(r.Header.Get("Content-Type")); err != nil || media != "multipart/form-data" {
		return u, f.remove, NoUpload()
	}
	err = f.read(r)
	return f.upload, f.remove, err
}

// form is an upload while it arrives.
type form struct {
	dir    string
	text   func(name, text string) error
	upload Upload
	files  []*os.File
}

func (f *form) read(r *http.Request) error {
	parts, err := r.MultipartReader()
	if err != nil {
		return BadForm()
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
		return LateUpload()
	}
	if err := r.Context().Err(); err != nil {
		return err
	}
	return BadForm()
}

// take takes one part of the form.
func (f *form) take(part *multipart.Part) error {
	switch name := part.FormName(); {
	case name == "file" && f.upload.Sheet == nil:
		file, err := f.store(part)
		if err == nil && (file.Name != "" || file.Size > 0) {
			f.upload.Sheet = &file
		}
		return err
	case name == "budgets" && len(f.upload.Budgets) < sheetimport.MaxTables:
		file, err := f.store(part)
		if err == nil && (file.Name != "" || file.Size > 0) {
			f.upload.Budgets = append(f.upload.Budgets, file)
		}
		return err
	case name == "file" || name == "budgets":
		return BadPart(name)
	default:
		text, err := io.ReadAll(io.LimitReader(part, maxChoices+1))
		switch {
		case err != nil:
			return err
		case len(text) > maxChoices:
			return &http.MaxBytesError{Limit: maxChoices}
		}
		return f.text(name, string(text))
	}
}

// errDisk is a file that could not be kept while it was uploaded.
var errDisk = errors.New("the upload is not kept")

// store writes a file to disk.
func (f *form) store(part *multipart.Part) (File, error) {
	file, err := os.CreateTemp(f.dir, "crm-upload-*")
	if err != nil {
		return File{}, errors.Join(errDisk, err)
	}
	f.files = append(f.files, file)
	size, err := io.Copy(onDisk{file}, part)
	return File{Name: part.FileName(), Size: size, Content: file}, err
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
