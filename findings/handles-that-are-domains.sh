#!/usr/bin/env bash
# npm linkify-it 5.0.0, linkifyjs 4.3.2 and autolinker 4.1.5, mvdan.cc/xurls/v2 v2.6.0: handles in the notes of a sheet.
#
# The guess: what finds links in plain text leaves handles alone, at least those with an @ in front, and where one is taken
# for a link the libraries agree, as all of them know the top-level domains.
# What happens: Instagram and TikTok allow points in a handle, and beauty, fit, style, run and io are top-level domains, so the
# handles of influencers are host names. autolinker leaves an @ alone; linkifyjs and xurls make a link of what follows it.
# linkify-it has a short list of domains: it finds none of the new ones, but .de, as the others do. A handle with an underscore
# is cut: linkifyjs and xurls find shop.io in ida_shop.io, a host of somebody else. Two handles with a slash between are a page
# on the host of the first. No library says that it was not sure. Notes that are shown with such links send a team to hosts
# that nobody named, and a program that collects "links of the influencer" from them stores hosts for handles.
# The way out: know which text is a handle before links are looked for, and take a text without https:// for a link only in a
# column of links. Our import reads a cell of handles as handles, and a link in it only with the host of its platform.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
export GOFLAGS=-mod=mod
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts linkify-it@5.0.0 linkifyjs@4.3.2 autolinker@4.1.5 >/dev/null 2>&1

cat >texts.json <<'JSON'
["lisa.beauty posts on Friday", "ask @lisa.beauty and @pam.fit", "anna.style/lea.run", "ida_shop.io is out", "ida.de", "ida.berg"]
JSON
cat >main.mjs <<'JS'
import { readFileSync } from 'node:fs';
import LinkifyIt from 'linkify-it';
import { find } from 'linkifyjs';
import Autolinker from 'autolinker';

const it = new LinkifyIt();
const autolinker = Autolinker.Autolinker ?? Autolinker.default ?? Autolinker;
const show = links => links.length ? links.map(link => link.replace('http://', '')).join(' ') : '-';
for (const text of JSON.parse(readFileSync('texts.json'))) {
  console.log(`${text}: ${show((it.match(text) ?? []).map(m => m.url))} | ${show(find(text).map(m => m.href))} | ` +
    show(autolinker.parse(text, { urls: true, email: false, phone: false }).map(m => m.getAnchorHref())));
}
JS
cat >main.go <<'GO'
package main

import (
	"encoding/json"
	"fmt"
	"os"

	"mvdan.cc/xurls/v2"
)

func main() {
	data, err := os.ReadFile("texts.json")
	if err != nil {
		panic(err)
	}
	var texts []string
	if err := json.Unmarshal(data, &texts); err != nil {
		panic(err)
	}
	for _, text := range texts {
		fmt.Println(text+":", xurls.Relaxed().FindAllString(text, -1))
	}
}
GO
cat >go.mod <<'MOD'
module finding

go 1.26

require mvdan.cc/xurls/v2 v2.6.0
MOD
go mod tidy >/dev/null 2>&1
seen=$(node main.mjs && go run .)
echo "$seen"
if ! diff - <(echo "$seen") <<'SEEN'; then
lisa.beauty posts on Friday: - | lisa.beauty | lisa.beauty
ask @lisa.beauty and @pam.fit: - | lisa.beauty pam.fit | -
anna.style/lea.run: - | anna.style/lea.run | anna.style/lea.run
ida_shop.io is out: - | shop.io | ida_shop.io
ida.de: ida.de | ida.de | ida.de
ida.berg: - | - | -
lisa.beauty posts on Friday: [lisa.beauty]
ask @lisa.beauty and @pam.fit: [lisa.beauty pam.fit]
anna.style/lea.run: [anna.style/lea.run]
ida_shop.io is out: [shop.io]
ida.de: [ida.de]
ida.berg: []
SEEN
  echo 'not as described any more' >&2
  exit 1
fi
echo 'as described'
