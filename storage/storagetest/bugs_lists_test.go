package storagetest_test

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"sync"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/storage/storagetest"
)

// The lists of members and cooperations are the ones that bugs are planted in.
type (
	memberList      = crm.Records[crm.Member, crm.MemberFilter]
	memberPage      = crm.Page[crm.Member]
	cooperationList = crm.Records[crm.Cooperation, crm.CooperationFilter]
)

// listBugs break lists, filters and pages.
func listBugs() []bug {
	return []bug{
		{name: "GetAll in the order of the ids", category: storagetest.Lists,
			subtest: "GetAll: those of the records that exist, in the order of the ids and each once", spoil: members(sortsGetAll)},
		{name: "ties in no order", category: storagetest.Lists, subtest: "List: every order is total, forwards and backwards, ties by id",
			spoil: members(swapsTies)},
		{name: "ignores a filter's field", category: storagetest.Filters,
			subtest: "List and Count of cooperations: each field of a filter selects what it says",
			spoil:   cooperations(func(f *crm.CooperationFilter) { f.HasAmount = false })},
		{name: "wildcards in texts", category: storagetest.Filters,
			subtest: "List and Count of cooperations: each field of a filter selects what it says",
			spoil: cooperations(func(f *crm.CooperationFilter) {
				if f.Text == "%" {
					f.Text = ""
				}
			})},
		{name: "takes the last of two fields", category: storagetest.Filters,
			subtest: "List and Count of cooperations: fields are combined with and",
			spoil: cooperations(func(f *crm.CooperationFilter) {
				if len(f.Statuses) > 0 {
					f.Text = ""
				}
			})},
		{name: "takes a blank for a handle", category: storagetest.Filters,
			subtest: "List and Count: a folded text of blanks selects as if it were not set",
			spoil:   onReads(func(r crm.Reader) crm.Reader { return spoiled{Reader: r, influencers: findsNoBlanks} })},
		{name: "takes the first of several values", category: storagetest.Filters,
			subtest: "List and Count of cooperations: each field of a filter selects what it says",
			spoil:   cooperations(func(f *crm.CooperationFilter) { f.Tags = f.Tags[:min(1, len(f.Tags))] })},
		{name: "knows a list by the order of its values", category: storagetest.Filters,
			subtest: "List and Count: the order of several values, and which are there twice, makes no other list",
			spoil:   onReads(func(r crm.Reader) crm.Reader { return spoiled{Reader: r, influencers: inOneOrder} })},
		{name: "counts under any filter", category: storagetest.Filters,
			subtest: "List and Count: a selection, state or status that does not exist, a state without its day, or too many values, is an ErrInvalid",
			spoil:   members(countsUnchecked)},
		{name: "remembers the influencer's tags", category: storagetest.Filters,
			subtest: "List and Count of cooperations: platform, category and tag are those that the influencer has now", spoil: remembersTags},
		{name: "counts a page", category: storagetest.Filters,
			subtest: "List and Count of members: fields are combined with and", spoil: members(countsPage)},
		{name: "skips the first record of a page", category: storagetest.Pages, subtest: "List: pages of every size and order add up to the list",
			spoil: members(skips)},
		{name: "names the record after the page", category: storagetest.Pages, subtest: "List: with names, the page has the NamesOf its items",
			spoil: onPagesOfCooperations(func(names *crm.PageNames) { names.Campaigns[crm.CampaignID{1}] = "the next one's" })},
		{name: "leaves members nameless", category: storagetest.Pages, subtest: "List: with names, the page has the NamesOf its items",
			spoil: onPagesOfCooperations(func(names *crm.PageNames) { clear(names.Members) })},
		{name: "pages by offset", category: storagetest.Pages,
			subtest: "List: pages in a row neither skip nor repeat a record that is there all the time", spoil: members(offsets)},
		{name: "takes any token", category: storagetest.Pages, subtest: "List: bad options are an ErrInvalid", spoil: members(offsets)},
		{name: "pages without bounds", category: storagetest.Pages, subtest: "List: bad options are an ErrInvalid", spoil: members(unbounded)},
	}
}

func members(hook func(memberList) memberList) func(wholeStore) wholeStore {
	return onReads(func(r crm.Reader) crm.Reader { return spoiled{Reader: r, members: hook} })
}

// cooperations spoils the filter.
func cooperations(spoil func(*crm.CooperationFilter)) func(wholeStore) wholeStore {
	return onReads(func(r crm.Reader) crm.Reader {
		return spoiled{Reader: r, cooperations: func(good cooperationList) cooperationList {
			return list[crm.Cooperation, crm.CooperationFilter]{
				Records: good,
				list: func(ctx context.Context, f crm.CooperationFilter, o crm.ListOptions) (crm.Page[crm.Cooperation], error) {
					spoil(&f)
					return good.List(ctx, f, o)
				},
				count: func(ctx context.Context, f crm.CooperationFilter) (int, error) {
					spoil(&f)
					return good.Count(ctx, f)
				},
			}
		}}
	})
}

// onPagesOfCooperations spoils the names of pages.
func onPagesOfCooperations(spoil func(*crm.PageNames)) func(wholeStore) wholeStore {
	return onReads(func(r crm.Reader) crm.Reader {
		return spoiled{Reader: r, cooperations: func(good cooperationList) cooperationList {
			return list[crm.Cooperation, crm.CooperationFilter]{
				Records: good,
				list: func(ctx context.Context, f crm.CooperationFilter, o crm.ListOptions) (crm.Page[crm.Cooperation], error) {
					page, err := good.List(ctx, f, o)
					if page.Names != nil {
						spoil(page.Names)
					}
					return page, err
				},
			}
		}}
	})
}

