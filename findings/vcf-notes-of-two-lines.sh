#!/usr/bin/env bash
# npm vcf 2.1.2 writing the cards of influencers for npm ical.js 2.2.1: notes of two lines, and link labels.
#
# The guess: a text that is set on a property is the text that a reader gets, with commas, semicolons and new lines
# escaped on the way, and a card that was read and written again has the properties that it had.
# What happens: nothing is escaped, and new lines are gone. A note with the code PAM10 at the end of its first line and
# "from June" in the second is "PAM10from June" for everybody who reads the card, a code that no shop has; ical.js, in
# version 3.0, gives only "Reel" of it, as a comma that is not escaped is the end of a value there. What is read is not
# unescaped either, so the text of a note in a card from a phone has \n and \, in it, and only those who hand it on
# unchanged write it right. Names of properties are turned to words and back: the label that address books put beside a
# link, item1.X-ABLabel, comes out as X-AB-LABEL, which is another property, so the link has lost its name. The values
# of parameters are written in capitals in version 3.0, and one of them is the handle in X-SOCIALPROFILE: x-user=pam.doe
# is X-USER=PAM.DOE. Issue 42, of 2021 and open, is about the capitals of types.
# The way out: escape texts before they are set, unescape them after they are read, and ask for version 4.0; or ical.js,
# which does all of it. We read and write no cards.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts vcf@2.1.2 ical.js@2.2.1 >/dev/null 2>&1

cat >main.mjs <<'JS'
import ICAL from 'ical.js';
import VCard from 'vcf';

const show = (title, value) => console.log(`${title}: ${JSON.stringify(value)}`);
const note = 'Reel, code PAM10\nfrom June';
for (const version of ['3.0', '4.0']) {
  const card = new VCard();
  card.set('fn', 'Pam Example');
  card.set('note', note);
  const text = card.toString(version);
  show(`set in ${version}`, note);
  show('  written', text.split('\r\n').find(line => line.startsWith('NOTE')));
  show('  ical.js', new ICAL.Component(ICAL.parse(text)).getFirstPropertyValue('note'));
}

const lines = ['BEGIN:VCARD', 'VERSION:3.0', 'FN:Pam Example', 'N:Example;Pam;;;',
  'NOTE:Reel\\, code PAM10\\nfrom June', 'item1.URL:https://shop.example/pam', 'item1.X-ABLabel:Shop',
  'X-SOCIALPROFILE;TYPE=instagram;x-user=pam.doe:https://social.example/pam.doe', 'END:VCARD', ''];
const read = VCard.parse(lines.join('\r\n'))[0];
show('note read by vcf', read.get('note').valueOf());
show('note read by ical.js', new ICAL.Component(ICAL.parse(lines.join('\r\n'))).getFirstPropertyValue('note'));
for (const version of ['3.0', '4.0']) {
  console.log(`read and written in ${version}:`);
  for (const line of read.toString(version).replace(/\r\n /g, '').split('\r\n')) {
    if (/URL|X-/.test(line)) console.log(`  ${line}`);
  }
}
JS
seen=$(node main.mjs)
echo "$seen"
if ! diff - <(echo "$seen") <<'SEEN'; then
set in 3.0: "Reel, code PAM10\nfrom June"
  written: "NOTE:Reel, code PAM10from June"
  ical.js: "Reel"
set in 4.0: "Reel, code PAM10\nfrom June"
  written: "NOTE:Reel, code PAM10from June"
  ical.js: "Reel, code PAM10from June"
note read by vcf: "Reel\\, code PAM10\\nfrom June"
note read by ical.js: "Reel, code PAM10\nfrom June"
read and written in 3.0:
  item1.URL:https://shop.example/pam
  item1.X-AB-LABEL:Shop
  X-SOCIALPROFILE;TYPE=INSTAGRAM;X-USER=PAM.DOE:https://social.example/pam.doe
read and written in 4.0:
  item1.URL:https://shop.example/pam
  item1.X-AB-LABEL:Shop
  X-SOCIALPROFILE;TYPE=instagram;X-USER=pam.doe:https://social.example/pam.doe
SEEN
  echo 'not as described any more' >&2
  exit 1
fi
echo 'as described'
