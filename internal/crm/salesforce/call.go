package salesforce

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
	"strconv"
	"time"

	"golang.org/x/oauth2"
	"golang.org/x/oauth2/clientcredentials"

	"parley/internal/crm"
)

// tokenLasts is how long a token is used; Salesforce does not say how long it is
// good, and refuses it when it is not.
const tokenLasts = time.Hour

// who says whose token is meant.
//
// Source: https://help.salesforce.com/s/articleView?id=xcloud.remoteaccess_oauth_client_credentials_flow.htm
func (s *Salesforce) who(to crm.Connection) crm.Credentials {
	return crm.Credentials{
		Parts: []string{to.ID, base(to), to.Settings["client_id"], to.Secrets["client_secret"]}, Now: to.Now(),
		Fetch: func(ctx context.Context) (string, time.Duration, error) {
			c := clientcredentials.Config{
				ClientID: to.Settings["client_id"], ClientSecret: to.Secrets["client_secret"],
				TokenURL: base(to) + "/services/oauth2/token", AuthStyle: oauth2.AuthStyleInParams,
			}
			got, err := c.Token(context.WithValue(ctx, oauth2.HTTPClient, s.client))
			if err != nil {
				return "", 0, denied(err)
			}
			return got.AccessToken, tokenLasts, nil
		},
	}
}

// denied is what a refused token means.
func denied(err error) error {
	var no *oauth2.RetrieveError
	if !errors.As(err, &no) || no.Response == nil {
		return crm.NoToken(err)
	}
	a := crm.Answer{Status: no.Response.StatusCode, Header: no.Response.Header, Body: no.Body}
	code := a.Failed().Code
	if a.Status == http.StatusBadRequest || a.Status == http.StatusUnauthorized {
		code = crm.Auth
	}
	return a.Refused(code, cmp.Or(no.ErrorCode, strconv.Itoa(a.Status)), no.ErrorDescription)
}

// request is one call.
type request struct {
	method string
	path   string // below the API's version
	query  url.Values
	header map[string]string
	body   any
}

// call makes a call and reads the answer's body into out; nil: there must be none.
//
// Errors: *crm.Error.
func (s *Salesforce) call(ctx context.Context, to crm.Connection, c request, out any) error {
	answer, err := s.tokens.Call(ctx, s.who(to), func(token string) (crm.Answer, error) { return s.ask(ctx, to, c, token) })
	if err != nil {
		return err
	}
	return answer.Into(out, refusal)
}

func (s *Salesforce) ask(ctx context.Context, to crm.Connection, c request, token string) (crm.Answer, error) {
	var body []byte
	if c.body != nil {
		var err error
		if body, err = json.Marshal(c.body); err != nil {
			return crm.Answer{}, &crm.Error{Code: crm.BadRequest, Detail: crm.NotOurs}
		}
	}
	address := base(to) + "/services/data/v" + cmp.Or(to.Settings["api_version"], apiVersion) + "/" + c.path
	if len(c.query) > 0 {
		address += "?" + c.query.Encode()
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
	if body != nil {
		req.Header.Set("Content-Type", "application/json; charset=utf-8")
	}
	return crm.Call(s.client, req)
}

// refusal reads an answer that says no: a list of reasons, of which the first counts.
//
// Source: https://developer.salesforce.com/docs/platform/api-rest/guide/errorcodes.html
func refusal(a crm.Answer) *crm.Error {
	var reasons []struct {
		Code    string `json:"errorCode"`
		Message string `json:"message"`
	}
	if json.Unmarshal(a.Body, &reasons) != nil || len(reasons) == 0 || reasons[0].Code == "" {
		e := a.Failed()
		e.Detail = strconv.Itoa(a.Status)
		return e
	}
	return a.Refused(class(reasons[0].Code), reasons[0].Code, reasons[0].Message)
}

// class is what a code of Salesforce means; "" is what its status says.
//
// Source: https://developer.salesforce.com/docs/atlas.en-us.api.meta/api/sforce_api_calls_concepts_core_data_objects.htm
func class(code string) crm.Code {
	switch code {
	case "REQUEST_LIMIT_EXCEEDED", "TXN_SECURITY_METERING_ERROR":
		return crm.Throttled
	case "SERVER_UNAVAILABLE", "UNABLE_TO_LOCK_ROW", "QUERY_TIMEOUT", "UNKNOWN_EXCEPTION", "OPERATION_TOO_LARGE", "SERVICE_NOT_AVAILABLE":
		return crm.Transient
	case "INVALID_SESSION_ID", "INVALID_AUTH_HEADER":
		return crm.Auth
	case "INSUFFICIENT_ACCESS", "INSUFFICIENT_ACCESS_OR_READONLY", "INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY", "API_DISABLED_FOR_ORG", "API_CURRENTLY_DISABLED",
		"FUNCTIONALITY_NOT_ENABLED", "INVALID_TYPE", "CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY", "INACTIVE_OWNER_OR_USER": // a type one may not see is none
		return crm.Forbidden
	case "ENTITY_IS_DELETED", "INVALID_CROSS_REFERENCE_KEY":
		return crm.NotFound
	case "DUPLICATES_DETECTED", "DUPLICATE_VALUE", "DUPLICATE_EXTERNAL_ID":
		return crm.Duplicate
	case "STRING_TOO_LONG", "FILE_SIZE_LIMIT_EXCEEDED", "STORAGE_LIMIT_EXCEEDED":
		return crm.TooLong
	case "INVALID_FIELD", "NOT_FOUND", "URL_NOT_RESET", "INVALID_FIELD_FOR_INSERT_UPDATE", "UNSUPPORTED_API_VERSION":
		return crm.Config
	case "MALFORMED_QUERY", "JSON_PARSER_ERROR", "REQUIRED_FIELD_MISSING", "FIELD_CUSTOM_VALIDATION_EXCEPTION", "MALFORMED_ID", "FIELD_INTEGRITY_EXCEPTION", "INVALID_EMAIL_ADDRESS":
		return crm.BadRequest
	}
	return ""
}
