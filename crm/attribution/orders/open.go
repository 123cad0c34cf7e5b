package orders

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"slices"

	"github.com/getklar/influencercrm/crm/sentence"
)

// open finds the format of a file and returns its orders.
func open(r *bufio.Reader, o *Options) (source, error) {
	if known := []Format{"", JSON, Klar, Shopify, WooCommerce}; !slices.Contains(known, o.Format) {
		e := badFile(0, sentence.Of("is no format of orders; those are json, klar, shopify and woocommerce"))
		e.Field, e.Value = "format", shorten(string(o.Format))
		return nil, e
	}
	line, err := skipToText(r)
	if err != nil {
		return nil, err
	}
	format := o.Format
	if format == "" {
		if format, err = jsonFormat(r); err != nil {
			return nil, err
		}
	}
	switch format {
	case JSON:
		if first, _ := r.Peek(1); string(first) == "[" {
			return &jsonOrders{documents: &valueReader{r: r, line: line}, options: o}, nil
		}
		return &jsonOrders{documents: &lineReader{r: r, line: line}, options: o}, nil
	case Klar:
		return &klarOrders{values: valueReader{r: r, line: line}, options: o}, nil
	}
	return openTable(r, line, o)
}

// skipToText reads a byte order mark and white space, and returns the number of the line that then begins.
func skipToText(r *bufio.Reader) (line int, _ error) {
	line = 1
	if mark, _ := r.Peek(3); string(mark) == "\ufeff" {
		_, _ = r.Discard(len(mark)) // they are there
	} else if len(mark) >= 2 && (string(mark[:2]) == "\xff\xfe" || string(mark[:2]) == "\xfe\xff") {
		return 0, badFile(0, sentence.Of("the file is UTF-16; save it as UTF-8"))
	}
	for {
		b, err := r.ReadByte()
		switch {
		case errors.Is(err, io.EOF):
			return 0, badFile(0, sentence.Of("the file is empty; it should hold orders"))
		case err != nil:
			return 0, broken(line, err)
		case b == '\n':
			line++
		case b != ' ' && b != '\t' && b != '\r':
			return line, r.UnreadByte()
		}
	}
}

// jsonFormat tells Klar's orders and our own apart by the names of the first one's fields. It returns "" for what is not JSON.
func jsonFormat(r *bufio.Reader) (Format, error) {
	for {
		window, whole, err := seen(r)
		if err != nil {
			return "", err
		}
		if window[0] != '{' && window[0] != '[' {
			return "", nil
		}
		listed := bytes.TrimLeft(window, "[ \t\r\n")
		switch format := formatOfFields(listed); {
		case format != "":
			return format, nil
		case window[0] == '[' && (whole || len(listed) > 0 && listed[0] != '{'):
			return Klar, nil
		case whole:
			return JSON, nil
		}
	}
}

// seen returns what is buffered of a file, more of it with each call, and whether that is all there will be. It waits for
// no more than one read, so that a stream of orders is read as it comes.
func seen(r *bufio.Reader) (window []byte, whole bool, _ error) {
	window, err := r.Peek(r.Buffered() + 1)
	switch {
	case errors.Is(err, io.EOF), errors.Is(err, bufio.ErrBufferFull):
		return window, true, nil
	case err != nil:
		return nil, false, broken(1, err)
	}
	window, _ = r.Peek(r.Buffered()) // what is buffered is there
	return window, false, nil
}

// formatOfFields is the format of an object in JSON that may be cut off, or "" if the fields that are there do not tell.
func formatOfFields(object []byte) Format {
	tokens := json.NewDecoder(bytes.NewReader(object))
	if _, err := tokens.Token(); err != nil {
		return ""
	}
	for tokens.More() {
		name, err := tokens.Token()
		if err != nil {
			return ""
		}
		switch name {
		case "at", "codes", "touchpoints", "amount", "cancelled", "refund_of":
			return JSON
		case "createdAt", "updatedAt", "lineItems", "currencyCodeIso3Letter", "financialStatus", "shipmentStatus", "customer",
			"orderNumber", "orderName", "shipping", "optionalIdentifiers", "refundedLineItems":
			return Klar
		}
		var value json.RawMessage
		if err := tokens.Decode(&value); err != nil {
			return ""
		}
	}
	if _, err := tokens.Token(); err == nil {
		return JSON // a whole object whose fields are neither's
	}
	return ""
}
