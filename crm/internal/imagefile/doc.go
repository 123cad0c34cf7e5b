// Package imagefile walks the structure of JPEG and PNG files without decoding their pixels: [JPEG] yields segments and
// [PNG] yields chunks. Package crm checks with it that a stored picture holds nothing but an image, and crm/picture
// computes with it what an uploaded file takes to open.
//
// # Design
//
// There is one walker for both. Like a decoder it skips bytes between segments and fill bytes before a marker, because
// cameras write them. A stored picture must not contain them, so [Segment] says where they are.
package imagefile
