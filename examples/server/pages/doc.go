// Package pages is the CRM in a browser: HTML pages over package crm, which work without script.
//
// A page is a function of a visit, as an operation of package api is one of a call: it reads with the service and answers
// with a view, which a template shows, or a redirect. What is wrong with what somebody typed is shown beside the field, with
// what was typed. Scripts add what HTML cannot do: dragging cards, filling a form in while somebody types, finding records
// from everywhere, and going on while others work.
//
// # Design
//
// Pages are made on the server by html/template, so that there is no build step and nothing to keep in step with the API;
// both are thin over the same service, and nothing of the domain is decided here. Each language has templates of its own
// with its texts and numbers, which package words has, bound to them. The policy for content allows no styles and scripts
// inside a page, so widths and colours of bars are attributes of SVG.
//
// After a change a page redirects with the unit of work in the address (?done=): the next page says what was done, in the
// words of the log, and offers to take it back.
//
// A page that shows records says where in the log it stands. Its script follows the API's events from there, and asks
// for the page once more when there are some (?news=), so a host that wants pages to go on while others work mounts
// package api beside them.
//
// A form is saved on the version that it was made of. If somebody else has saved meanwhile, the form, the record as it was then,
// which the log knows, and the record as it is now are merged, and people are asked about what both have changed. What means
// something only together is one thing in that; see label.
//
// A host that mounts the pages puts around them what package server does: who may come in, protection against requests that
// other sites send (http.CrossOriginProtection), and headers that keep browsers safe.
package pages
