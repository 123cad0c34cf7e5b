// Package orders reads orders out of the files that shops have, for package attribution.
//
// [Read] takes a file and yields one order after the other, with its refunds behind it. It finds the [Format] by itself:
//
//   - JSON of attribution.Order, one a line or in one array, strict: a field that an order does not have is refused
//   - orders as Klar's API takes them, one JSON array or one object after the other
//   - the CSV export of orders from Shopify's admin
//   - the CSV export of orders from WooCommerce: its analytics, Advanced Order Export, Order Import Export and other
//     plugins with the same columns
//
// What is wrong with one order is an [Error] that names the line, the field, the value and what would be right; the
// orders after it are still read. Names, addresses, mail addresses and phone numbers are not read, and stand in no error.
//
// # What becomes an order
//
// An order's amount is what the customer paid, shipping and taxes included; [Options.Net] leaves the taxes out. The export of
// WooCommerce's analytics has net sales only, so there shipping and taxes are never in it. Its time
// is that at which it was placed. Its codes are those of all its discounts and line items, each once. UTM parameters that a
// shop keeps with an order are a touchpoint at the order's time.
//
// A refund becomes an order of its own that follows its order: "1001-refund", then "1001-refund-2". Where the file does not
// say when money went back, the refund has the time of its order. Refunds of a cancelled order are left out, because a
// cancelled order earned nothing. An order that nobody has paid yet is read like any other.
//
// # Design
//
// Nothing is kept but the order that is being read, so a file of any length takes the memory of its longest order, which
// [MaxOrder] bounds. The lines of one order must therefore stand together, as every export writes them.
//
// Amounts go from the text to whole minor units through decimals; there is no float. Only columns that decide something
// are looked for, by their names without spaces, signs and case, because their order differs between versions and
// plugins.
package orders
