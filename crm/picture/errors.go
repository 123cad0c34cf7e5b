package picture

import (
	"errors"

	"github.com/getklar/influencercrm/crm/sentence"
)

// ErrPicture is the family of all refusals: errors.Is(err, ErrPicture) tells a
// file that cannot be used from a reader that failed. What is wrong and what would be right is a sentence of the
// catalogue of package sentence, which crm.Explain says in English or German, and crm.Code gives its code.
var ErrPicture = errors.New("this picture cannot be used")

// The refusals. Each belongs to [ErrPicture].
var (
	// ErrEmpty is a file without a byte, or a picture without a pixel.
	ErrEmpty error = refusal("the picture is empty")
	// ErrTooLarge is a file of more than [MaxBytes].
	ErrTooLarge error = refusal("the picture file is too large")
	// ErrTooManyPixels is a picture of more than [MaxPixels], or of fewer in a
	// kind of file that takes too much memory or time to open.
	ErrTooManyPixels error = refusal("the picture is too big")
	// ErrUnsupported is a file that is no JPEG, PNG, GIF or WebP, or a kind of
	// them that cannot be read, such as an animated WebP.
	ErrUnsupported error = refusal("this kind of picture is not supported")
	// ErrTruncated is a file that ends before its picture does.
	ErrTruncated error = refusal("the picture file is incomplete")
	// ErrDamaged is a file that contradicts itself.
	ErrDamaged error = refusal("the picture file is damaged")
)

// refusal is a member of the family ErrPicture.
type refusal string

func (r refusal) Error() string { return string(r) }

// Sentence is what the error says; see package sentence.
func (r refusal) Sentence() sentence.Sentence { return sentence.Of(string(r)) }

func (r refusal) Is(target error) bool { return target == ErrPicture }
