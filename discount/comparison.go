package discount

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Comparison is how a shop compares a code that a customer types with those that it has. Many shops leave this to their
// database, which may know no accents: RENE10 then redeems RENÉ10, and the order has the code as it was typed.
//
// Rules match codes in the same way under each of them; see [Normalize]. A looser one adds conflicts of codes that
// Normalize keeps apart, and lets a caller credit an order with a code that redeems that of a rule.
type Comparison string

// The comparisons. The zero value is read as Exact.
const (
	// Exact is that of Saleor, Medusa, Spree, Solidus, and Sylius on PostgreSQL.
	Exact Comparison = "exact"
	// Accents knows no accents, variants of letters, or scripts of digits, as the collations of MySQL and MariaDB with
	// which Shopware, OpenCart, PrestaShop and Sylius come.
	Accents Comparison = "accents"
	// WooCommerce finds a code as Accents does, takes the newest, and refuses it if it is another one than was typed. Of
	// two such codes only the newer one works.
	WooCommerce Comparison = "woocommerce"
	// General is that of Magento and OpenMage, whose collation general_ci knows no accents and takes ß for s and ı for i,
	// but keeps letters such as Ø and O apart, and also what looks the same: full width, ligatures, invisible characters.
	General Comparison = "general"
)

// Comparisons returns all comparisons, in the order of the constants.
func Comparisons() []Comparison { return []Comparison{Exact, Accents, WooCommerce, General} }

// Validate returns an [*RuleError] with the field "comparison" for one that does not exist.
func (c Comparison) Validate() error {
	if !slices.Contains(Comparisons(), c) {
		return invalid("comparison", string(c), "is no way to compare codes; use exact, accents, woocommerce or general")
	}
	return nil
}

// IsLoose reports whether shops that compare in this way redeem codes that are not typed as they are.
func (c Comparison) IsLoose() bool { return c == Accents || c == General }

// Redeems reports whether a code as a customer typed it redeems a code as the shop has it. It is what their databases say,
// as far as the package knows them; with Exact, it is that the normal forms are the same.
func (c Comparison) Redeems(typed, stored string) bool { return c.Key(typed) == c.Key(stored) }

// Key returns a text that is the same for two codes if one redeems the other. It is made for comparing, not for showing, and
// need not be UTF-8.
func (c Comparison) Key(code string) string {
	switch c {
	case Accents:
		return looseKey(Normalize(code))
	case General:
		return generalKey(code)
	}
	return Normalize(code)
}

// AppendKey appends the Key of a code. For a code in ASCII it allocates nothing if dst has room for it and 16 bytes more.
func (c Comparison) AppendKey(dst []byte, code string) []byte {
	if _, ascii := inspectASCII(code); !ascii {
		return append(dst, c.Key(code)...)
	}
	from := len(dst)
	dst = appendNormalized(dst, code)
	if c == General {
		for n, b := range dst[from:] {
			dst[from+n] = byte(generalRune(rune(b)))
		}
	}
	return dst
}

// LooseKey returns a text that is the same for the codes of two rules with [Equals] if [Comparison.Compare] finds any
// conflict of them. Like Key it is not made for showing. That of a code in ASCII is its normal form, but for General, where of
// several s in a row one is left.
func (c Comparison) LooseKey(code string) string {
	key := Normalize(code)
	if c != General {
		return looseKey(key)
	}
	if lower, ascii := inspectASCII(key); !ascii || !lower {
		key = looseKey(Normalize(generalKey(key)))
	}
	return singleS(key)
}

// singleS leaves one s of several in a row in a loose key. In a normal form ß is written ss, and cannot be told from it; to the
// collation general_ci it is one s.
func singleS(key string) string {
	if !strings.Contains(key, "ss") {
		return key
	}
	single := make([]byte, 0, len(key))
	for n := 0; n < len(key); n++ {
		if key[n] == 0xFF { // the weight of another letter, whose bytes are no letters
			single = append(single, key[n:min(n+looseWeight, len(key))]...)
			n += looseWeight - 1
		} else if key[n] != 's' || n == 0 || key[n-1] != 's' {
			single = append(single, key[n])
		}
	}
	return string(single)
}

// Compare is [Compare] for a shop that compares in this way: two rules with [Equals] and different codes can be in
// conflict as well. The conflict is [Blocking] if the one code redeems the other, because the shop cannot have both, or
// takes one of them as it comes. Else, if some shops take the two for one, it is [Loose]; with General also STRASSE10
// and STRASE10, because the former may have been written with ß. Patterns for families of codes are compared by their
// normal forms only.
func (c Comparison) Compare(a, b Rule) Conflict {
	conflict := Compare(a, b)
	if conflict.Severity != NoConflict || a.Match != Equals || b.Match != Equals {
		return conflict
	}
	aKey, ok := a.validKey()
	bKey, too := b.validKey()
	if !ok || !too || c.LooseKey(aKey) != c.LooseKey(bKey) {
		return conflict
	}
	conflict = Conflict{Severity: Loose, Witness: min(aKey, bKey), Cause: CauseOf(aKey, bKey)}
	if c.IsLoose() && (c.Redeems(aKey, bKey) || c.Redeems(a.Pattern, b.Pattern)) {
		conflict.Severity = Blocking
	}
	return conflict
}

// generalKey writes a code as MySQL's general_ci compares it: each character for itself, as a capital without accents.
// Blanks at its ends do not count, those in front because shops remove them.
func generalKey(code string) string {
	return strings.Map(generalRune, strings.Trim(strings.ToValidUTF8(code, string(utf8.RuneError)), " \t\r\n\v\f"))
}

// generalRune returns the character that stands for all those with one weight. The collation was made for an early version
// of Unicode, and knows the letters of that.
func generalRune(r rune) rune {
	switch {
	case r < utf8.RuneSelf:
		return unicode.ToUpper(r)
	case r > 0xFFFF:
		return utf8.RuneError // all of these have one weight
	case r == 'ß':
		return 'S'
	case r == 'Й' || r == 'й': // letters of their own
		return 'Й'
	case unicode.Is(unicode.Georgian, r) || unicode.Is(unicode.Cherokee, r):
		return r // which had no capitals then
	}
	return unicode.ToUpper(withoutAccent(r))
}

// withoutAccent returns the letter of an accented one. Kana and Hangul have no accents, and a character that only stands
// for another one, such as the Ångström sign, is not the letter.
func withoutAccent(r rune) rune {
	if norm.NFC.String(string(r)) != string(r) {
		return r
	}
	parts := []rune(norm.NFD.String(string(r)))
	for _, mark := range parts[1:] {
		if mark < '\u0300' || '\u036f' < mark {
			return r
		}
	}
	return parts[0]
}
