package cell

import (
	"net/url"
	"slices"
	"strings"

	"github.com/getklar/influencercrm/crm/sentence"
	"github.com/getklar/influencercrm/sheetimport/internal/texts"
)

// codeKeys are the parameters in which shops take a discount code from a link.
var codeKeys = texts.Set(`discount discount_code discountcode coupon coupon_code couponcode coupons apply_coupon promo promo_code promocode
	promotion_code voucher voucher_code vouchercode gutschein gutscheincode rabattcode rabatt code`)

// IsLink reports whether a part of a list of codes is a link.
func IsLink(part string) bool { return linkAhead.FindString(texts.Trim(part)) != "" }

// CodesOfLink returns the discount codes that a link applies, as shops' share links do: "/discount/ANA10",
// "?discount=ANA10". It fetches nothing.
func CodesOfLink(link string) []string {
	t := texts.Trim(link)
	if !strings.Contains(t, "://") {
		t = "https://" + t
	}
	u, err := url.Parse(t)
	if err != nil {
		return nil
	}
	var codes []string
	add := func(text string) {
		for _, code := range strings.Split(text, ",") {
			if code = texts.Trim(code); code != "" && !slices.Contains(codes, code) {
				codes = append(codes, code)
			}
		}
	}
	segments := strings.Split(u.EscapedPath(), "/")
	for n, s := range segments[:len(segments)-1] {
		if strings.EqualFold(s, "discount") || strings.EqualFold(s, "discounts") {
			if code, err := url.PathUnescape(segments[n+1]); err == nil {
				add(code)
			}
		}
	}
	if len(codes) > 0 {
		return codes
	}
	query, err := url.ParseQuery(u.RawQuery)
	if err != nil {
		return nil
	}
	for key, values := range query {
		if codeKeys[strings.ToLower(strings.ReplaceAll(key, "-", "_"))] {
			add(values[0])
		}
	}
	slices.Sort(codes)
	return codes
}

// linkWithoutCode is the error of a link in the column of codes that names none.
func linkWithoutCode(part string) error {
	return NewError("not_a_code", part, sentence.Of("is a link that names no code"), wantCode)
}
