package storagetest_test

import (
	"slices"

	"github.com/getklar/influencercrm/storage/storagetest"
)

// bugs are the broken stores, each with one thing wrong.
func bugs() []bug {
	return slices.Concat(unitBugs(), readBugs(), sharerBugs(), valueBugs(), listBugs(), logBugs(), planBugs(),
		planSumBugs(), facetBugs(), pictureBugs(), adminBugs())
}

// mistakes are options that Run refuses, with the message's end.
func mistakes() []bug {
	return []bug{
		{name: "unknown category", subtest: "there is no such category", spoil: good,
			options: &storagetest.Options{Skip: map[storagetest.Category]string{"nothing of the kind": "a reason"}}},
		{name: "no reason", subtest: "give the reason", spoil: good,
			options: &storagetest.Options{Skip: map[storagetest.Category]string{storagetest.Log: ""}}},
	}
}

func good(b wholeStore) wholeStore { return b }
