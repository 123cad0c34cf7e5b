#!/usr/bin/env bash
# npm tracking-params 0.2.2, utm-extractor 1.0.8 and url-utm-params 0.1.0: the campaign that a link names.
#
# The guess: readers of UTM parameters agree about one link, as they all read what links are made of: a query whose
# values are decoded once it has been taken apart.
# What happens: tracking-params agrees with URLSearchParams, and each of the others has a campaign of its own.
# utm-extractor leaves + as it is, so "June+Launch" and "June%20Launch" are two campaigns, and cuts a value at its
# second =. url-utm-params decodes the whole link before it takes it apart, with unescape: "A%26B" is the campaign A,
# "J%C3%BCrgen" is JÃ¼rgen, and a blank comes out as %20, because the link is put into normal form in between.
# For who credits orders by campaign, one booked link is three campaigns, without an error.
# The way out: URLSearchParams, or a reader that is tried with +, %26 and a letter outside ASCII. Ours, utm.Parse in Go,
# reads each of these as URLSearchParams does.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts tracking-params@0.2.2 utm-extractor@1.0.8 \
  url-utm-params@0.1.0 >/dev/null 2>&1

cat >main.cjs <<'JS'
const { getTrackingData } = require('tracking-params');
const { Utm } = require('utm-extractor');
const { utm } = require('url-utm-params');

const readers = {
  'URLSearchParams': link => new URL(link).searchParams.get('utm_campaign'),
  'tracking-params': link => getTrackingData(link).trackingParams[0].value,
  'utm-extractor': link => new Utm(link).get().utm_campaign,
  'url-utm-params': link => utm(link).utm_campaign,
};
for (const written of ['June%20Launch', 'June+Launch', 'A%26B', 'a=b', 'J%C3%BCrgen']) {
  const link = 'https://shop.example/p?color=red&utm_campaign=' + written;
  const read = Object.entries(readers).map(([name, reader]) => `${name} "${reader(link)}"`);
  console.log(`${written}: ${read.join(', ')}`);
}
JS
got=$(node main.cjs)
want='June%20Launch: URLSearchParams "June Launch", tracking-params "June Launch", utm-extractor "June Launch", url-utm-params "June%20Launch"
June+Launch: URLSearchParams "June Launch", tracking-params "June Launch", utm-extractor "June+Launch", url-utm-params "June+Launch"
A%26B: URLSearchParams "A&B", tracking-params "A&B", utm-extractor "A&B", url-utm-params "A"
a=b: URLSearchParams "a=b", tracking-params "a=b", utm-extractor "a", url-utm-params "a"
J%C3%BCrgen: URLSearchParams "Jürgen", tracking-params "Jürgen", utm-extractor "Jürgen", url-utm-params "JÃ¼rgen"'
echo "$got"
diff <(echo "$want") <(echo "$got") || { echo "the behaviour has changed" >&2; exit 1; }
