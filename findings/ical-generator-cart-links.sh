#!/usr/bin/env bash
# npm ical-generator 10.2.0 and ics 3.12.0 writing the link of a post for npm ical.js 2.2.1 and node-ical 0.26.1.
#
# The guess: the URL of an event is a URI, which RFC 5545 has written as it is, so the link that somebody planned is the
# link that every calendar opens. Only texts such as SUMMARY have their commas and semicolons escaped.
# What happens: ical-generator escapes the URL like a text, and names it a URI in the same line. A link to a filled cart
# of a shop, /cart/701:1,702:2?discount=PAM10, which has a comma between any two products, is \, there, and a reader
# that keeps to the standard hands on a link with a backslash in front of the second product. node-ical takes it out, so
# a round trip with it proves nothing. A link without commas is right in all. 11.1.2, which needs Node 22, does the same.
# What ics writes is right, and with categories, which are texts, it is the other way round: ics does not escape the
# comma of "Pam, the one", so she is two categories.
# The way out: hand ical-generator a link with %2C in the place of each comma and %3B of each semicolon. We write no
# calendars; whoever makes one of the posts in our lists has such links in it.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts ical-generator@10.2.0 ics@3.12.0 ical.js@2.2.1 \
  node-ical@0.26.1 >/dev/null 2>&1

cat >main.mjs <<'JS'
import ical from 'ical-generator';
import ics from 'ics';
import ICAL from 'ical.js';
import nodeIcal from 'node-ical';

const category = 'Pam, the one';
for (const path of ['cart/701:1,702:2?discount=PAM10', '?utm_source=instagram&utm_term=pam']) {
  const url = `https://shop.example/${path}`;
  const calendar = ical({ name: 'Posts' });
  const start = new Date(Date.UTC(2026, 5, 1));
  calendar.createEvent({ start, summary: 'Reel', url, categories: [{ name: category }] });
  const written = {
    'ical-generator': calendar.toString(),
    ics: ics.createEvent({ start: [2026, 6, 1], duration: { hours: 1 }, title: 'Reel', url, categories: [category] })
      .value,
  };
  for (const [writer, text] of Object.entries(written)) {
    console.log(writer + ':', text.split('\r\n').find(line => line.startsWith('URL')));
    const event = new ICAL.Component(ICAL.parse(text)).getFirstSubcomponent('vevent');
    console.log('  ical.js  ', event.getFirstPropertyValue('url'), event.getFirstProperty('categories').getValues());
    const read = Object.values(nodeIcal.sync.parseICS(text)).find(({ type }) => type === 'VEVENT');
    console.log('  node-ical', read.url.val ?? read.url);
  }
}
JS
seen=$(TZ=UTC node main.mjs)
echo "$seen"
diff - <(echo "$seen") <<'SEEN' && echo 'as described'
ical-generator: URL;VALUE=URI:https://shop.example/cart/701:1\,702:2?discount=PAM10
  ical.js   https://shop.example/cart/701:1\,702:2?discount=PAM10 [ 'Pam, the one' ]
  node-ical https://shop.example/cart/701:1,702:2?discount=PAM10
ics: URL:https://shop.example/cart/701:1,702:2?discount=PAM10
  ical.js   https://shop.example/cart/701:1,702:2?discount=PAM10 [ 'Pam', ' the one' ]
  node-ical https://shop.example/cart/701:1,702:2?discount=PAM10
ical-generator: URL;VALUE=URI:https://shop.example/?utm_source=instagram&utm_term=pam
  ical.js   https://shop.example/?utm_source=instagram&utm_term=pam [ 'Pam, the one' ]
  node-ical https://shop.example/?utm_source=instagram&utm_term=pam
ics: URL:https://shop.example/?utm_source=instagram&utm_term=pam
  ical.js   https://shop.example/?utm_source=instagram&utm_term=pam [ 'Pam', ' the one' ]
  node-ical https://shop.example/?utm_source=instagram&utm_term=pam
SEEN
