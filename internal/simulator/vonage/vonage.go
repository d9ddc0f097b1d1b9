// Package vonage is a simulated Vonage (Nexmo) SMS API: sms/json, delivery
// receipts, inbound messages in parts, signed by any of the five methods.
//
// Source: developer.vonage.com: SMS API reference, inbound SMS, delivery
// receipts, signing messages, troubleshooting SMS, API errors.
package vonage

import (
	"bytes"
	"context"
	"crypto/subtle"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strings"

	"parley/internal/simulator"
)

// Provider opens Vonage accounts. Settings: api_key, api_secret, address (our
// number); signature_secret and signature_method (md5hash, md5, sha1, sha256,
// sha512) where webhooks are signed; http_method of webhooks (POST-JSON, POST,
// GET); receipts (where delivery receipts go; else the webhook).
var Provider = simulator.Provider{Name: "vonage", Needs: []string{"api_key", "api_secret", "address"}, Kinds: kinds, Open: open}

// kinds is what its phones can do.
var kinds = []string{"text", "binary", "fail", "refuse", "accept", "raw"}

// network is one account.
type network struct {
	line     *simulator.Line
	handsets simulator.Handsets
	mux      *http.ServeMux
}

func open(l *simulator.Line) (simulator.Network, error) {
	n := &network{line: l, mux: http.NewServeMux()}
	if secret := l.Setting("signature_secret"); secret != "" {
		if _, err := Signature(l.Setting("signature_method"), secret, url.Values{}); err != nil {
			return nil, err
		}
	}
	n.mux.HandleFunc("/sms/json", n.send)
	n.mux.HandleFunc("GET /account/get-balance", n.balance)
	if webhook := l.Account().Webhook; webhook != "" {
		// Saving an address in the dashboard makes Vonage ask for it once, without parameters.
		l.After("", 0, func(ctx context.Context) { _ = l.Webhook(ctx, simulator.Hook{Method: http.MethodGet, URL: webhook}) })
	}
	return n, nil
}

// ServeHTTP is rest.nexmo.com.
func (n *network) ServeHTTP(w http.ResponseWriter, r *http.Request) { n.mux.ServeHTTP(w, r) }

// Reset forgets what phones refuse.
func (n *network) Reset() { n.handsets.Clear() }

// Sends reports whether the call sends a message.
func (n *network) Sends(r *http.Request, _ []byte) bool { return r.URL.Path == "/sms/json" }

// Fault answers a call in bad weather: with 200 and a status, but for the server's own failure.
func (n *network) Fault(w http.ResponseWriter, f simulator.Fault) {
	switch f {
	case simulator.FaultThrottled:
		refuse(w, "1", "Throughput Rate Exceeded - please wait [ 250 ] and retry")
	case simulator.FaultInside:
		refuse(w, "5", "Internal Error")
	default:
		http.Error(w, "Internal Server Error", http.StatusInternalServerError)
	}
}

// refuse answers that nothing was sent.
func refuse(w http.ResponseWriter, status, words string) {
	simulator.WriteJSON(w, http.StatusOK, map[string]any{
		"message-count": "1", "messages": []map[string]string{{"status": status, "error-text": words}},
	})
}

// parameters reads a call in any of the forms Vonage takes: query, form, JSON;
// its credentials may stand in the Authorization header.
func parameters(r *http.Request) (url.Values, error) {
	values := r.URL.Query()
	if strings.HasPrefix(r.Header.Get("Content-Type"), "application/json") {
		var body map[string]any
		d := json.NewDecoder(r.Body)
		d.UseNumber()
		if err := d.Decode(&body); err != nil {
			return nil, fmt.Errorf("read the body: %w", err)
		}
		for key, value := range body {
			if value != nil {
				values.Set(key, fmt.Sprint(value))
			}
		}
	} else if r.Method == http.MethodPost {
		var body bytes.Buffer
		if _, err := body.ReadFrom(r.Body); err != nil {
			return nil, err
		}
		form, err := url.ParseQuery(body.String())
		if err != nil {
			return nil, fmt.Errorf("read the body: %w", err)
		}
		for key := range form {
			values.Set(key, form.Get(key))
		}
	}
	if key, secret, ok := r.BasicAuth(); ok {
		values.Set("api_key", key)
		values.Set("api_secret", secret)
	}
	return values, nil
}

// known reports whether the credentials are the account's.
func (n *network) known(p url.Values) bool {
	right := subtle.ConstantTimeCompare([]byte(p.Get("api_key")+":"+p.Get("api_secret")), []byte(n.line.Setting("api_key")+":"+n.line.Setting("api_secret"))) == 1
	return right && !n.line.Weather().TokenExpired
}

// balance answers what is left: the cheapest call that proves credentials.
func (n *network) balance(w http.ResponseWriter, r *http.Request) {
	p, err := parameters(r)
	if err != nil || !n.known(p) {
		simulator.WriteJSON(w, http.StatusUnauthorized, map[string]string{"error-code": "401", "error-code-label": "authentication failed"})
		return
	}
	simulator.WriteJSON(w, http.StatusOK, map[string]any{"value": 15.5359, "autoReload": false})
}
