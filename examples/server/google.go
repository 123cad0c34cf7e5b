package main

import (
	"fmt"
	"os"

	"github.com/getklar/influencercrm/sheetimport/google"
)

// google says who reads Google sheets; nil if nobody does.
func (o options) google() (*google.Options, error) {
	switch {
	case o.googleAccount != "" && o.googleKey != "":
		return nil, fmt.Errorf("-google-account and -google-key are both given; leave one of them out")
	case o.googleKey != "":
		return &google.Options{APIKey: o.googleKey}, nil
	case o.googleAccount == "":
		return nil, nil //nolint:nilnil // nobody reads them, which is no error
	}
	account, err := os.ReadFile(o.googleAccount)
	if err != nil {
		return nil, fmt.Errorf("the key file of the service account, named by -google-account, cannot be read: %w", err)
	}
	return &google.Options{ServiceAccount: account}, nil
}
