// Package utm handles the five UTM parameters that tell which influencer brought a visitor: it reads
// them from links, puts them on links, pre-fills them from templates and compares them.
//
// # The story
//
// A [Field] is one of the five parameters, in the order in which links carry them: [Source], [Medium],
// [Campaign], [Term], [Content]. A [Value] is what such a parameter holds; it knows "not set" from "set
// to nothing", because leaving a field alone and emptying it on purpose are two wishes. [Params] is the
// set of all five; [Params.Validate] lists everything that is wrong with it.
//
// [Parse] reads a pasted link, [Build] puts a set on a link, and [Diff] shows where two sets differ. [ValidateLink] finds what a
// link lost on its way, each fault a [LinkError], and [Repair] and [Mend] return the link that was meant.
//
// A [Template] is a set whose values may hold placeholders such as {campaign}. [Inherit] picks every field
// from the first layer that has it (what was typed, a profile's defaults, a workspace's template) and says
// which layer that was; [Template.Expand] then fills the placeholders with slugs (see [Slug]) and names the
// fields that have to wait.
//
// [Params.Matches] decides whether a set describes a touchpoint, [Params.Specificity] which of two
// matching sets is the closer one, [Key] whether two sets match the very same touchpoints, and
// [Params.Usable] whether a set is specific enough to be matched at all. Where there are many sets, an [Index] finds
// those that describe a touchpoint without trying each.
//
// # Design
//
// Values are never altered when they are stored or built: no trimming, no lower case, no decoding. Only
// the comparison looks through such differences. Therefore the value "summer%20sale" stays as it is,
// a link carries it as utm_campaign=summer%2520sale, and it still equals "summer sale".
//
// The comparison decodes %XX escapes once, then applies Unicode NFKC and case folding, then trims. A
// plus sign is a plus sign: whether it once stood for a space can no longer be told once a value has
// left its link. An escape that is malformed stays as it is, and so do all escapes of a value that would
// not be UTF-8 text when decoded. A value of which nothing is left is empty, and an empty field matches
// anything.
//
// Names of parameters are read in any case (UTM_Source) and with escapes (utm%5Fsource), and what is
// read is what Build replaces. If a parameter occurs more than once, the first value that is not empty
// counts. Only & separates parameters, as in browsers.
//
// Every valid set is also a valid template, which expands to itself. For this reason Validate refuses
// single braces too, not only whole placeholders.
//
// The package imports nothing but the standard library and golang.org/x/text, does no I/O, and is safe
// for concurrent use: all its types are plain values.
package utm
