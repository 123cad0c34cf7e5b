#!/usr/bin/env bash
# npm social-links 1.15.1: the YouTube channels of influencers, as they stand in sheets.
#
# The guess: sanitize gives the short form of a link to the same profile, and a platform is detected if there is one. A
# link to a channel has either its handle or its id, and the library knows both forms.
# What happens: the id of a channel, which begins with UC, is written where a handle stands: /channel/UC… becomes /@UC…,
# which is not that channel (issue 46 of it, closed, is of a like one). The old names behind /user/ become handles too,
# which they need not be. Links to /c/, the form that YouTube gave out for years, are known only with the host of the
# mobile page, m., and not with www. With allowQueryParams, which links from sheets need, a video is a channel:
# /watch?v=… is @watch, and a playlist @playlist, the same one for all videos of all influencers. A handle alone,
# @pamfit, is one of Mastodon's.
# The way out: keep the link as it was given, and an id as an id. Our profiles have a handle or an id, and a link to a
# single video is refused as one.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts social-links@1.15.1 >/dev/null 2>&1

cat >main.js <<'JS'
const { SocialLinks } = require('social-links');

const links = new SocialLinks({ allowQueryParams: true });
for (const link of ['https://www.youtube.com/@PamFit?si=0a1b2c',
  'https://www.youtube.com/channel/UCpamfit0123456789abcdef', 'https://www.youtube.com/user/PamFit',
  'https://m.youtube.com/c/PamFit', 'https://www.youtube.com/c/PamFit',
  'https://www.youtube.com/watch?v=0a1b2c3d4e5',
  'https://www.youtube.com/playlist?list=PL0a1b2c', '@pamfit']) {
  const platform = links.detectProfile(link);
  console.log(link, '=>', platform ? `${platform}, ${links.sanitize(platform, link)}` : 'none');
}
JS
seen=$(node main.js)
echo "$seen"
diff - <(echo "$seen") <<'SEEN' && echo 'as described'
https://www.youtube.com/@PamFit?si=0a1b2c => youtube, https://youtube.com/@PamFit
https://www.youtube.com/channel/UCpamfit0123456789abcdef => youtube, https://youtube.com/@UCpamfit0123456789abcdef
https://www.youtube.com/user/PamFit => youtube, https://youtube.com/@PamFit
https://m.youtube.com/c/PamFit => youtube, https://youtube.com/@PamFit
https://www.youtube.com/c/PamFit => none
https://www.youtube.com/watch?v=0a1b2c3d4e5 => youtube, https://youtube.com/@watch
https://www.youtube.com/playlist?list=PL0a1b2c => youtube, https://youtube.com/@playlist
@pamfit => mastodon, https://mastodon.social/@pamfit
SEEN
