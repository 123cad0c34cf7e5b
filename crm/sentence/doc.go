// Package sentence has the sentences in which the library tells people what is wrong or what was done, in English and
// in German.
//
// A [Sentence] is written in English where it is needed, as a format with its values:
//
//	sentence.Of("at most %d records can be changed at once; change them in parts", crm.MaxBulk)
//
// The format is also its key in the catalogue, which gives it a code for programs and a German text. So who reads the
// code reads the sentence, and who translates has all of them in one place. [All] lists the catalogue, which is the
// table of the codes.
//
// # Design
//
// The catalogue is one of golang.org/x/text/message: it chooses the language, the plural and the way in which numbers
// are written. English is not looked up but formatted by package fmt, because it is what logs and tests compare. A
// value that is itself a word or a sentence is a Sentence too and is translated with what it stands in; texts that
// people typed stay as they are. [Errorf] makes errors that are sentences.
//
// The packages below crm do not import this one. Their errors carry the format and the values of their problem, and
// the catalogue has these as well.
package sentence
