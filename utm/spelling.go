package utm

// spellings tells how a lower-case letter is written in ASCII where dropping its accents would be wrong
// or not enough. Latin follows German and Nordic use, Greek follows ELOT 743, Cyrillic the usual English
// transcription. Letters that are missing here are those whose accents may simply be dropped, and those
// without a common ASCII form.
var spellings = map[rune]string{
	// Latin
	'ä': "ae", 'æ': "ae", 'ö': "oe", 'œ': "oe", 'ü': "ue", 'ß': "ss", 'ø': "o",
	'đ': "d", 'ð': "d", 'ħ': "h", 'ı': "i", 'ł': "l", 'ŋ': "n", 'ŧ': "t", 'þ': "th", 'ə': "e",

	// Greek
	'α': "a", 'β': "v", 'γ': "g", 'δ': "d", 'ε': "e", 'ζ': "z", 'η': "i", 'θ': "th",
	'ι': "i", 'κ': "k", 'λ': "l", 'μ': "m", 'ν': "n", 'ξ': "x", 'ο': "o", 'π': "p",
	'ρ': "r", 'σ': "s", 'ς': "s", 'τ': "t", 'υ': "y", 'φ': "f", 'χ': "ch", 'ψ': "ps", 'ω': "o",

	// Cyrillic: Bulgarian and Russian
	'а': "a", 'б': "b", 'в': "v", 'г': "g", 'д': "d", 'е': "e", 'ё': "yo", 'ж': "zh",
	'з': "z", 'и': "i", 'й': "y", 'к': "k", 'л': "l", 'м': "m", 'н': "n", 'о': "o",
	'п': "p", 'р': "r", 'с': "s", 'т': "t", 'у': "u", 'ф': "f", 'х': "kh", 'ц': "ts",
	'ч': "ch", 'ш': "sh", 'щ': "shch", 'ъ': "", 'ы': "y", 'ь': "", 'э': "e", 'ю': "yu", 'я': "ya",

	// Cyrillic: Ukrainian, Serbian and Macedonian
	'ґ': "g", 'є': "ye", 'і': "i", 'ї': "yi",
	'ђ': "dj", 'ѓ': "gj", 'ѕ': "dz", 'ј': "j", 'ќ': "kj", 'љ': "lj", 'њ': "nj", 'ћ': "c", 'џ': "dz",
}
