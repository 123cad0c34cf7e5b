package api

import (
	"context"
	"net/http"
	"reflect"
	"strings"
	"time"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/web"
	"github.com/getklar/influencercrm/examples/server/openapi"
)

// Operation is one call of the API.
type Operation struct {
	openapi.Operation
	Scope   Scope
	timeout time.Duration // 0 is that of the API
	maxBody int64         // in bytes; 0 is web.DefaultMaxBody
	erases  bool          // see erasing
	do      func(*crm.Service, crm.WorkspaceID, *http.Request) (any, error)
}

// call is a request as an operation gets it: the parameters P are read, and the service is that of a dry run if the request
// asks for one.
type call[P any] struct {
	request *http.Request // not embedded: each P would have all of its methods compiled
	crm     *crm.Service
	ws      crm.WorkspaceID
	params  P
}

func (c *call[P]) ctx() context.Context { return c.request.Context() }

// operation makes an operation of its place, such as "GET /campaigns/{id}", and its function. A place is in a workspace
// unless it begins with the whole path.
func operation[P, A any](place, id, summary string, fn func(*call[P]) (A, error)) Operation {
	method, path, _ := strings.Cut(place, " ")
	if !strings.HasPrefix(path, root) {
		path = inWorkspace + path
	}
	o := Operation{Scope: Read, do: func(service *crm.Service, ws crm.WorkspaceID, r *http.Request) (any, error) {
		params, err := web.Params[P](r)
		if err != nil {
			return nil, err
		}
		if dry, ok := any(params).(interface{ dry() bool }); ok && dry.dry() {
			service = service.DryRun()
		}
		answer, err := fn(&call[P]{r, service, ws, params})
		if err != nil {
			return nil, err
		}
		return finish(r, answer, params)
	}}
	o.Operation = openapi.Operation{ID: id, Method: method, Path: path, Summary: summary}
	if t := reflect.TypeFor[P](); t.NumField() > 0 {
		o.Params = t
	}
	status := http.StatusOK
	switch method {
	case http.MethodGet:
	case http.MethodPost:
		o.Scope, o.Idempotent = Write, true
	default:
		o.Scope = Write
	}
	answer := reflect.TypeFor[A]()
	if answer.Kind() == reflect.Pointer {
		answer = answer.Elem()
	}
	o.Answers = []openapi.Answer{answerOf(status, answer)}
	o.IfNoneMatch = method == http.MethodGet && o.Answers[0].ETag
	return o
}

// answering says of which type an answer is, in JSON, whose function returns it written.
func (o Operation) answering(t reflect.Type) Operation {
	o.Answers = []openapi.Answer{answerOf(http.StatusOK, t)}
	return o
}

const (
	root        = "/v1"
	inWorkspace = root + "/workspaces/{workspace}"
)

// answerOf describes an answer of a type.
func answerOf(status int, t reflect.Type) openapi.Answer {
	switch {
	case t == reflect.TypeFor[nothing]():
		return openapi.Answer{Status: http.StatusNoContent}
	case t.Kind() != reflect.Struct: // a file, which the operation describes
		return openapi.Answer{Status: status}
	}
	a := openapi.Answer{Status: status, Content: &openapi.Content{Type: t}}
	a.ETag = t.Implements(reflect.TypeFor[web.Versioned]()) || t == reflect.TypeFor[crm.Saved]()
	_, a.Next = t.FieldByName("Next")
	return a
}

// taking tells that an operation reads a body of a type.
func taking[B any](o Operation) Operation {
	o.Body = &openapi.Content{Type: reflect.TypeFor[B]()}
	return o
}

// creating is an operation that makes a record of its body.
func creating[B any](o Operation) Operation {
	o = taking[B](o)
	made := o.Answers[0]
	made.Status = http.StatusCreated
	o.Answers = []openapi.Answer{made}
	if !o.canBeTried() {
		return o
	}
	o.Answers = append(o.Answers, openapi.Answer{
		Status: http.StatusOK, Content: made.Content, Description: "With dry_run: what would be answered. Nothing was created.",
	})
	do := o.do
	o.do = func(service *crm.Service, ws crm.WorkspaceID, r *http.Request) (any, error) {
		answer, err := do(service, ws, r)
		if err == nil && isTried(r) {
			answer = reply{status: http.StatusOK, body: answer}
		}
		return answer, err
	}
	return o
}

// editing is an operation that changes a record from the version in If-Match.
func editing[B any](o Operation) Operation {
	o = versioned(taking[B](o))
	o.Body.Patch = o.Method == http.MethodPatch
	return o
}

// versioned is an operation that needs the version in If-Match.
func versioned(o Operation) Operation {
	o.IfMatch, o.Idempotent = true, false
	return o
}

// administrative is an operation on a workspace itself.
func administrative(o Operation) Operation {
	o.Scope = Admin
	return o
}

// saying is an operation of which the document says more than its summary.
func saying(more string, o Operation) Operation {
	o.Description = o.Summary + ". " + more
	return o
}

// tagged puts operations under a heading of the document.
func tagged(tag string, all ...Operation) []Operation {
	for n := range all {
		all[n].Tag = tag
	}
	return all
}

// workspace is the workspace that a request is about; the zero id for an operation in none.
func (o Operation) workspace(r *http.Request) (crm.WorkspaceID, error) {
	if !strings.HasPrefix(o.Path, inWorkspace) {
		return crm.WorkspaceID{}, nil
	}
	id, err := crm.ParseID[crm.Workspace](r.PathValue("workspace"))
	if err != nil {
		return id, noWorkspace(r.PathValue("workspace"))
	}
	return id, nil
}
