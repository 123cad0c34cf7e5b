// Package guard keeps a server safe from what comes over the network, whoever sends it: names of hosts that are not the
// server's, requests that other sites make in a browser, bodies without an end, too many requests at once or from one
// caller, clients that do not read, and panics.
//
// Each guard is a function from handler to handler; what is refused is answered with a problem.
package guard
