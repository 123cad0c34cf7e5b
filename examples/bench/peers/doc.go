// Package peers has no code of its own: its benchmarks hold discount.Index and utm.Index against other ways to find the
// rules of a code and the UTM sets of a visit. It is a module of its own, so that the library needs none of these.
// README.md has what they showed.
package peers
