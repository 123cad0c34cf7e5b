package account_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/getklar/influencercrm/crm/account"
)

func FuzzParseHandle(f *testing.F) {
	for _, seed := range []string{
		"", "@emma", "emma.style", " Emma ", "https://www.instagram.com/emma/", "tiktok.com/@emma?lang=de", "https://youtube.com/c/emma/videos",
		"https://instagram.com/p/C0ffee", "emma@mail.example", "@@emma", "a b", "ftp://x.example/emma",
		"https://instagram.com/%zz", "\xff", "é\u200b",
		"http://x.example/@@", "@\u200bx", "x.com/@", "https://%41.x/a",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		handle, err := account.ParseHandle(text)
		if err != nil {
			if handle != "" || err.Error() == "" {
				t.Errorf("%q and the error %v", handle, err)
			}
			return
		}
		if !utf8.ValidString(handle) || utf8.RuneCountInString(handle) > 100 || strings.ContainsAny(handle, "@/ \t\n") {
			t.Errorf("%q is the handle of %q", handle, text)
		}
		if again, err := account.ParseHandle(handle); err != nil || again != handle {
			t.Errorf("%q becomes %q, %v", handle, again, err)
		}
		if at, err := account.ParseHandle("@" + handle); handle != "" && (err != nil || at != handle) {
			t.Errorf("@%s becomes %q, %v", handle, at, err)
		}
	})
}

func FuzzParsePlatform(f *testing.F) {
	for _, seed := range []string{"", "IG", " Insta ", "TikTok", "You Tube", "X (Twitter)", "OnlyBeauty", "ﷺ", "\xff", "\u200bIG"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		platform, known := account.ParsePlatform(text)
		again, knownAgain := account.ParsePlatform(platform)
		if again != platform || knownAgain != known {
			t.Errorf("%q is %q (%t), and that is %q (%t)", text, platform, known, again, knownAgain)
		}
		if name := account.PlatformName(platform); known != (name != platform) && platform != "" {
			t.Errorf("%q is called %q and known: %t", platform, name, known)
		}
		if back, _ := account.ParsePlatform(account.PlatformName(platform)); back != platform {
			t.Errorf("the name of %q means %q", platform, back)
		}
	})
}
