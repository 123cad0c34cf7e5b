// Package web has what HTTP handlers of a host need around calls of package crm, on net/http: records out of bodies,
// versions as ETags and out of If-Match, and errors as problems (RFC 9457).
//
// [Handler] makes a handler of a function that returns a value or an error:
//
//	mux.Handle("PATCH /cooperations/{id}", web.Handler(http.StatusOK, func(r *http.Request) (any, error) {
//		id, badID := crm.ParseID[crm.Cooperation](r.PathValue("id"))
//		edit, err := web.Edit(r, "")
//		if err := errors.Join(badID, err); err != nil {
//			return nil, err
//		}
//		return wire.EditCooperation(r.Context(), service, ws, id, edit)
//	}, nil))
//
// A host with a framework of its own takes [Body], [Edit] and [WriteProblem] or [ProblemOf]. The query of a URL is
// read by wire.Query.
//
// # Design
//
// The package is apart from crm/wire because it is the only one in crm that needs net/http. It has no routes, users or
// workspaces: those are the host's. The statuses of the families of errors stand in one table, in problem.go.
package web
