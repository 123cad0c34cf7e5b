#!/usr/bin/env bash
# npm humanparser 2.7.0, humanname 0.2.2 and another-name-parser 0.1.0: influencers whose family name is short.
#
# The guess: a parser of names takes a degree or a "Jr." off the end, and a name of two words has a first name and a
# family name, whatever the second word is.
# What happens: words that are both are degrees, however they are written. Ma, one of the most common names there are,
# is a master's degree to humanparser and humanname: Lena Ma has the family name "", and Mary Ann Ma the family name
# Ann, which is a wrong one instead of none. another-name-parser takes Do for a doctor: Kim Do has no family name, and
# of Vi Do nothing is left, as Vi is a number. The comma that says which is the family name does not help: in "Ma, Lena"
# humanparser still finds none, in "Do, Kim" another-name-parser does not either, and humanname turns the two around.
# None is an error, so in a list that is sorted or compared by family names these people stand with those who have none.
# Issue 57 of humanparser, of 2023 and open, is about Ma; the READMEs have no word on it.
# The way out: two fields, or npm parse-full-name 1.2.7, which is right with these; and where one field came in, keep it
# as it was. Our import reads first and last names from columns of their own, and takes no full name apart.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts humanparser@2.7.0 humanname@0.2.2 another-name-parser@0.1.0 \
  parse-full-name@1.2.7 >/dev/null 2>&1

cat >main.cjs <<'JS'
const humanparser = require('humanparser');
const humanname = require('humanname');
const another = require('another-name-parser');
const { parseFullName } = require('parse-full-name');

const shown = (...parts) => parts.map(part => part || '-').join(' + ');
for (const name of ['Lena Fit', 'Lena Ma', 'Ma, Lena', 'Mary Ann Ma', 'Kim Do', 'Do, Kim', 'Vi Do']) {
  const a = humanparser.parseName(name);
  const b = humanname.parse(name);
  const c = another(name);
  const d = parseFullName(name);
  console.log(`${name}: ${shown(a.firstName, a.lastName)}; ${shown(b.firstName, b.lastName)}; ` +
    `${shown(c.first, c.last)}; ${shown(d.first, d.last)}`);
}
JS
seen=$(node main.cjs)
echo "$seen"
if ! diff - <(echo "$seen") <<'SEEN'; then
Lena Fit: Lena + Fit; Lena + Fit; Lena + Fit; Lena + Fit
Lena Ma: Lena + -; Lena + -; Lena + Ma; Lena + Ma
Ma, Lena: Lena + -; Ma + Lena; Lena + Ma; Lena + Ma
Mary Ann Ma: Mary + Ann; Mary + Ann; Mary Ann + Ma; Mary + Ma
Kim Do: Kim + Do; Kim + Do; Kim + -; Kim + Do
Do, Kim: Kim + Do; Do + Kim; Kim + -; Kim + Do
Vi Do: Vi + Do; Vi + Do; - + -; Vi + Do
SEEN
  echo 'not as described any more' >&2
  exit 1
fi
echo 'as described'
