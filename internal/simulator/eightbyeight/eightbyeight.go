// Package eightbyeight is a simulated 8x8 CPaaS SMS API: single and batch sending,
// inbound messages and delivery receipts by webhooks in one envelope.
//
// Source: developer.8x8.com/connect/reference: send-sms-single, send-many-sms,
// inbound-sms, delivery-receipts-for-outbound-sms, message-status-references,
// webhook-object-structure, api-error-codes. testdata says which field is from where.
package eightbyeight

import (
	"context"
	"crypto/subtle"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"time"

	"parley/internal/simulator"
)

// Provider opens 8x8 accounts. Settings: subaccount_id, api_key, address (our
// number); webhook_header ("Name: value", sent with every webhook, which 8x8 does
// not sign).
var Provider = simulator.Provider{Name: "eightbyeight", Needs: []string{"subaccount_id", "api_key", "address"}, Kinds: kinds, Open: open}

// kinds is what its phones can do.
var kinds = []string{"text", "fail", "refuse", "accept", "raw"}

// network is one sub-account.
type network struct {
	line     *simulator.Line
	handsets simulator.Handsets
	mux      *http.ServeMux
}

func open(l *simulator.Line) (simulator.Network, error) {
	n := &network{line: l, mux: http.NewServeMux()}
	n.mux.HandleFunc("POST /api/v1/subaccounts/{subaccount}/messages", n.single)
	n.mux.HandleFunc("POST /api/v1/subaccounts/{subaccount}/messages/batch", n.batch)
	n.mux.HandleFunc("/", func(w http.ResponseWriter, _ *http.Request) {
		n.fail(w, http.StatusNotFound, 1300, "Object wasn't found or is already expired")
	})
	return n, nil
}

// ServeHTTP is sms.8x8.com.
func (n *network) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	key, _ := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
	if subtle.ConstantTimeCompare([]byte(key), []byte(n.line.Setting("api_key"))) != 1 || n.line.Weather().TokenExpired {
		n.fail(w, http.StatusUnauthorized, 1200, "Request was not authenticated properly")
		return
	}
	n.mux.ServeHTTP(w, r)
}

// Reset forgets what phones refuse.
func (n *network) Reset() { n.handsets.Clear() }

// Sends reports whether the call sends messages.
func (n *network) Sends(r *http.Request, _ []byte) bool {
	return r.Method == http.MethodPost && (strings.HasSuffix(r.URL.Path, "/messages") || strings.HasSuffix(r.URL.Path, "/messages/batch"))
}

// Fault answers a call in bad weather.
func (n *network) Fault(w http.ResponseWriter, f simulator.Fault) {
	switch f {
	case simulator.FaultThrottled:
		w.Header().Set("Retry-After", "1")
		n.fail(w, http.StatusTooManyRequests, 1400, "Resending interval violation")
	case simulator.FaultInside:
		simulator.WriteJSON(w, http.StatusOK, map[string]any{"umid": n.line.UUID(), "status": n.status("rejected", "", 2000, "Internal Error")})
	default:
		n.fail(w, http.StatusInternalServerError, 2000, "Internal server error")
	}
}

// stamp is how 8x8 writes a time.
const stamp = "2006-01-02T15:04:05.00Z"

// fail answers with 8x8's error document.
func (n *network) fail(w http.ResponseWriter, status, code int, message string) {
	simulator.WriteJSON(w, status, map[string]any{
		"code": code, "message": message, "errorId": n.line.UUID(), "timestamp": n.line.Now().Format(stamp),
	})
}

// status is the object that tells a message's state everywhere.
func (n *network) status(state, detail string, code int, message string) map[string]any {
	s := map[string]any{"state": state, "timestamp": n.line.Now().Format(stamp)}
	if detail != "" {
		s["detail"] = detail
	}
	if code != 0 {
		s["errorCode"], s["errorMessage"] = code, message
	}
	return s
}

// envelope is what every webhook comes in.
type envelope struct {
	Namespace   string `json:"namespace"`
	EventType   string `json:"eventType"`
	Description string `json:"description"`
	Payload     any    `json:"payload"`
}

// again is when a webhook comes again.
//
// Source: inbound-sms, "Retry logic": progressive intervals: 1, 10, 30, 90 sec.
var again = []time.Duration{time.Second, 10 * time.Second, 30 * time.Second, 90 * time.Second}

// hook makes a webhook about who's phone.
func (n *network) hook(who, address string, body any) (simulator.Hook, error) {
	text, err := json.Marshal(body)
	if err != nil {
		return simulator.Hook{}, fmt.Errorf("write a webhook: %w", err)
	}
	h := simulator.Hook{Who: who, URL: address, Body: text, Retries: again, Header: http.Header{"Content-Type": {"application/json"}}}
	if name, value, ok := strings.Cut(n.line.Setting("webhook_header"), ":"); ok {
		h.Header.Set(name, strings.TrimSpace(value))
	}
	return h, nil
}

// Say is a customer's phone: text, raw (a webhook body of one's own), and fail,
// refuse or accept, whose code is an errorCode (now: of the answer).
func (n *network) Say(ctx context.Context, in simulator.In) (string, error) {
	if from, ok := simulator.E164(in.From); ok {
		in.From = from
	}
	if done, err := n.handsets.Switch(in); done {
		return "", err
	}
	n.line.Known(in)
	if in.Kind == "raw" {
		h, err := n.hook(in.From, "", in.Raw)
		if err != nil {
			return "", err
		}
		return "", n.line.Webhook(ctx, h)
	}
	if in.Kind != "text" {
		return "", fmt.Errorf("%w: %s", simulator.ErrCannot, in.Kind)
	}
	parts, unicode := simulator.Segments(in.Text)
	id := n.line.UUID()
	h, err := n.hook(in.From, "", envelope{"SMS", "inbound_message_received", "SMS inbound message", map[string]any{
		"umid": id, "subAccountId": n.line.Setting("subaccount_id"), "timestamp": n.line.Now().Format("2006-01-02T15:04:05.000Z"),
		"source": in.From, "destination": n.line.Setting("address"), "body": in.Text, "encoding": encoding(unicode), "smsCount": len(parts),
	}})
	if err != nil {
		return "", err
	}
	n.line.Show(in.From, simulator.Message{ID: id, From: simulator.FromCustomer, Kind: "text", Text: in.Text, State: "delivered"})
	return id, n.line.Webhook(ctx, h)
}

func encoding(unicode bool) string {
	if unicode {
		return "UCS2"
	}
	return "GSM7"
}
