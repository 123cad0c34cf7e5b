#!/usr/bin/env bash
# npm linkifyjs 4.3.3 with linkify-plugin-mention 4.3.3, and twitter-text 3.1.0: the handles in a brief or a caption.
#
# The guess: a mention ends where a handle of Instagram or TikTok ends, which may have dots within ("@anna.lena"); and an
# address of mail is none.
# What happens: both end a mention at the first dot, so that @anna.lena and @anna.marie are one person, @anna, who may be a
# third. If what follows the dots looks like a domain, linkify makes a mention and a link of one handle: @anna.lena.de.
# Of an address whose last part is no public top-level domain it takes the domain for a mention, and of @kim-official all,
# of which twitter-text takes @kim.
# The way out: find handles with the rule of their platform, and look only behind a blank, a bracket or the beginning.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts \
	linkifyjs@4.3.3 linkify-plugin-mention@4.3.3 twitter-text@3.1.0 >/dev/null 2>&1

cat >main.js <<'JS'
const { find } = require('linkifyjs');
require('linkify-plugin-mention');
const { extractMentions } = require('twitter-text');

for (const text of ['by @anna.lena', 'by @lena_maria.', 'by @anna.lena.de', 'by @kim-official', 'kim@shop.com', 'kim@shop.example']) {
  const linkify = find(text).map((found) => `${found.type} ${found.value}`).join(', ') || 'nothing';
  const mentions = extractMentions(text).map((name) => '@' + name).join(', ') || 'nothing';
  console.log(`${text}: linkify ${linkify}; twitter-text ${mentions}`);
}
JS
seen=$(node main.js)
echo "$seen"
diff - <(echo "$seen") <<'SEEN' && echo 'as described'
by @anna.lena: linkify mention @anna; twitter-text @anna
by @lena_maria.: linkify mention @lena_maria; twitter-text @lena_maria
by @anna.lena.de: linkify mention @anna, url lena.de; twitter-text @anna
by @kim-official: linkify mention @kim-official; twitter-text @kim
kim@shop.com: linkify email kim@shop.com; twitter-text nothing
kim@shop.example: linkify mention @shop; twitter-text nothing
SEEN
