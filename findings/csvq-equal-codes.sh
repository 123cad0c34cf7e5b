#!/usr/bin/env bash
# github.com/mithrandie/csvq v1.18.1: orders joined to discount codes by SQL on CSV files.
#
# The guess: every cell of a CSV file is a text, so codes are equal when they are the same text, or at most when they
# differ in case, and GROUP BY and DISTINCT have the same idea of it as = and JOIN.
# What happens: = compares as numbers, days or booleans where both texts could be such, so 1E5 is 100000, 007 is 7, and
# TRUE is 1. Two days in other spellings are one as well. Joined by the code, an order with 100000 comes out twice, for
# two influencers, and the sum of revenue is above what was sold, without an error. GROUP BY goes by other rules: 007
# and 7 are one row, under the name of the one that comes first, and 1E5 and 100000 are two, so the one query hides what
# the other doubled. The page of the manual on comparison operators has the order of the conversions; that the keys of
# two CSV files are no texts follows from it.
# The way out: a comparison with ==, which takes the type along, in joins too, and groups by codes with something in
# front of them, as 'x' || code in a subquery. Ours compares codes as texts, without regard to case and to blanks around
# them, and 007 is not 7.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"

GOBIN=$dir go install github.com/mithrandie/csvq@v1.18.1 >/dev/null 2>&1
cat >codes.csv <<'CSV'
code,influencer
1E5,pam
100000,tom
007,lea
7,ann
TRUE,joe
1,eva
CSV
cat >orders.csv <<'CSV'
number,code,total
1001,100000,80
1002,7,20
1003,1,10
CSV
query() {
  echo "$1"
  ./csvq --format CSV --without-header "$1"
}
seen=$(
  query 'SELECT number, influencer FROM orders JOIN codes ON orders.code = codes.code ORDER BY number, influencer'
  query 'SELECT SUM(total) FROM orders'
  query 'SELECT SUM(total) FROM orders JOIN codes ON orders.code = codes.code'
  query 'SELECT SUM(total) FROM orders JOIN codes ON orders.code == codes.code'
  query 'SELECT code, COUNT(*) FROM codes GROUP BY code'
)
echo "$seen"
if ! diff - <(echo "$seen") <<'SEEN'; then
SELECT number, influencer FROM orders JOIN codes ON orders.code = codes.code ORDER BY number, influencer
1001,pam
1001,tom
1002,ann
1002,lea
1003,eva
1003,joe
SELECT SUM(total) FROM orders
110
SELECT SUM(total) FROM orders JOIN codes ON orders.code = codes.code
220
SELECT SUM(total) FROM orders JOIN codes ON orders.code == codes.code
110
SELECT code, COUNT(*) FROM codes GROUP BY code
1E5,1
100000,1
007,2
TRUE,2
SEEN
  echo 'not as described any more' >&2
  exit 1
fi
echo 'as described'
