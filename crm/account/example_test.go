package account_test

import (
	"fmt"

	"github.com/getklar/influencercrm/crm/account"
)

func Example() {
	platform, known := account.ParsePlatform("Insta")
	fmt.Println(platform, known, account.PlatformName(platform))

	handle, err := account.ParseHandle("https://www.instagram.com/emma.style/reels")
	fmt.Println(handle, err)

	_, err = account.ParseHandle("emma@mail.example")
	fmt.Println(err)
	// Output:
	// instagram true Instagram
	// emma.style <nil>
	// is an email address or more than one profile
}
