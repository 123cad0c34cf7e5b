package openapi

import "reflect"

// Operation is one call of the API.
type Operation struct {
	ID          string // of the operation, in camel case, unique
	Method      string
	Path        string // with parameters in braces
	Tag         string
	Summary     string
	Description string // Markdown; may be empty

	// Params is a struct with the parameters of the path and the query, as web.Params reads it; nil if there are none.
	Params reflect.Type
	// Body is what the body of a request is; nil if there is none.
	Body *Content
	// Answers are those of success, each with a status of its own.
	Answers []Answer
	// Problems are the statuses of the errors to expect, beside those that every call may have.
	Problems []int
	// ProblemTypes are those of problems that say more than others, by their status.
	ProblemTypes map[int]reflect.Type

	// IfMatch tells that the call needs the version that it starts from.
	IfMatch bool
	// IfNoneMatch tells that a reader may send the ETag that it has.
	IfNoneMatch bool
	// Idempotent tells that the call takes an Idempotency-Key.
	Idempotent bool
	// Resumable tells that the answer is a stream of events that goes on after the one in Last-Event-ID.
	Resumable bool
	// Public tells that the call needs no token.
	Public bool
}

// Content is a body: a type as JSON, or a text or file of another media type, or either of them.
type Content struct {
	Type    reflect.Type // nil if it is no JSON
	Media   []string     // the media types of what is no JSON, in the place of JSON or beside it
	Patch   bool         // a merge patch of Type
	Partial bool         // any field of Type may be left out
	Form    *Form        // of multipart/form-data
}

// Form is what a form of multipart/form-data has.
type Form struct {
	Files    []string                // the names of its files
	Optional []string                // those of files that need not be there
	Lists    []string                // those under which there may be several files
	Fields   reflect.Type            // its other fields, as texts; may be nil
	JSON     map[string]reflect.Type // its fields that are JSON
}

// Answer is a successful answer.
type Answer struct {
	Status      int
	Description string
	Content     *Content // nil if it has no body
	ETag        bool     // with the version of the record
	Next        bool     // with a Link to the next page
	Location    bool     // with the address of what was made
}
