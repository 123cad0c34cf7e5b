// Package source holds what the sources of sheets share: [File] reads a file once within its limits, [DecodeText] turns
// bytes into text or says what they are instead, and [Cells] collects the cells of a row within the limits.
package source
