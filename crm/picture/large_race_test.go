//go:build race

package picture_test

// largeHeight is a tenth of what the limit allows: under the race detector the
// decoders are too slow for the whole.
const largeHeight = 500
