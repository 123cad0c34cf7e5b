package storagetest

import (
	"slices"
	"testing"

	"github.com/getklar/influencercrm/crm"
)

// Backend is what a store under test implements.
type Backend interface {
	crm.Store
	crm.AdminStore
}

// Factory opens a fresh, empty store for one subtest; it is called from many of them at once. What
// it needs beside the store, such as a database, it cleans up by itself with t.Cleanup. The suite
// closes the store before that clean-up runs, so a clean-up may close it again or leave it.
type Factory func(t *testing.T) Backend

// Options are the settings of a run; nil is the whole suite for a store that does not outlive its
// Close.
type Options struct {
	// Skip leaves out categories, each with the reason, which the test's output shows. A category
	// that does not exist or has no reason fails the run.
	Skip map[Category]string

	// Reopen closes a store and opens another one on the same data, as after a restart. Nil means
	// that data ends with the store, which leaves out the category Durability.
	Reopen func(t *testing.T, store Backend) Backend
}

// Category is a group of subtests, the part of their names before the slash.
type Category string

// The categories, in the order in which they run.
const (
	Units       Category = "units of work"
	DirectReads Category = "direct reads"
	Loading     Category = "loading"
	KeptBack    Category = "kept back"
	Nesting     Category = "nesting"
	Snapshots   Category = "snapshots"
	Concurrency Category = "concurrency"
	Isolation   Category = "isolation"
	Versions    Category = "versions"
	Uniqueness  Category = "uniqueness"
	References  Category = "references"
	Values      Category = "values"
	Aliasing    Category = "aliasing"
	Lists       Category = "lists"
	Filters     Category = "filters"
	Pages       Category = "pages"
	Log         Category = "log"
	Claims      Category = "claims"
	Plan        Category = "plan"
	Sums        Category = "sums"
	Facets      Category = "facets"
	Pictures    Category = "pictures"
	Admin       Category = "admin"
	Lifecycle   Category = "lifecycle"
	Durability  Category = "durability"
)

// topic is a category with its checks.
type topic struct {
	category Category
	checks   []check
}

var topics = []topic{
	{Units, unitChecks},
	{DirectReads, directChecks},
	{Loading, append(loadChecks, sharerChecks...)},
	{KeptBack, keptBackChecks},
	{Nesting, nestingChecks},
	{Snapshots, snapshotChecks},
	{Concurrency, concurrencyChecks},
	{Isolation, isolationChecks},
	{Versions, versionChecks},
	{Uniqueness, uniquenessChecks},
	{References, referenceChecks},
	{Values, valueChecks},
	{Aliasing, aliasingChecks},
	{Lists, listChecks},
	{Filters, filterChecks()},
	{Pages, pageChecks},
	{Log, logChecks},
	{Claims, claimChecks},
	{Plan, append(planChecks, planSumChecks...)},
	{Sums, sumChecks},
	{Facets, facetChecks},
	{Pictures, pictureChecks},
	{Admin, adminChecks},
	{Lifecycle, lifecycleChecks},
	{Durability, durabilityChecks},
}

// Run runs the suite as subtests of t. Nil options are the defaults.
func Run(t *testing.T, open Factory, o *Options) {
	t.Helper()
	if o == nil {
		o = &Options{}
	}
	for category, reason := range o.Skip {
		if !slices.ContainsFunc(topics, func(t topic) bool { return t.category == category }) {
			t.Fatalf("skip %q: there is no such category", category)
		}
		if reason == "" {
			t.Fatalf("skip %q: give the reason", category)
		}
	}
	for _, topic := range topics {
		t.Run(string(topic.category), func(t *testing.T) {
			if reason, skip := o.Skip[topic.category]; skip {
				t.Skip(reason)
			}
			if topic.category == Durability && o.Reopen == nil {
				t.Skip("the store's data ends with the store")
			}
			for _, c := range topic.checks {
				t.Run(c.name, func(t *testing.T) {
					t.Parallel()
					c.prove(newEnv(t, open(t), o.Reopen))
				})
			}
		})
	}
}

// check is one subtest. Its name is the sentence of the contract that it proves.
type check struct {
	name  string
	prove func(*env)
}

// inShop is a check in a workspace of its own.
func inShop(name string, prove func(*shop)) check {
	return check{name, func(e *env) { prove(e.shop()) }}
}

// inTwoShops is a check in two workspaces, whose records have the same ids.
func inTwoShops(name string, prove func(a, b *shop)) check {
	return check{name, func(e *env) { prove(e.shop(), e.shop()) }}
}

// forEachKind is a check that is the same for every kind of record. Each kind gets a workspace of its own.
func forEachKind(name string, prove func(*shop, kind)) check {
	return check{name, func(e *env) {
		for _, k := range kinds {
			prove(e.shop(), k)
		}
	}}
}
