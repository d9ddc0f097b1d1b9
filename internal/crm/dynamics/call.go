package dynamics

import (
	"bytes"
	"context"
	"encoding/json"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"parley/internal/crm"
)

// request is one call.
type request struct {
	method string
	path   string // below the API's version
	query  string // as it goes out: Dataverse wants %20, never +
	header map[string]string
	body   any
}

// query joins query options; each value is encoded so that a plus, an ampersand
// or a quote in it stays what it is.
func query(options ...string) string {
	var out []string
	for i := 0; i+1 < len(options); i += 2 {
		out = append(out, options[i]+"="+strings.ReplaceAll(url.QueryEscape(options[i+1]), "+", "%20"))
	}
	return strings.Join(out, "&")
}

// call makes a call and reads the answer's body into out; nil: there must be none.
//
// Errors: *crm.Error.
func (d *Dynamics) call(ctx context.Context, to crm.Connection, c request, out any) error {
	answer, err := d.tokens.Call(ctx, d.who(to), func(token string) (crm.Answer, error) { return d.ask(ctx, to, c, token) })
	if err != nil {
		return err
	}
	return answer.Into(out, refusal)
}

func (d *Dynamics) ask(ctx context.Context, to crm.Connection, c request, token string) (crm.Answer, error) {
	var body []byte
	if c.body != nil {
		var err error
		if body, err = json.Marshal(c.body); err != nil {
			return crm.Answer{}, &crm.Error{Code: crm.BadRequest, Detail: crm.NotOurs}
		}
	}
	address := base(to) + version + c.path
	if c.query != "" {
		address += "?" + c.query
	}
	req, err := http.NewRequestWithContext(ctx, c.method, address, bytes.NewReader(body))
	if err != nil {
		return crm.Answer{}, &crm.Error{Code: crm.Config, Detail: crm.NoHost}
	}
	for name, value := range c.header {
		req.Header.Set(name, value)
	}
	req.Header.Set("Authorization", "Bearer "+token)
	req.Header.Set("Accept", "application/json")
	req.Header.Set("OData-Version", "4.0")
	req.Header.Set("OData-MaxVersion", "4.0")
	if body != nil {
		req.Header.Set("Content-Type", "application/json; charset=utf-8")
	}
	return crm.Call(d.client, req)
}

// refusal reads an answer that says no.
//
// Source: https://learn.microsoft.com/power-apps/developer/data-platform/webapi/compose-http-requests-handle-errors
func refusal(a crm.Answer) *crm.Error {
	var body struct {
		Error struct {
			Code    string `json:"code"`
			Message string `json:"message"`
		} `json:"error"`
	}
	if json.Unmarshal(a.Body, &body) != nil || body.Error.Code == "" {
		e := a.Failed()
		e.Detail = strconv.Itoa(a.Status)
		return e
	}
	return a.Refused(class(body.Error.Code), strings.ToLower(body.Error.Code), body.Error.Message)
}

// class is what a number of Dataverse means; "" is what its status says.
//
// Source: networks.md 9; https://learn.microsoft.com/power-apps/developer/data-platform/reference/web-service-error-codes
func class(number string) crm.Code {
	switch strings.ToLower(number) {
	case "0x80072322", "0x80072321", "0x80072326", // requests, execution time, at once
		"0x80060308", "0x8005f103": // the platform's own limits
		return crm.Throttled
	case "0x80044150", "0x80044151", "0x80071151", "0x80040216", "0x80044182", "0x80072552": // SQL, its time-out, a batch, something unexpected, restarts
		return crm.Transient
	case "0x80040220", "0x80042f09", "0x80048306", "0x80072560", "0x80040225", "0x80041d06", "0x8004d2a0", "0x8004a010": // a privilege, no such user, a disabled one
		return crm.Forbidden
	case "0x80040217", "0x80060891", "0x80042f3d":
		return crm.NotFound
	case "0x80040333", "0x80040237", "0x80060892":
		return crm.Duplicate
	case "0x80044331", "0x80044a02", "0x8004431a", "0x80048cef": // a column, a file
		return crm.TooLong
	case "0x80060888", "0x8006088a", "0x80041102", "0x80041103": // no such property, segment, table, column
		return crm.Config
	case "0x80048d19", "0x80040203", "0x80040278", "0x80040265", "0x80048408", "0x80040224": // payload, argument, character, a plug-in, a state
		return crm.BadRequest
	}
	return ""
}
