#!/usr/bin/env bash
# tidwall/btree v1.8.2 and Go's compiler: a tree in a field of a type that others import.
#
# The guess: a field that nobody outside of a package can name is that package's business. Who imports it compiles calls of
# what is exported, and nothing of the tree, whose methods were compiled where it is used.
# What happens: the compiler makes all methods of a generic type in each package in which any type leads to it, through
# fields of fields and signatures of methods, exported or not. A package that does nothing but take a *store.Store
# compiles a hundred and more functions of btree.BTreeG[item], none of which it calls; with eight trees in the
# claims of a service it was 1,500 functions and seconds for every package of a program. Linking drops the doubles, so the
# binary does not show it. A field of type any leads nowhere, and a function that asserts its type is not read with it.
# The way out: hold the tree in a field of an interface type or of any, and get at it with a function, not a method.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
export GOFLAGS=-mod=mod CGO_ENABLED=0
cat >go.mod <<'MOD'
module trees

go 1.26.0

require github.com/tidwall/btree v1.8.2
MOD
mkdir store hidden takes takeshidden
cat >store/store.go <<'GO'
package store

import "github.com/tidwall/btree"

type item struct{ id, name string }

type Store struct{ index *index }

type index struct{ tree *btree.BTreeG[item] }

func New() *Store {
	return &Store{&index{btree.NewBTreeG(func(a, b item) bool { return a.id < b.id })}}
}

func (s *Store) Put(id, name string) { s.index.tree.Set(item{id, name}) }
GO
cat >hidden/hidden.go <<'GO'
package hidden

import "github.com/tidwall/btree"

type item struct{ id, name string }

type Store struct{ index *index }

type index struct{ tree any }

func treeOf(x *index) *btree.BTreeG[item] { return x.tree.(*btree.BTreeG[item]) }

func New() *Store {
	return &Store{&index{btree.NewBTreeG(func(a, b item) bool { return a.id < b.id })}}
}

func (s *Store) Put(id, name string) { treeOf(s.index).Set(item{id, name}) }
GO
cat >takes/takes.go <<'GO'
package takes

import "trees/store"

func Put(s *store.Store) { s.Put("1", "Ida") }
GO
sed 's/store/hidden/g; s/package takes/package takeshidden/' takes/takes.go >takeshidden/takes.go

functions() { # of btree, in the object file of a package
	go tool nm "$(go list -export -f '{{.Export}}' "./$1")" | grep -c ' T github.com/tidwall/btree\.' || true
}
seen=$(
	for package in takes takeshidden; do
		n=$(functions "$package")
		if [ "$n" -gt 100 ]; then n="more than a hundred"; fi
		echo "$package compiles $n of the functions of btree"
	done
)
go version
functions takes
echo "$seen"
diff - <(echo "$seen") <<'SEEN' && echo 'as described'
takes compiles more than a hundred of the functions of btree
takeshidden compiles 0 of the functions of btree
SEEN
