package eightbyeight

import (
	"cmp"
	"context"
	"encoding/json"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"parley/internal/simulator"
)

// message is one SMS to send: SmsRequest of send-sms-single.
type message struct {
	Destination     string `json:"destination"`
	Country         string `json:"country"`
	Source          string `json:"source"`
	ClientMessageID string `json:"clientMessageId"`
	Text            string `json:"text"`
	Encoding        string `json:"encoding"`
	Scheduled       string `json:"scheduled"`
	Expiry          string `json:"expiry"`
	DLRCallbackURL  string `json:"dlrCallbackUrl"`
}

// Bounds of a call. Unit: characters, messages.
const (
	textMost     = 1600
	clientIDMost = 50
	sourceMost   = 16
	batchMost    = 10_000
)

// refusal is why a message is not taken; a zero code is none.
type refusal struct {
	code  int
	words string
}

// ours reads the body of a call to this sub-account; if it cannot, it has answered.
func (n *network) ours(w http.ResponseWriter, r *http.Request, into any) bool {
	if r.PathValue("subaccount") != n.line.Setting("subaccount_id") {
		n.fail(w, http.StatusBadRequest, 1001, "Provided subAccountId doesn't belongs to your account")
		return false
	}
	if err := json.NewDecoder(r.Body).Decode(into); err != nil {
		n.fail(w, http.StatusBadRequest, 1000, "Invalid request body")
		return false
	}
	return true
}

// single takes one message.
func (n *network) single(w http.ResponseWriter, r *http.Request) {
	var m message
	if !n.ours(w, r, &m) {
		return
	}
	if no := n.refuse(m); no.code != 0 {
		n.fail(w, http.StatusBadRequest, no.code, no.words)
		return
	}
	to, _ := simulator.E164(m.Destination)
	fate := n.handsets.Next(to)
	if code, err := strconv.Atoi(fate.Code); fate.Now && err == nil {
		n.fail(w, http.StatusBadRequest, code, "Simulated")
		return
	}
	simulator.WriteJSON(w, http.StatusOK, n.take(r.Context(), m, batchIDs{}, fate))
}

// batchIDs names the batch a message came in; empty for a single one.
type batchIDs struct{ id, client string }

// batch takes many: messages, or one template to many destinations.
func (n *network) batch(w http.ResponseWriter, r *http.Request) {
	var in struct {
		Messages                  []message `json:"messages"`
		Destinations              []string  `json:"destinations"`
		Template                  message   `json:"template"`
		ClientBatchID             string    `json:"clientBatchId"`
		IncludeMessagesInResponse bool      `json:"includeMessagesInResponse"`
	}
	if !n.ours(w, r, &in) {
		return
	}
	for _, to := range in.Destinations {
		in.Messages = append(in.Messages, message{Destination: to})
	}
	switch {
	case len(in.Messages) == 0:
		n.fail(w, http.StatusBadRequest, 3012, "Missed messages")
		return
	case len(in.Messages) > batchMost:
		n.fail(w, http.StatusBadRequest, 3013, "Too much messages")
		return
	case utf8.RuneCountInString(in.ClientBatchID) > clientIDMost:
		n.fail(w, http.StatusBadRequest, 3014, "Too long ClientBatchId")
		return
	}
	batch := batchIDs{n.line.UUID(), in.ClientBatchID}
	accepted, rows := 0, []map[string]any{}
	for _, m := range in.Messages {
		m = m.under(in.Template)
		if no := n.refuse(m); no.code != 0 {
			rows = append(rows, map[string]any{
				"umid": n.line.UUID(), "clientMessageId": orNull(m.ClientMessageID), "destination": m.Destination,
				"status": n.status("rejected", "", no.code, no.words),
			})
			continue
		}
		accepted++
		rows = append(rows, n.take(r.Context(), m, batch, n.handsets.Next("+"+strings.TrimPrefix(m.Destination, "+"))))
	}
	answer := map[string]any{
		"batchId": batch.id, "clientBatchId": orNull(batch.client), "acceptedCount": accepted, "rejectedCount": len(rows) - accepted,
	}
	if in.IncludeMessagesInResponse {
		answer["messages"] = rows
	}
	simulator.WriteJSON(w, http.StatusOK, answer)
}

// under takes from the template what the message does not say itself.
func (m message) under(template message) message {
	return message{
		Destination: m.Destination, ClientMessageID: m.ClientMessageID,
		Country: cmp.Or(m.Country, template.Country), Source: cmp.Or(m.Source, template.Source), Text: cmp.Or(m.Text, template.Text),
		Encoding: cmp.Or(m.Encoding, template.Encoding), Scheduled: cmp.Or(m.Scheduled, template.Scheduled),
		Expiry: cmp.Or(m.Expiry, template.Expiry), DLRCallbackURL: cmp.Or(m.DLRCallbackURL, template.DLRCallbackURL),
	}
}

