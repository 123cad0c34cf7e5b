#!/usr/bin/env bash
# npm cmpstr 3.3.0: handles compared by two metrics, to find duplicates.
#
# The guess: a similarity is a function of two texts. Whether lena and lena.fit have been compared by Jaro-Winkler
# before, as where two metrics vote, changes nothing for Levenshtein.
# What happens: it does. Asked first, levenshtein says 0.5, four letters in eight. After one comparison by jaroWinkler
# it says 0, as of two handles without a letter in common, and of all pairs of 64 handles two thirds are wrong, without
# an error. The metric damerau is wrong after one comparison by levenshtein: pam and pam_official go from 0.25 to 0.75,
# so what is no duplicate looks like one. Tests that ask one metric, or each in a process of its own, are right.
# The cause is a pool of buffers that hands one out twice: issue 152 of cmpstr, of September 2026, is of the like within
# one metric, and closed, and 3.3.0 is the newest release.
# The way out: one metric in one process, and not damerau, or a library without shared state, such as npm
# fastest-levenshtein. Our look for duplicates compares no names by such a metric.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts cmpstr@3.3.0 fastest-levenshtein@1.0.16 >/dev/null 2>&1

cat >main.mjs <<'JS'
import { CmpStr } from 'cmpstr';
import { distance } from 'fastest-levenshtein';

const similar = (metric, a, b) => CmpStr.create().setMetric(metric).compare(a, b);
const [metric, before, a, b] = process.argv.slice(2);

if (a) {
  if (before !== 'nothing') similar(before, a, b);
  console.log(`${a} and ${b} by ${metric} after ${before}: ${similar(metric, a, b)}`);
} else {
  const handles = ['lena', 'pam', 'annika', 'tom'].flatMap(name => ['', 'the', 'its', 'hey'].flatMap(
    start => ['', '.fit', '_official', '.travels'].map(end => start + name + end)));
  let wrong = 0;
  for (const x of handles) {
    for (const y of handles) {
      if (before !== 'nothing') similar(before, x, y);
      const right = 1 - distance(x, y) / Math.max(x.length, y.length);
      if (Math.abs(similar(metric, x, y) - right) > 1e-9) wrong++;
    }
  }
  const pairs = handles.length ** 2;
  console.log(`all pairs of ${handles.length} handles by ${metric} after ${before}: ${wrong} of ${pairs} wrong`);
}
JS
seen=$(
  for before in nothing jaroWinkler; do
    node main.mjs levenshtein "$before" lena lena.fit
    node main.mjs levenshtein "$before"
  done
  for before in nothing levenshtein; do
    node main.mjs damerau "$before" pam pam_official
  done
)
echo "$seen"
if ! diff - <(echo "$seen") <<'SEEN'; then
lena and lena.fit by levenshtein after nothing: 0.5
all pairs of 64 handles by levenshtein after nothing: 0 of 4096 wrong
lena and lena.fit by levenshtein after jaroWinkler: 0
all pairs of 64 handles by levenshtein after jaroWinkler: 2726 of 4096 wrong
pam and pam_official by damerau after nothing: 0.25
pam and pam_official by damerau after levenshtein: 0.75
SEEN
  echo 'not as described any more' >&2
  exit 1
fi
echo 'as described'