// remembersTags counts the cooperations of a tag once and for all.
func remembersTags(good wholeStore) wholeStore {
	var mu sync.Mutex
	counted := map[string]int{}
	return onReads(func(r crm.Reader) crm.Reader {
		return spoiled{Reader: r, cooperations: func(good cooperationList) cooperationList {
			return list[crm.Cooperation, crm.CooperationFilter]{
				Records: good,
				count: func(ctx context.Context, f crm.CooperationFilter) (int, error) {
					mu.Lock()
					defer mu.Unlock()
					what := fmt.Sprintf("%+v", f)
					if n, known := counted[what]; known && len(f.Tags) > 0 {
						return n, nil
					}
					n, err := good.Count(ctx, f)
					counted[what] = n
					return n, err
				},
			}
		}}
	})(good)
}

func sortsGetAll(good memberList) memberList {
	return list[crm.Member, crm.MemberFilter]{Records: good, getAll: func(ctx context.Context, ids []crm.MemberID) ([]crm.Member, error) {
		return good.GetAll(ctx, slices.SortedFunc(slices.Values(ids), crm.MemberID.Compare))
	}}
}

// onPages replaces List.
func onPages(good memberList, fn func(context.Context, crm.MemberFilter, crm.ListOptions) (memberPage, error)) memberList {
	return list[crm.Member, crm.MemberFilter]{Records: good, list: fn}
}

func swapsTies(good memberList) memberList {
	return onPages(good, func(ctx context.Context, f crm.MemberFilter, o crm.ListOptions) (memberPage, error) {
		page, err := good.List(ctx, f, o)
		for n := 1; n < len(page.Items); n++ {
			if a, b := page.Items[n-1], page.Items[n]; o.Sort == crm.SortName && crm.Fold(a.Name) == crm.Fold(b.Name) {
				page.Items[n-1], page.Items[n] = b, a
			}
		}
		return page, err
	})
}

func countsPage(good memberList) memberList {
	return list[crm.Member, crm.MemberFilter]{Records: good, count: func(ctx context.Context, f crm.MemberFilter) (int, error) {
		n, err := good.Count(ctx, f)
		return min(n, crm.DefaultPageSize), err
	}}
}

func countsUnchecked(good memberList) memberList {
	return list[crm.Member, crm.MemberFilter]{Records: good, count: func(ctx context.Context, f crm.MemberFilter) (int, error) {
		if _, err := crm.CheckFilter(f); err != nil {
			f.Archive = crm.ActiveOnly
		}
		return good.Count(ctx, f)
	}}
}

func findsNoBlanks(good crm.Records[crm.Influencer, crm.InfluencerFilter]) crm.Records[crm.Influencer, crm.InfluencerFilter] {
	return list[crm.Influencer, crm.InfluencerFilter]{
		Records: good,
		list: func(ctx context.Context, f crm.InfluencerFilter, o crm.ListOptions) (crm.Page[crm.Influencer], error) {
			if len(f.Platforms) > 0 && f.Handle == " " {
				return crm.Page[crm.Influencer]{Items: []crm.Influencer{}}, nil
			}
			return good.List(ctx, f, o)
		},
	}
}

// inOneOrder takes a token only for the spelling of the list that it was made for.
func inOneOrder(good crm.Records[crm.Influencer, crm.InfluencerFilter]) crm.Records[crm.Influencer, crm.InfluencerFilter] {
	return list[crm.Influencer, crm.InfluencerFilter]{
		Records: good,
		list: func(ctx context.Context, f crm.InfluencerFilter, o crm.ListOptions) (crm.Page[crm.Influencer], error) {
			if checked, err := crm.CheckFilter(f); err == nil && o.Token != "" && !slices.Equal(checked.Platforms, f.Platforms) {
				return crm.Page[crm.Influencer]{}, crm.ErrInvalid
			}
			return good.List(ctx, f, o)
		},
	}
}

func skips(good memberList) memberList {
	return onPages(good, func(ctx context.Context, f crm.MemberFilter, o crm.ListOptions) (memberPage, error) {
		page, err := good.List(ctx, f, o)
		if o.Token != "" && len(page.Items) > 0 {
			page.Items = page.Items[1:]
		}
		return page, err
	})
}

func offsets(good memberList) memberList {
	return onPages(good, func(ctx context.Context, f crm.MemberFilter, o crm.ListOptions) (memberPage, error) {
		size, from := o.Size, 0
		if o.Token != "" {
			from, _ = strconv.Atoi(o.Token)
			o.Token, o.Size = "", crm.MaxPageSize
		} else if size > 0 && size < crm.MaxPageSize {
			o.Size = size + 1
		}
		page, err := good.List(ctx, f, o)
		if err != nil || size <= 0 {
			return page, err
		}
		page.Items, page.Next = page.Items[min(from, len(page.Items)):], ""
		if len(page.Items) > size {
			page.Items, page.Next = page.Items[:size], strconv.Itoa(from+size)
		}
		return page, nil
	})
}

func unbounded(good memberList) memberList {
	return onPages(good, func(ctx context.Context, f crm.MemberFilter, o crm.ListOptions) (memberPage, error) {
		o.Size = min(o.Size, crm.MaxPageSize)
		return good.List(ctx, f, o)
	})
}
