package pages

import (
	"errors"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"strconv"

	"github.com/getklar/influencercrm/crm"
	photo "github.com/getklar/influencercrm/crm/picture"
)

// pictureAge is how long a browser shows a picture without asking again, in seconds. The bytes behind an address never
// change; they may be erased.
const pictureAge = 3600

// storedPicture is a picture of the workspace.
type storedPicture struct{ crm.Picture }

func (a storedPicture) write(w http.ResponseWriter, v *visit) {
	w.Header().Set("ETag", a.ETag())
	w.Header().Set("Cache-Control", "private, max-age="+strconv.Itoa(pictureAge))
	if v.Header.Get("If-None-Match") == a.ETag() {
		w.WriteHeader(http.StatusNotModified)
		return
	}
	w.Header().Set("Content-Type", a.Type)
	_, _ = w.Write(a.Data) // a client that is gone does not hear of it
}

func (v *visit) picture() (answer, error) {
	id, err := crm.ParseID[crm.Picture](v.PathValue("picture"))
	if err != nil {
		return nil, noSuch(crm.KindPicture, v.PathValue("picture"))
	}
	p, err := v.crm.Picture(v.Context(), v.ws.ID, id)
	return storedPicture{p}, err
}

// maxUpload is how long a form with a picture may be, in bytes.
const maxUpload = photo.MaxBytes + 64<<10

// drained is how much of a form that is too long is read before it is refused, in bytes.
const drained = 32 << 20

// setPicture takes a picture that is uploaded. The parts of the form are read in their order, so that a large file is never
// stored: version stands before it.
func (v *visit) setPicture() (answer, error) {
	i, err := v.storedInfluencer()
	if err != nil {
		return nil, err
	}
	version, uploaded, err := readUpload(http.MaxBytesReader(nil, v.Body, maxUpload), v.Header.Get("Content-Type"))
	var did crm.Done
	if err == nil {
		kept := crm.Picture{Type: uploaded.Type, Width: uploaded.Width, Height: uploaded.Height, Data: uploaded.Data}
		_, err = v.crm.Noting(&did).SetPicture(v.Context(), v.ws.ID, i.ID, version, kept, "")
	}
	if err == nil {
		return done(v.linkTo(i.Ref()), did), nil
	}
	_, _ = io.Copy(io.Discard, io.LimitReader(v.Body, drained)) // a browser that is still sending would show no answer
	d := &influencerData{Stored: i, Form: newForm(v.influencerValues(i))}
	status := http.StatusUnprocessableEntity
	var tooLong *http.MaxBytesError
	switch f := newForm(nil); {
	case errors.Is(err, errNoPicture):
		d.PictureWrong = v.say("Choose a file first.")
	case errors.As(err, &tooLong):
		d.PictureWrong = crm.Explain(photo.ErrTooLarge, v.face.Lang)
	case errors.Is(err, photo.ErrPicture):
		d.PictureWrong = crm.Explain(err, v.face.Lang)
	case stale(err):
		status, d.PictureWrong = http.StatusPreconditionFailed, v.say("This was changed meanwhile. Look at it again.")
	case f.refused(v, err):
		d.PictureWrong = f.Problems[0].Problem
	default:
		return nil, err
	}
	a, err := v.influencerForm(d)
	a.status = status
	return a, err
}

var errNoPicture = errors.New("no picture")

// readUpload reads the form of a picture: its version, and then the file.
func readUpload(body io.Reader, contentType string) (version int64, p photo.Picture, err error) {
	media, params, err := mime.ParseMediaType(contentType)
	if err != nil || media != "multipart/form-data" {
		return 0, p, errNoPicture
	}
	form := multipart.NewReader(body, params["boundary"])
	for range 10 {
		part, err := form.NextPart()
		if err != nil {
			return 0, p, fmt.Errorf("%w: %w", errNoPicture, err)
		}
		switch part.FormName() {
		case "version":
			text, err := io.ReadAll(io.LimitReader(part, 20))
			if err != nil {
				return 0, p, fmt.Errorf("%w: %w", errNoPicture, err)
			}
			version, _ = strconv.ParseInt(string(text), 10, 64) // what is no number fits no version
		case "picture":
			if part.FileName() == "" {
				return 0, p, errNoPicture
			}
			p, err := photo.Read(part)
			return version, p, err
		}
	}
	return 0, p, errNoPicture
}

func (v *visit) removePicture() (answer, error) {
	return v.actOnInfluencer(func(at crm.At) (did crm.Done, err error) {
		_, err = v.crm.Noting(&did).RemovePicture(v.Context(), v.ws.ID, crm.InfluencerID(at.ID), at.Version, "")
		return v.doneAlready(at, did, err, "picture", false)
	}, "")
}
