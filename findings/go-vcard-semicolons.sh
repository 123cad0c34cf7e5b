#!/usr/bin/env bash
# github.com/emersion/go-vcard v0.0.0-20260618161152-d854b7e0e2d3 with npm ical.js 2.2.1 and vcards-js 2.11.1: names and
# addresses of influencers with a semicolon or a comma.
#
# The guess: SetName and AddAddress take fields and Name and Address give the same fields back. That a semicolon parts
# the fields in the file, and has a backslash when it does not, is what the library is there for. A card that is read
# and written again is the same card.
# What happens: semicolons are not escaped on the way out and not looked at on the way in. "Weg 1; Hof" as a street
# gives the street "Weg 1" and the town " Hof", and the town moves on to the region: by its own reader as by ical.js, so
# a parcel goes to a place that there is not. A name that vcards-js wrote as Fit\; Co, as the standard asks, is cut
# behind the backslash, and the given name becomes the middle one. And a list loses its commas the other way round: two
# categories, Sport,Food, are \, after one decode and encode, which is one category. None is an error.
# The way out: take semicolons out of what becomes a name or an address, and write categories with a card of one's own.
# We write and read no vCards.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
export GOFLAGS=-mod=mod

cat >main.go <<'GO'
package main

import (
	"fmt"
	"os"

	"github.com/emersion/go-vcard"
)

func main() {
	if len(os.Args) > 1 {
		card, err := vcard.NewDecoder(os.Stdin).Decode()
		if err != nil {
			panic(err)
		}
		if os.Args[1] == "again" {
			if err := vcard.NewEncoder(os.Stdout).Encode(card); err != nil {
				panic(err)
			}
			return
		}
		if n := card.Name(); n != nil {
			fmt.Printf("family %q, given %q, middle %q\n", n.FamilyName, n.GivenName, n.AdditionalName)
		}
		if a := card.Address(); a != nil {
			fmt.Printf("street %q, town %q, region %q, code %q\n", a.StreetAddress, a.Locality, a.Region, a.PostalCode)
		}
		return
	}
	card := vcard.Card{}
	card.SetValue(vcard.FieldVersion, "4.0")
	card.SetValue(vcard.FieldFormattedName, "Pam Fit")
	card.SetName(&vcard.Name{FamilyName: "Fit; Co", GivenName: "Pam"})
	card.AddAddress(&vcard.Address{StreetAddress: "Weg 1; Hof", Locality: "Bremen", PostalCode: "28195"})
	if err := vcard.NewEncoder(os.Stdout).Encode(card); err != nil {
		panic(err)
	}
}
GO
go mod init example.com/finding >/dev/null 2>&1
go get github.com/emersion/go-vcard@v0.0.0-20260618161152-d854b7e0e2d3 >/dev/null 2>&1
go mod tidy >/dev/null 2>&1
go build -o cards .
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts ical.js@2.2.1 vcards-js@2.11.1 >/dev/null 2>&1
cat >read.mjs <<'JS'
import ICAL from 'ical.js';
import { readFileSync } from 'fs';

const card = new ICAL.Component(ICAL.parse(readFileSync(0, 'utf8')));
for (const property of card.getAllProperties()) {
  if (['n', 'adr', 'categories'].includes(property.name)) {
    console.log(`${property.name} ${JSON.stringify(property.getValues())}`);
  }
}
JS
cat >write.cjs <<'JS'
const card = require('vcards-js')();
Object.assign(card, { firstName: 'Pam', lastName: 'Fit; Co' });
process.stdout.write(card.getFormattedString());
JS
printf 'BEGIN:VCARD\r\nVERSION:4.0\r\nFN:Pam Fit\r\nCATEGORIES:Sport,Food\r\nEND:VCARD\r\n' >categories.vcf

seen=$(
  echo 'written by go-vcard, read by itself:'
  ./cards | ./cards read
  echo 'written by go-vcard, read by ical.js:'
  ./cards | node read.mjs
  echo 'written by vcards-js, read by ical.js and by go-vcard:'
  node write.cjs | node read.mjs
  node write.cjs | ./cards read
  echo 'categories before and after go-vcard, read by ical.js:'
  node read.mjs <categories.vcf
  ./cards again <categories.vcf | node read.mjs
)
echo "$seen"
if ! diff - <(echo "$seen") <<'SEEN'; then
written by go-vcard, read by itself:
family "Fit", given " Co", middle "Pam"
street "Weg 1", town " Hof", region "Bremen", code ""
written by go-vcard, read by ical.js:
adr [["","","Weg 1"," Hof","Bremen","","28195",""]]
n [["Fit"," Co","Pam","","",""]]
written by vcards-js, read by ical.js and by go-vcard:
n [["Fit; Co","Pam","","",""]]
family "Fit\\", given " Co", middle "Pam"
categories before and after go-vcard, read by ical.js:
categories ["Sport","Food"]
categories ["Sport,Food"]
SEEN
  echo 'not as described any more' >&2
  exit 1
fi
echo 'as described'
