#!/usr/bin/env bash
# npm daff 1.4.2: the changes of a posting plan, made into a patch and applied to the plan that they were made from.
#
# The guess: a patch of two tables, applied to the first, gives the second, cell for cell. That is what its README offers
# it for, and the marks in it, such as -> and ..., are escaped where a cell has them.
# What happens: a change of nothing but blanks, which is what cleaning a list is about, is applied as it is shown. daff
# shows the blanks of such a cell as the sign ␣, and HighlightPatch takes that for what the cell has. So a blank that was
# put in is ␣ in the data, TOM␣10, which no shop has. A blank that was taken out of a code is worse: no row with the ␣ is
# found, the new code is written over the name of the column, or over the code of the next row that has changed, which
# is another influencer's, and the row that was meant keeps the old one. Cells with blanks that change in anything else
# as well are right, and so are new rows, and a test with these passes. The patch file has plain blanks, so nothing is to
# be seen in it, and daff says nothing and ends well. Issue 89 of it, of 2017 and open, is about other tables that a patch
# spoils.
# The way out: apply a patch at once, and compare the result with the second table.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts daff@1.4.2 >/dev/null 2>&1

# patch OLD NEW makes a patch of the rows of OLD and those of NEW, applies it to OLD, and says what comes of it.
patch() {
  printf 'code,post,fee\n%b' "$1" >old.csv
  printf 'code,post,fee\n%b' "$2" >new.csv
  npx daff diff --output patch.csv old.csv new.csv
  npx daff patch --output patched.csv old.csv patch.csv
  sed -n '/->/p; /+++/p' patch.csv
  if cmp -s new.csv patched.csv; then echo '  the second table'; else sed 's/^/  /' patched.csv; fi
}
plan='PAM 10,Reel,950\nTOM10,Story,800\nLEA 10,Reel,700\n'
seen=$(
  patch "$plan" "${plan/PAM 10/PAM 15}"
  patch "$plan" "${plan/950/900}"
  patch "$plan" "${plan}ANN 10,Reel,600\n"
  patch "$plan" "${plan/TOM10/TOM 10}"
  patch "$plan" "${plan/PAM 10/PAM10}"
  patch "$plan" "$(sed 's/PAM 10/PAM10/; s/700/750/' <<<"$plan")"
)
echo "$seen"
diff - <(echo "$seen") <<'SEEN' && echo 'as described'
->,PAM 10->PAM 15,Reel,950
  the second table
->,PAM 10,Reel,950->900
  the second table
+++,ANN 10,Reel,600
  the second table
->,TOM10->TOM 10,Story,800
  code,post,fee
  PAM 10,Reel,950
  TOM␣10,Story,800
  LEA 10,Reel,700
->,PAM 10->PAM10,Reel,950
  PAM10,post,fee
  PAM 10,Reel,950
  TOM10,Story,800
  LEA 10,Reel,700
->,PAM 10->PAM10,Reel,950
->,LEA 10,Reel,700->750
  code,post,fee
  PAM 10,Reel,950
  TOM10,Story,800
  PAM10,Reel,750
SEEN
