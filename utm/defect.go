package utm

// Defect is a kind of fault of a link that people copied around.
type Defect string

// The defects that [Mend] finds and mends.
const (
	// EscapedForHTML is a link out of the source of a page or mail: "&amp;utm_medium=x", "&#038;utm_medium=x".
	EscapedForHTML Defect = "escaped_for_html"
	// SecondQuestionMark is a second "?" in front of a field: "?variant=7?utm_source=x".
	SecondQuestionMark Defect = "second_question_mark"
	// NoQuestionMark is a link with fields and no "?" in front of them: "/p&utm_source=x".
	NoQuestionMark Defect = "no_question_mark"
	// EscapedQuery is a link whose "?", "&" or "=" are escaped: "/p%3Futm_source%3Dx".
	EscapedQuery Defect = "escaped_query"
	// BrokenByBlanks is a link with blanks or line breaks between its fields.
	BrokenByBlanks Defect = "broken_by_blanks"
	// OtherSeparator is a ";" between two fields.
	OtherSeparator Defect = "other_separator"
	// Unclear is a link that stays broken, because what was meant has several readings: "utm_campaign=H&amp;M".
	Unclear Defect = "unclear"
)

// The defects that [ValidateLink] finds besides, in the parameters of a link.
const (
	// BehindHash is a field behind a "#", which stays in the browser: "#reviews?utm_source=x".
	BehindHash Defect = "behind_hash"
	// Misspelt is a name that is nearly a field's, or begins like one and is none: "utm_souce=x", "utm-source=x".
	Misspelt Defect = "misspelt"
	// WrongCase is a field's name with capital letters: "UTM_Source=x". [Parse] reads it, and many tools do not.
	WrongCase Defect = "wrong_case"
	// Repeated is a field that a link has more than once: "utm_source=x&utm_source=y".
	Repeated Defect = "repeated"
	// NoValue is a field without a value: "utm_source=".
	NoValue Defect = "no_value"
	// Unencoded is a value with a character that a link holds only as an escape: "utm_campaign=summer sale".
	Unencoded Defect = "unencoded"
	// BadValue is a value that [Params.Validate] refuses: "utm_term={influencer}".
	BadValue Defect = "bad_value"
	// NoFields is a link without UTM fields.
	NoFields Defect = "no_fields"
	// TooGeneral is a link that lacks all of the fields by which [Params.Usable] tells whose its visits are.
	TooGeneral Defect = "too_general"
)

// The defects of addresses, which [ValidateAddress] finds.
const (
	// NoScheme is a link that does not begin with http:// or https://.
	NoScheme Defect = "no_scheme"
	// BadHost is a link that names no website.
	BadHost Defect = "bad_host"
	// UserInfo is a link with a user name or a password: "https://user:secret@shop.example".
	UserInfo Defect = "user_info"
	// BlankInside is a link with a blank, a line break or a control character.
	BlankInside Defect = "blank_inside"
	// Damaged is a link that is not UTF-8 text.
	Damaged Defect = "damaged"
	// TooLong is a link of more than [MaxLinkLen] bytes.
	TooLong Defect = "too_long"
)
