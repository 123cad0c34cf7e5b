package utm_test

import (
	"strings"
	"testing"

	"github.com/getklar/influencercrm/utm"
)

var (
	benchSet  = set("instagram", "influencer", "summer-sale-2026", "emma-mueller", "-")
	benchLink = "https://shop.example/products/shirt?variant=12&utm_source=old&ref=x#reviews"
)

func BenchmarkParse(b *testing.B) {
	b.ReportAllocs()
	link, err := utm.Build(benchLink, benchSet)
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if _, err := utm.Parse(link); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkBuild(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		if _, err := utm.Build(benchLink, benchSet); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkMatches(b *testing.B) {
	touches := map[string]utm.Params{
		"same":    benchSet,
		"differs": benchSet.With(utm.Term, utm.Of("somebody-else")),
		"case":    benchSet.With(utm.Term, utm.Of("Emma-Mueller")),
		"unicode": benchSet.With(utm.Term, utm.Of("emma-müller")),
	}
	for name, touch := range touches {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				benchSet.Matches(touch, false)
			}
		})
	}
}

func BenchmarkKey(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		utm.Key(benchSet)
	}
}

func BenchmarkExpand(b *testing.B) {
	b.ReportAllocs()
	template := utm.Recommended()
	vars := utm.Vars{Campaign: "Summer Sale 2026", Influencer: "Emma Müller", Platform: "instagram"}
	for b.Loop() {
		template.Expand(vars)
	}
}

func BenchmarkSlug(b *testing.B) {
	for name, text := range map[string]string{"ascii": "Summer Sale 2026", "german": "Jörg Weiß", "chinese": "他们为什么不说中文"} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				utm.Slug(text)
			}
		})
	}
}

// A link of blanks and fields is looked through as fast, for its length, as one that is well.
func BenchmarkValidateLink(b *testing.B) {
	const start = "https://shop.example/?utm_term=pam"
	for name, link := range map[string]string{
		"good":    start + "&utm_campaign=summer-sale&utm_source=instagram&utm_medium=influencer",
		"damaged": start + "&amp;utm_campaign=summer sale&UTM_Source=instagram?utm_medum=influencer",
		"longest": start + strings.Repeat(" utm_x=1", (utm.MaxLinkLen-len(start))/len(" utm_x=1")),
	} {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(link)))
			b.ReportAllocs()
			for b.Loop() {
				_ = utm.ValidateLink(link)
			}
		})
	}
}
