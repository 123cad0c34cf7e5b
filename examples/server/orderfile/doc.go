// Package orderfile reads the orders that a client sends to be attributed, within bounds, and adds up what they come to: for
// the API and for the pages alike.
package orderfile
