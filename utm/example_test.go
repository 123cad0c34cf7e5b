package utm_test

import (
	"encoding/json"
	"fmt"

	"github.com/getklar/influencercrm/utm"
)

// A value that nobody set is not the same as one that somebody emptied.
func ExampleValue() {
	p := utm.Params{Source: utm.Of("instagram"), Content: utm.Of("")}
	data, _ := json.Marshal(p)
	fmt.Println(string(data))
	fmt.Println(p.Term.IsSet(), p.Content.IsSet())
	// Output:
	// {"source":"instagram","content":""}
	// false true
}

// Validate lists everything that is wrong, not only the first problem.
func ExampleParams_Validate() {
	p := utm.Params{Source: utm.Of("insta#gram"), Campaign: utm.Of("{campaign}")}
	fmt.Println(p.Validate())
	// Output:
	// utm_source "insta#gram": a # cuts off the rest of the link; leave it out
	// utm_campaign "{campaign}": the placeholder {campaign} was not filled in; write the value itself
}

func ExampleParse() {
	p, err := utm.Parse("https://shop.example/?ref=1&utm_source=instagram&utm_campaign=summer+sale")
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, f := range utm.Fields() {
		if text, ok := p.Get(f).Get(); ok {
			fmt.Printf("%s = %q\n", f.Key(), text)
		}
	}
	// Output:
	// utm_source = "instagram"
	// utm_campaign = "summer sale"
}

// Build keeps what the link has and replaces only its UTM fields.
func ExampleBuild() {
	link, err := utm.Build("https://shop.example/shirt?size=m&utm_source=old#reviews", utm.Params{
		Source:   utm.Of("instagram"),
		Campaign: utm.Of("summer sale"),
	})
	fmt.Println(link, err)
	// Output:
	// https://shop.example/shirt?size=m&utm_source=instagram&utm_campaign=summer%20sale#reviews <nil>
}

// Diff shows whether a link that somebody pasted is the one that was agreed.
func ExampleDiff() {
	agreed := utm.Params{Source: utm.Of("instagram"), Term: utm.Of("emma")}
	pasted, _ := utm.Parse("https://shop.example/?utm_source=instagram&utm_term=ema")
	for _, d := range utm.Diff(agreed, pasted) {
		fmt.Printf("%s: agreed %q, in the link %q\n", d.Field, d.A, d.B)
	}
	// Output:
	// term: agreed "emma", in the link "ema"
}

// Every field comes from the first layer that has it.
func ExampleInherit() {
	given := utm.Params{Content: utm.Of("story")}
	profile := utm.Params{Source: utm.Of("insta")}
	workspace := utm.Params{Source: utm.Of("social"), Medium: utm.Of("influencer")}

	p, from := utm.Inherit(given, profile, workspace)
	names := []string{"given", "profile", "workspace"}
	for _, f := range utm.Fields() {
		if i := from[f]; i >= 0 {
			fmt.Printf("%s: %s (%s)\n", f, p.Get(f), names[i])
		}
	}
	// Output:
	// source: insta (profile)
	// medium: influencer (workspace)
	// content: story (given)
}

// A field whose placeholder is not known yet is left unset and listed.
func ExampleTemplate_Expand() {
	p, pending := utm.Recommended().Expand(utm.Vars{Campaign: "Summer Sale 2026", Influencer: "Jörg Weiß"})
	fmt.Println("medium:", p.Medium)
	fmt.Println("campaign:", p.Campaign)
	fmt.Println("term:", p.Term)
	fmt.Println("pending:", pending[0])
	// Output:
	// medium: influencer
	// campaign: summer-sale-2026
	// term: joerg-weiss
	// pending: source
}

func ExampleSlug() {
	for _, name := range []string{"Summer Sale 2026", "Jörg Weiß", "Emma's Café", "Юлия", "夏 Sale"} {
		fmt.Println(utm.Slug(name))
	}
	// Output:
	// summer-sale-2026
	// joerg-weiss
	// emmas-cafe
	// yuliya
	// 0rs-sale
}

// Values are compared decoded, trimmed and without regard to case; empty fields match anything.
func ExampleParams_Matches() {
	p := utm.Params{Campaign: utm.Of("summer%20sale"), Term: utm.Of("Emma")}
	touchpoint := utm.Params{Source: utm.Of("instagram"), Campaign: utm.Of("Summer Sale"), Term: utm.Of("emma ")}

	fmt.Println(p.Matches(touchpoint, false), p.Matches(touchpoint, true))
	fmt.Println(p.Specificity(), p.Usable())
	// Output:
	// true false
	// 2 true
}

func ExampleKey() {
	fmt.Println(utm.Key(utm.Params{Campaign: utm.Of("Summer Sale"), Term: utm.Of("EMMA"), Content: utm.Of("")}))
	fmt.Println(utm.Key(utm.Params{Campaign: utm.Of("summer%20sale"), Term: utm.Of("emma")}))
	// Output:
	// campaign=summer%20sale&term=emma
	// campaign=summer%20sale&term=emma
}

// An index finds all sets that describe a touchpoint.
func ExampleIndex() {
	x := utm.NewIndex([]utm.Params{
		{Campaign: utm.Of("summer-sale"), Term: utm.Of("pam")},
		{Campaign: utm.Of("summer-sale")},
		{Campaign: utm.Of("winter-sale")},
	}, false)
	touch, err := utm.Parse("https://shop.example/?utm_source=instagram&utm_campaign=Summer-Sale&utm_term=pam")
	if err != nil {
		panic(err)
	}
	fmt.Println(x.AppendMatches(nil, touch, 10))
	// Output: [0 1] false
}
