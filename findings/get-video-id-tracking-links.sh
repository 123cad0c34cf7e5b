#!/usr/bin/env bash
# npm get-video-id 4.2.0: the links of a cooperation, of which some are posts and some lead to the shop.
#
# The guess: the service of a link is that of its host, and a link to a shop has none, so the posts are the links that
# have a service and an id.
# What happens: for YouTube the word is looked for in the whole link, and what stands behind v=, /v/, /live/ or /embed/
# is the id. A tracking link with utm_source=youtube is a link of YouTube, and one with a parameter that ends in v is a
# video with an id such as 2. A post on TikTok by a handle with youtube in it, or with that parameter, is one of YouTube
# without an id, so the post of the one influencer is lost where those of all others are found. Links to the shop with
# utm_source=instagram or tiktok are right. No id is checked for its length.
# The way out: look at the host first, with new URL, and call it for the hosts of the services only.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts get-video-id@4.2.0 >/dev/null 2>&1

cat >main.mjs <<'JS'
import getVideoId from 'get-video-id';

for (const link of [
  'https://www.youtube.com/watch?v=abcdefghijk',
  'https://shop.example/serum?utm_source=instagram&utm_term=pam',
  'https://shop.example/serum?utm_source=youtube&utm_term=pam',
  'https://shop.example/serum?v=2&utm_source=tiktok&utm_term=pam',
  'https://shop.example/serum?v=2&utm_source=youtube&utm_term=pam',
  'https://shop.example/serum?utm_source=youtube&utm_term=pam&srv=eu',
  'https://shop.example/live/spring-sale?utm_source=youtube&utm_term=pam',
  'https://www.tiktok.com/@pam.fit/video/7123456789012345678',
  'https://www.tiktok.com/@pam.youtube/video/7123456789012345678',
  'https://www.tiktok.com/@pam.fit/video/7123456789012345678?utm_source=youtube',
]) {
  const { service = 'none', id = 'none' } = getVideoId(link);
  console.log(`${link}: service ${service}, id ${id}`);
}
JS
seen=$(node main.mjs)
echo "$seen"
diff - <(echo "$seen") <<'SEEN' && echo 'as described'
https://www.youtube.com/watch?v=abcdefghijk: service youtube, id abcdefghijk
https://shop.example/serum?utm_source=instagram&utm_term=pam: service none, id none
https://shop.example/serum?utm_source=youtube&utm_term=pam: service youtube, id none
https://shop.example/serum?v=2&utm_source=tiktok&utm_term=pam: service none, id none
https://shop.example/serum?v=2&utm_source=youtube&utm_term=pam: service youtube, id 2
https://shop.example/serum?utm_source=youtube&utm_term=pam&srv=eu: service youtube, id eu
https://shop.example/live/spring-sale?utm_source=youtube&utm_term=pam: service youtube, id spring-sale
https://www.tiktok.com/@pam.fit/video/7123456789012345678: service tiktok, id 7123456789012345678
https://www.tiktok.com/@pam.youtube/video/7123456789012345678: service youtube, id none
https://www.tiktok.com/@pam.fit/video/7123456789012345678?utm_source=youtube: service youtube, id none
SEEN
