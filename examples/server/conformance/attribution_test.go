package conformance

import (
	"fmt"
	"net/url"
	"strings"
)

// attribution has orders of each outcome: credited by a code and by a link, missed, refunded and unreadable.
func attribution(c *client, r those) {
	deal := c.do(201, "POST", "cooperations", fmt.Sprintf(`{"campaign":%q,"influencer":%q,"profile":%q,"status":"signed","last_touch":true,
		"period":{"start":"2026-08-01","end":"2026-08-31"},"cost":{"amount":"100","currency":"EUR"},
		"rules":[{"match":"equals","pattern":"AUGUST8"}],"utm":{"source":"instagram","campaign":"august","term":"pam"}}`,
		r.campaign, r.pam, r.profile)).text("cooperation", "id")
	order := func(id, more string) string {
		return fmt.Sprintf(`{"id":%q,"at":"2026-08-10T12:00:00+02:00","amount":{"amount":"59.90","currency":"EUR"}%s}`, id, more)
	}
	credited := order("1", `,"codes":["august8","FREESHIP"]`)
	visit := `,"touchpoints":[{"at":"2026-08-09T12:00:00Z","utm":{"source":"instagram","campaign":"august","term":"pam"}}]`
	missed := strings.Replace(order("3", `,"codes":["AUGUST8"]`), "08-10", "09-03", 1)
	orders := "[" + strings.Join([]string{
		credited, order("2", visit), missed, order("4", `,"codes":["AUGUST9"]`), order("5", `,"codes":["AUGUST8"],"cancelled":true`),
		order("6", `,"refund_of":"1"`), order("7", `,"codes":["AUGUST9"]`+visit), order("1", ""),
	}, ",") + "]"
	for _, query := range []string{"", "?detail=short&totals=campaign&totals=month&totals=code", "?as_of=9", "?format=json&zone=Europe/Berlin&net=true"} {
		c.do(200, "POST", "attribution/orders"+query, orders)
	}
	// The validator takes JSON lines for one document, and so cannot read them.
	lines := c.raw("POST", "attribution/orders", credited+"\n"+missed, "Content-Type", "application/x-ndjson", "Accept",
		"application/x-ndjson")
	if lines.Code != 200 || strings.Count(lines.Body.String(), "\n") != 3 {
		c.Errorf("JSON lines: %d %s", lines.Code, lines.Body)
	}
	for _, one := range []string{credited, missed, order("7", `,"codes":["AUGUST9"]`+visit)} {
		c.do(200, "POST", "attribution/explain", one)
	}
	c.do(200, "POST", "attribution/impact", fmt.Sprintf(`{"orders":%s,"cooperations":[{"id":%q,"campaign":%q,"influencer":%q,"status":"signed",
		"period":{"start":"2026-08-01"},"rules":[{"match":"equals","pattern":"AUGUST9"}]}]}`, orders, stranger, r.campaign, r.emma))
	c.do(200, "POST", "attribution/back-test?match=starts_with&pattern=AUG&influencer="+r.emma, orders)
	c.do(200, "GET", "attribution/ledger?code=august8", "")
	c.do(200, "POST", "attribution/radar?min_orders=1&limit=10", orders)
	c.do(200, "POST", "attribution/codes", fmt.Sprintf(`{"pattern":"{first_name}{n}","influencers":[%q,%q]}`, r.pam, stranger))
	page := url.QueryEscape("https://shop.example/sale?utm_term=x#top")
	link := c.do(200, "GET", "cooperations/"+deal+"/link?page="+page, "").text("link")
	c.do(200, "GET", "cooperations/"+deal+"/qr?page="+page, "")
	c.do(200, "GET", "cooperations/"+deal+"/qr?format=png&size=2&page="+page, "")
	wrong := strings.Replace(link, "=pam", "=pan", 1)
	for _, pasted := range []string{link, wrong, "shop.example?utm_souce=x", ""} {
		c.do(200, "POST", "cooperations/"+deal+"/link/check", fmt.Sprintf(`{"link":%q,"on":"2026-08-10"}`, pasted))
	}
	c.do(200, "POST", "attribution/links/check", fmt.Sprintf(`{"links":[%q,%q,"","https://shop.example/#?utm_term=pam"]}`, link, wrong))
}
