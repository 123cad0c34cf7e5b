#!/usr/bin/env bash
# npm build-url 6.0.1, url-join 5.2.0 and append-query 2.1.1: UTM parameters behind the links that shops have.
#
# The guess: a library that puts parameters on a URL leaves what the URL has, and takes the right sign to join them, in
# front of a fragment.
# What happens: each is right for a plain link, and each changes another one, without an error.
# build-url puts a second ? behind a query and everything behind a fragment: the variant is "1?utm_source=instagram",
# and behind #reviews no server sees a parameter.
# url-join puts parameters behind a fragment too, and makes & of each further ?, also of one that was there: the page
# that follows a discount, redirect=/collections/new?sort=best, which RFC 3986 allows as it is, loses what is behind it.
# append-query, which is right with both, renames parameters that occur twice: size=s&size=m becomes size[]=s&size[]=m,
# and one that is called size[] already becomes size[][].
# The way out: new URL and searchParams.append, which prints the parameters that were there in another spelling but with
# the same meaning. Ours, utm.Build in Go, leaves all that is not a UTM parameter as it is, byte for byte.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts build-url@6.0.1 url-join@5.2.0 append-query@2.1.1 \
  >/dev/null 2>&1

cat >main.mjs <<'JS'
import buildUrl from 'build-url';
import urlJoin from 'url-join';
import appendQuery from 'append-query';

const builders = {
  'build-url': link => buildUrl(link, { queryParams: { utm_source: 'instagram' } }),
  'url-join': link => urlJoin(link, '?utm_source=instagram'),
  'append-query': link => appendQuery(link, { utm_source: 'instagram' }),
  URL: link => {
    const url = new URL(link);
    url.searchParams.append('utm_source', 'instagram');
    return String(url);
  },
};
for (const path of ['new', 'new?variant=1', 'new#reviews', 'discount/PAM10?redirect=/collections/new?sort=best',
  'new?size=s&size=m', 'new?size[]=s&size[]=m']) {
  console.log(path);
  for (const [name, build] of Object.entries(builders)) {
    const link = build(`https://shop.example/${path}`);
    const query = [...new URL(link).searchParams].map(([key, value]) => `${key} = ${value}`).join(', ');
    console.log(`  ${name}: ${query || 'no parameters'}`);
  }
}
JS
seen=$(node main.mjs)
echo "$seen"
diff - <(echo "$seen") <<'SEEN' && echo 'as described'
new
  build-url: utm_source = instagram
  url-join: utm_source = instagram
  append-query: utm_source = instagram
  URL: utm_source = instagram
new?variant=1
  build-url: variant = 1?utm_source=instagram
  url-join: variant = 1, utm_source = instagram
  append-query: variant = 1, utm_source = instagram
  URL: variant = 1, utm_source = instagram
new#reviews
  build-url: no parameters
  url-join: no parameters
  append-query: utm_source = instagram
  URL: utm_source = instagram
discount/PAM10?redirect=/collections/new?sort=best
  build-url: redirect = /collections/new?sort=best?utm_source=instagram
  url-join: redirect = /collections/new, sort = best, utm_source = instagram
  append-query: redirect = /collections/new?sort=best, utm_source = instagram
  URL: redirect = /collections/new?sort=best, utm_source = instagram
new?size=s&size=m
  build-url: size = s, size = m?utm_source=instagram
  url-join: size = s, size = m, utm_source = instagram
  append-query: size[] = s, size[] = m, utm_source = instagram
  URL: size = s, size = m, utm_source = instagram
new?size[]=s&size[]=m
  build-url: size[] = s, size[] = m?utm_source=instagram
  url-join: size[] = s, size[] = m, utm_source = instagram
  append-query: size[][] = s, size[][] = m, utm_source = instagram
  URL: size[] = s, size[] = m, utm_source = instagram
SEEN
