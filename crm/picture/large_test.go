//go:build !race

package picture_test

// largeHeight makes a picture that is 8,000 pixels wide as large as the limit allows.
const largeHeight = 5_000
