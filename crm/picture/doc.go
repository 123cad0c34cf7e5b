// Package picture turns the file that somebody uploaded as the profile picture
// of an influencer into a small, safe picture. It is a pure function of bytes:
// it stores nothing and asks nobody.
//
// # The story
//
// [Read] takes a JPEG, PNG, GIF or WebP of at most [MaxBytes] bytes and
// [MaxPixels] pixels and gives back a [Picture]: turned upright, at most
// [MaxSide] pixels wide and high, encoded anew as a JPEG or, where parts of it
// are transparent, as a PNG. Nothing of the file but its pixels survives: no
// camera, no place where the photo was taken, no thumbnail, no colour profile,
// no bytes hidden behind the end. The same file gives the same bytes, and
// [Picture.ETag] names them for HTTP caches.
//
// A file that cannot be used gives an error that belongs to [ErrPicture] and
// says what is wrong and what would be right. Any other error comes from the
// reader itself, such as a connection that broke.
//
// The fields of a Picture become those of a crm.Picture, which crm.Work.SetPicture
// checks and keeps, and crm.Service.Picture shows. It has an entity tag of its own,
// its id, which a host knows without reading the bytes.
//
// # How hostile files are met
//
// Bytes are counted while they are read. Then the header alone says how many
// pixels there are, and what the decoder will need to open them: a progressive
// JPEG, a PNG with 16 bits or a lossless WebP takes a multiple of what a plain
// JPEG takes for the same pixels. A file that would need more than 204 MiB is
// refused before a pixel is decoded, so one call stays below 256 MiB. (A plain
// JPEG or PNG may have all of MaxPixels, a progressive JPEG about 28 million or,
// without subsampled colours, 14, a lossless WebP 7, one with lossy colours and
// transparency 5.) A host that reads many uploads at once should bound how many.
//
// A JPEG may repeat its scans at a few bytes each, and each costs a walk over
// the whole picture; more than a hundred are refused.
//
// # Decisions a reader may question
//
// Of an animated GIF the first frame counts, placed on its canvas as a browser
// would show it. An animated WebP is refused with the advice to save one frame:
// the decoder, golang.org/x/image/webp, reads still pictures only.
//
// A truncated file is refused even where half of it could be shown. Nobody
// wants half a face, and uploading again is easy.
//
// The orientation that a camera notes in its EXIF block is read here, by thirty
// lines, and not by an EXIF library. The blocks of a JPEG have to be walked
// anyway to know what decoding costs, and RIFF is walked by golang.org/x/image;
// what is left is to find one number in one table. Libraries read hundreds of
// tags from a file that is not trusted, for the sake of one. An orientation
// that makes no sense is ignored: a picture that lies on its side is better than none.
//
// Colour profiles are dropped, not applied: a picture in a wide-gamut profile
// comes out a little paler. Applying them needs a colour engine.
//
// Large pictures are first averaged over whole blocks of pixels to between two
// and four times the wanted size, then scaled by Catmull-Rom. That looks like
// Catmull-Rom alone, and needs memory for the small picture only.
package picture
