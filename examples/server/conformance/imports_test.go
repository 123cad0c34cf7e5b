package conformance

import (
	"bytes"
	"context"
	"io"
	"mime/multipart"
	"net/textproto"
	"path/filepath"
	"testing"
	"time"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/examples/server/database"
	"github.com/getklar/influencercrm/examples/server/imports"
)

// newImports keeps plans of imports in an SQLite file.
func newImports(t *testing.T, service *crm.Service) *imports.Service {
	t.Helper()
	db, err := database.Open(t.Context(), filepath.Join(t.TempDir(), "server.db"), nil)
	if err != nil {
		t.Fatal(err)
	}
	s := imports.New(service, db.State, nil)
	t.Cleanup(func() {
		ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
		defer cancel()
		if err := s.Close(ctx); err != nil {
			t.Error(err)
		}
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

// upload asks for a plan of a sheet, with options in JSON.
func (c *client) upload(csv, options string) answer {
	c.Helper()
	var body bytes.Buffer
	w := multipart.NewWriter(&body)
	file, err := w.CreateFormFile("file", "plan.csv")
	if err == nil {
		_, err = file.Write([]byte(csv))
	}
	var part io.Writer
	if err == nil {
		part, err = w.CreatePart(textproto.MIMEHeader{
			"Content-Disposition": {`form-data; name="options"`}, "Content-Type": {"application/json"},
		})
	}
	if err == nil {
		_, err = io.WriteString(part, options)
	}
	if err == nil {
		err = w.Close()
	}
	if err != nil {
		c.Fatal(err)
	}
	return c.do(201, "POST", "imports/plans", body.String(), "Content-Type", w.FormDataContentType())
}

// sheets imports one, looks at what became of it, and takes it back.
func sheets(c *client) {
	const csv = "Influencer,Handle,Platform,Campaign,Posting date,Fee,Colour\nIda,@ida,Instagram,Sale,2026-06-01,100,red\nMats,@mats,TikTok,Sale,2026-02-30,200,\n"
	plan, outdated, third := c.upload(csv, `{"dates":"day"}`), c.upload(csv, `{"dates":"day"}`), c.upload(csv, `{}`)
	path := "imports/plans/" + plan.text("id")
	c.do(200, "GET", path, "")
	c.do(200, "GET", path, "", "Accept-Language", "de")
	c.do(200, "GET", path+"/rows?size=1&verdict=created", "")
	c.do(200, "GET", path+"/rows", "")
	for _, format := range []string{"json", "text", "csv"} {
		c.do(200, "GET", path+"/report?format="+format, "")
	}
	c.do(202, "POST", path+"/apply?digest="+plan.text("digest"), "")
	c.do(200, "POST", path+"/apply?wait=true&digest="+plan.text("digest"), "")
	c.do(200, "GET", path+"/events", "")
	c.do(200, "POST", path+"/cancel", "")
	c.do(409, "POST", "imports/plans/"+outdated.text("id")+"/apply?wait=true&digest="+outdated.text("digest"), "")
	c.do(200, "GET", "imports/plans/"+outdated.text("id"), "")
	if again := c.upload(csv, `{}`); again.text("kept", "at") == "" {
		c.Error("the next plan does not say whose choices it has")
	}
	c.do(204, "DELETE", "imports/choices/"+plan.text("header_key"), "")
	c.do(404, "DELETE", "imports/choices/"+plan.text("header_key"), "")
	c.do(204, "DELETE", "imports/plans/"+third.text("id"), "")
	c.do(415, "POST", "imports/plans", csv, "Content-Type", "text/csv")
	c.do(422, "POST", "imports/plans", `{"link":"https://docs.google.com/spreadsheets/d/1BxiMVs0XRA5nFMdKvBdBZjgmUUqptlbs74OgvE2upms"}`)

	run := "imports/runs/" + c.do(200, "GET", "imports/runs", "").text("items", "0", "id")
	c.do(200, "GET", run, "")
	for _, format := range []string{"json", "text", "csv"} {
		c.do(200, "GET", run+"/report?format="+format, "")
	}
	c.do(200, "GET", run+"/statuses", "")
	for _, format := range []string{"json", "csv", "xlsx"} {
		c.do(200, "GET", "export?format="+format, "")
	}
	c.do(200, "POST", run+"/undo?dry_run=true", "")
	c.do(200, "POST", run+"/undo", "")
}
