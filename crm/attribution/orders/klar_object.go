package orders

import (
	"encoding/json"
	"strings"
)

// klarOrder has what is read of Klar's Order: https://help.getklar.com/en/articles/9346875-order. Numbers are kept as they
// are written.
type klarOrder struct {
	ID                string             `json:"id"`
	CreatedAt         literal            `json:"createdAt"` // seconds since 1970, as all times
	CancelledAt       literal            `json:"cancelledAt"`
	Currency          string             `json:"currencyCodeIso3Letter"`
	FinancialStatus   string             `json:"financialStatus"`
	LineItems         []klarLineItem     `json:"lineItems"`
	RefundedLineItems []klarRefundedItem `json:"refundedLineItems"`
	Shipping          klarShipping       `json:"shipping"`
	Identifiers       klarIdentifiers    `json:"optionalIdentifiers"`
}

// klarLineItem is Klar's LineItem. Its total is that of all pieces; taxes and discounts are those of one.
type klarLineItem struct {
	ID        string         `json:"id"`
	Quantity  literal        `json:"quantity"`
	After     literal        `json:"totalAmountAfterTaxesAndDiscounts"`
	Discounts []klarDiscount `json:"discounts"`
	Taxes     []klarTax      `json:"taxes"`
	Bundled   []struct {
		Discounts []klarDiscount `json:"discounts"`
	} `json:"bundledProducts"`
}

// klarDiscount is Klar's Discount.
type klarDiscount struct {
	IsVoucher   *bool  `json:"isVoucher"`
	VoucherCode string `json:"voucherCode"`
}

// klarTax is Klar's Tax.
type klarTax struct {
	Amount literal `json:"taxAmount"`
}

// klarShipping is Klar's Shipping.
type klarShipping struct {
	After     literal        `json:"shippingTotalAmountAfterTaxAndDiscounts"`
	Discounts []klarDiscount `json:"discounts"`
	Taxes     []klarTax      `json:"taxes"`
}

// klarRefundedItem is Klar's RefundedLineItem.
type klarRefundedItem struct {
	LineItemID string  `json:"lineItemId"`
	Quantity   literal `json:"refundedQuantity"`
	CreatedAt  literal `json:"createdAt"`
}

// klarIdentifiers is Klar's OptionalIdentifiers.
type klarIdentifiers struct {
	Source      string `json:"utmSource"`
	Medium      string `json:"utmMedium"`
	Campaign    string `json:"utmCampaign"`
	Term        string `json:"utmTerm"`
	Content     string `json:"utmContent"`
	LandingPage string `json:"landingPage"`
}

// literal is a number as it is written, with or without quotation marks, or another value in place of one. What is wrong with it
// is said where it is used.
type literal string

func (l *literal) UnmarshalJSON(doc []byte) error {
	var text string
	switch {
	case string(doc) == "null":
		*l = ""
	case json.Unmarshal(doc, &text) == nil:
		*l = literal(strings.TrimSpace(text))
	default:
		*l = literal(doc)
	}
	return nil
}
