// Package refusal has what the server's packages refuse requests with, beside the errors of the library: errors about a
// value, and those with an HTTP status of their own. The statuses of the library's families of errors are in crm/web,
// all others here.
package refusal