func (n *network) refuse(m message) refusal {
	_, valid := simulator.E164(m.Destination)
	_, gsm := simulator.GSMBytes(m.Text)
	callback, bad := url.Parse(m.DLRCallbackURL)
	switch {
	case !valid || strings.ContainsAny(m.Destination, " -()."):
		return refusal{1002, "Invalid MSISDN format (not E.164 international number)"}
	case m.Text == "":
		return refusal{3005, "Missed Text"}
	case simulator.Units(m.Text) > textMost:
		return refusal{3006, "Too long text"}
	case utf8.RuneCountInString(m.ClientMessageID) > clientIDMost:
		return refusal{3009, "Too long ClientMessageId"}
	case len(m.Source) > sourceMost:
		return refusal{3011, "Too long SMS Source"}
	case m.Encoding != "" && m.Encoding != "AUTO" && m.Encoding != "GSM7" && m.Encoding != "UCS2":
		return refusal{1003, "Invalid Encoding"}
	case m.Encoding == "GSM7" && !gsm:
		return refusal{1004, "Invalid Text"}
	case m.DLRCallbackURL != "" && (bad != nil || callback.Host == ""):
		return refusal{3020, "Invalid DR Callback URL"}
	case m.Expiry != "" && !later(m.Expiry, n.line.Now()):
		return refusal{1006, "Invalid Expiry"}
	}
	return refusal{}
}

func later(text string, now time.Time) bool {
	at, err := time.Parse(time.RFC3339, text)
	return err == nil && at.After(now)
}

// take accepts a message and returns the row that answers for it.
func (n *network) take(ctx context.Context, m message, batch batchIDs, fate simulator.Fate) map[string]any {
	to, _ := simulator.E164(m.Destination)
	_, unicode := simulator.Segments(m.Text)
	unicode = unicode || m.Encoding == "UCS2"
	id := n.line.UUID()
	n.line.Show(to, simulator.Message{ID: id, From: simulator.FromCenter, Kind: "text", Text: m.Text, State: "accepted"})
	steps := []simulator.Step{{State: "sent", Hook: n.receipt(m, id, batch, n.status("sent", "", 0, ""))}}
	if code, _ := strconv.Atoi(fate.Code); code != 0 || n.line.Weather().OptOut {
		steps = append(steps, simulator.Step{State: "failed", Hook: n.receipt(m, id, batch, n.status("undelivered", "rejected_by_operator", code, "Message was rejected by the operator"))})
	} else {
		steps = append(steps,
			simulator.Step{State: "delivered", Hook: n.receipt(m, id, batch, n.status("delivered", "delivered_to_operator", 0, ""))},
			simulator.Step{State: "delivered", Hook: n.receipt(m, id, batch, n.status("delivered", "delivered_to_recipient", 0, ""))})
	}
	n.line.Progress(ctx, to, id, steps)
	return map[string]any{
		"umid": id, "clientMessageId": orNull(m.ClientMessageID), "destination": strings.TrimPrefix(m.Destination, "+"), "encoding": encoding(unicode),
		"status": n.status("queued", "", 0, ""),
	}
}

// receipt is a delivery receipt; nil where it has nowhere to go.
func (n *network) receipt(m message, id string, batch batchIDs, status map[string]any) *simulator.Hook {
	address := cmp.Or(m.DLRCallbackURL, n.line.Account().Webhook)
	if address == "" {
		return nil
	}
	to, _ := simulator.E164(m.Destination)
	parts, _ := simulator.Segments(m.Text)
	payload := map[string]any{
		"umid": id, "subAccountId": n.line.Setting("subaccount_id"), "source": cmp.Or(m.Source, n.line.Setting("address")), "destination": to,
		"status": status, "price": map[string]any{"total": 0.0375 * float64(len(parts)), "perSms": 0.0375, "currency": "USD"}, "smsCount": len(parts),
	}
	for key, value := range map[string]string{"clientMessageId": m.ClientMessageID, "batchId": batch.id, "clientBatchId": batch.client} {
		if value != "" {
			payload[key] = value
		}
	}
	h, err := n.hook(to, address, envelope{"SMS", "outbound_message_status_changed", "SMS outbound message delivery receipt", payload})
	if err != nil {
		return nil
	}
	return &h
}

func orNull(s string) any {
	if s == "" {
		return nil
	}
	return s
}
