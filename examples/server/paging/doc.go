// Package paging has the pages of lists of the server's own records, which are listed by id: the same parameters, errors and
// tokens as those of the CRM's lists.
package paging
