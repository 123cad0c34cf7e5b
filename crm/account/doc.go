// Package account reads what people type for an account on a social platform: the platform, the handle, and the link
// to a profile.
//
// [ParsePlatform] and [ParseHandle] bring both into the form that a crm.Profile stores. An [Account] is the part of a
// profile that says which account it is; [Account.Is] decides whether two of them are one. Nothing is fetched.
//
// # Design
//
// The package stands below crm, which imports it, and knows none of its records. Sheets and forms read handles by the
// same rules.
//
// The set of platforms is open. Known ones have a name and aliases; any other text is a platform too, stored folded and
// shown as it is.
package account
