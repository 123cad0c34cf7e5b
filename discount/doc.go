// Package discount holds the rules that say which discount codes belong to
// whom, and finds out, before a deal is signed, whether two such rules can
// claim the same code.
//
// # The story
//
// A shop's customers type codes: "pam10", "PAM10 ", "ＰＡＭ10". [Normalize] turns
// all of these into one normal form, and everything else in the package compares
// normal forms only. A dash or a blank inside a code counts: "pam-10" is another.
// [ValidateCode] says whether a text can be a code.
//
// An influencer is given one code, or a family of codes. A [Rule] describes it:
// a [Match] (equals, contains, starts with, ends with), a pattern, and the
// [Benefit] that the code gives to the customer. [ParseRule] reads the way
// people write rules ("starts with PAM", "PAM*", "CR9"), and [Rule.String]
// writes them back. [Rule.Validate] reports every fault as a [*RuleError].
//
// [Rule.Matches] and [MatchesAny] answer whether a code satisfies a rule.
// [Compare] answers the harder question: is there any code at all that
// satisfies two rules? Its [Conflict] carries a [Severity] and a witness, a code
// that both rules claim, so that nobody has to take the answer on trust.
//
// A shop's database may be looser than that, and take RENE10 for RENÉ10. A
// [Comparison] says how a shop compares; [Comparison.Compare] also finds the codes
// that are one only there, each with its [Cause].
//
// Where there are many rules, an [Index] finds all that a code satisfies without
// trying each, and [Neighbours] finds the codes that a mistyped one may have been
// meant for.
//
// # Design
//
// The benefit is never a condition. It tells people what the code is worth;
// neither matching nor Compare looks at it.
//
// An empty list of rules matches nothing, and neither does a rule without a
// pattern. The opposite reading would hand every order to whoever left the
// field empty.
//
// A pattern may not begin with a combining character, such as an accent
// without its letter. Nobody means such a pattern, and without it two normal
// forms written one after the other are again a normal form. That is what makes
// Compare exact, see there.
//
// The comparisons were held against the databases of shops with 124 pairs of
// codes, which testdata/codes_in_shops.txt has. [Accents] is the collation of
// package golang.org/x/text/collate, which is coarser than these databases with
// nearly all pairs that it judges otherwise: the safe side for a warning. Whole
// codes only are compared loosely. In the middle of a code, letters of two
// patterns may contract over the seam, so for families of codes there is no proof.
//
// A code that is longer than [MaxCodeLen] is refused by ValidateCode, but still
// matched by the rules: if a shop lets such a code through, the order it came
// with should find its influencer.
//
// The package knows nothing of dates and people. Whether two rules belong to
// different influencers and are live on a common day is for the caller to
// decide, before calling Compare.
//
// An Index has one hash table for the patterns of all four matches, in groups of
// eight with a byte of each hash, so that one look says of most texts that they
// are none. The whole code is looked up at once. For the beginning of the code,
// its end and each of its places inside, a filter tells by the first bytes which
// lengths a pattern may have there, so that the table is asked about as often as
// there are matches. Codes are folded, hashed and compared by machine words;
// examples/bench/peers shows what that is worth beside other libraries.
package discount
