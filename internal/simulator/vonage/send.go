package vonage

import (
	"cmp"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"parley/internal/simulator"
)

// textMost is the longest text of one call. Unit: characters.
const textMost = 3200

// words are the error-texts beside the statuses.
var words = map[string]string{
	"1": "Throughput Rate Exceeded - please wait [ 250 ] and retry", "2": "Missing %s", "3": "Invalid value for parameter: %s",
	"4": "Bad Credentials", "5": "Internal Error", "6": "Unroutable message - rejected", "7": "Number barred", "8": "Account barred",
	"9": "Quota Exceeded - rejected", "10": "Too many existing binds", "11": "Account not HTTP enabled", "12": "Message too long",
	"14": "Invalid signature", "15": "Illegal Sender Address - rejected", "22": "Invalid Network Code", "23": "Invalid Callback URL",
	"29": "Non White-listed Destination - rejected", "33": "Number De-activated",
}

// send takes a message, and answers for each of its parts.
func (n *network) send(w http.ResponseWriter, r *http.Request) {
	p, err := parameters(r)
	if err != nil {
		refuse(w, "3", "Invalid body")
		return
	}
	to, _ := simulator.E164(p.Get("to"))
	if status, about := n.refusal(p); status != "0" {
		refuse(w, status, strings.ReplaceAll(words[status], "%s", about))
		return
	}
	fate := n.handsets.Next(to)
	if fate.Now {
		refuse(w, fate.Code, strings.ReplaceAll(cmp.Or(words[fate.Code], "Simulated"), "%s", "to"))
		return
	}
	text := p.Get("text")
	if p.Get("type") != "unicode" {
		text = squeezed(text)
	}
	parts, _ := simulator.Segments(text)
	partly, _ := strings.CutPrefix(fate.Code, "parts:")
	var rows []map[string]string
	var ids []string
	for i := range parts {
		if i > 0 && words[partly] != "" {
			rows = append(rows, map[string]string{"to": p.Get("to"), "status": partly, "error-text": words[partly]})
			continue
		}
		id := "0C0000" + strings.ToUpper(n.line.Hex()[:10])
		row := map[string]string{"to": strings.TrimPrefix(to, "+"), "message-id": id, "status": "0", "remaining-balance": "15.53590000", "message-price": "0.03330000", "network": "302220"}
		if ref := p.Get("client-ref"); ref != "" {
			row["client-ref"] = ref
		}
		rows, ids = append(rows, row), append(ids, id)
	}
	n.line.Show(to, simulator.Message{ID: ids[0], From: simulator.FromCenter, Kind: "text", Text: text, State: "accepted"})
	n.line.Progress(r.Context(), to, ids[0], n.steps(p, to, ids, fate.Code))
	simulator.WriteJSON(w, http.StatusOK, map[string]any{"message-count": strconv.Itoa(len(rows)), "messages": rows})
}

// refusal returns the status that refuses the whole call, and what it is about; "0" is none.
func (n *network) refusal(p url.Values) (status, about string) {
	for _, key := range []string{"api_key", "api_secret", "from", "to"} {
		if p.Get(key) == "" {
			return "2", key
		}
	}
	_, valid := simulator.E164(p.Get("to"))
	ours := strings.TrimPrefix(n.line.Setting("address"), "+")
	callback, bad := url.Parse(p.Get("callback"))
	switch {
	case !n.known(p):
		return "4", ""
	case p.Get("text") == "":
		return "2", "text"
	case !slices.Contains([]string{"", "text", "unicode"}, p.Get("type")):
		return "3", "type"
	case !valid:
		return "3", "to"
	case utf8.RuneCountInString(p.Get("client-ref")) > 100:
		return "3", "client-ref"
	case p.Get("callback") != "" && (bad != nil || callback.Host == ""):
		return "23", ""
	case utf8.RuneCountInString(p.Get("text")) > textMost:
		return "12", ""
	case strings.TrimPrefix(p.Get("from"), "+") != ours:
		return "15", ""
	case n.line.Weather().OptOut:
		return "7", ""
	}
	return "0", ""
}

// squeezed is a text sent as type=text: what is in no GSM alphabet becomes a question mark.
func squeezed(text string) string {
	return strings.Map(func(r rune) rune {
		if _, ok := simulator.GSMBytes(string(r)); !ok {
			return '?'
		}
		return r
	}, text)
}

// steps is what becomes of a message: each of its parts has its receipts.
func (n *network) steps(p url.Values, to string, ids []string, refused string) []simulator.Step {
	last, state, code := "delivered", "delivered", "0"
	if refused != "" && !strings.Contains(refused, ":") {
		last, state, code = "failed", "failed", refused
		switch refused {
		case "2":
			last = "expired"
		case "6":
			last = "rejected"
		}
	}
	var steps []simulator.Step
	for _, id := range ids {
		steps = append(steps, simulator.Step{State: "sent", Hook: n.receipt(p, to, id, "accepted", "0")})
	}
	for _, id := range ids {
		steps = append(steps, simulator.Step{State: state, Hook: n.receipt(p, to, id, last, code)})
	}
	return steps
}

// receipt is a delivery receipt (DLR); nil where it has nowhere to go.
func (n *network) receipt(p url.Values, to, id, status, code string) *simulator.Hook {
	address := p.Get("callback")
	if address == "" {
		address = n.line.Setting("receipts")
	}
	if address == "" {
		address = n.line.Account().Webhook
	}
	if address == "" {
		return nil
	}
	now := n.line.Now()
	body := url.Values{
		"msisdn": {strings.TrimPrefix(to, "+")}, "to": {p.Get("from")}, "network-code": {"302220"}, "messageId": {id}, "price": {"0.03330000"},
		"status": {status}, "scts": {now.Format("0601021504")}, "err-code": {code}, "api-key": {n.line.Setting("api_key")},
		"message-timestamp": {now.Format("2006-01-02 15:04:05")},
	}
	if ref := p.Get("client-ref"); ref != "" {
		body.Set("client-ref", ref)
	}
	h := n.hook(address, body)
	h.Who = to
	return &h
}
