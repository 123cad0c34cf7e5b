// Package browser tests the pages of the server in a real browser: headless Chromium, driven as a person would use it.
// Each page is looked at in light and dark, wide and as narrow as a telephone: it makes no error in the console, asks no
// foreign host, does not scroll sideways, and axe-core finds nothing that keeps somebody from using it.
package browser
