package twilio

import (
	"cmp"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"parley/internal/simulator"
)

func itoa(n int) string { return strconv.Itoa(n) }

// bodyMax is the longest Body. Unit: UTF-16 units.
const bodyMax = 1600

// magic are numbers with a fate of their own.
//
// Source: www.twilio.com/docs/iam/test-credentials.
var magic = map[string]int{
	"+15005550001": 21211,
	"+15005550002": 21612,
	"+15005550003": 21408,
	"+15005550004": 21610,
	"+15005550009": 21614,
}

// magicFrom are the same for the sender.
var magicFrom = map[string]int{"+15005550001": 21212, "+15005550007": 21606, "+15005550008": 21611}

// words are what Twilio says beside its numbers; %s is the number meant.
var words = map[int]string{
	21211: "The 'To' number %s is not a valid phone number.",
	21212: "The 'From' number %s is not a valid phone number, shortcode, or alphanumeric sender ID.",
	21266: "'To' and 'From' number cannot be the same: %s",
	21408: "Permission to send an SMS has not been enabled for the region indicated by the 'To' number: %s",
	21602: "Message body is required.",
	21603: "A 'From' phone number is required.",
	21604: "A 'To' phone number is required.",
	21606: "The 'From' phone number %s is not a valid, SMS-capable inbound phone number or short code for your account.",
	21609: "The 'StatusCallback' URL %s is not a valid URL.",
	21610: "Attempt to send to unsubscribed recipient",
	21611: "This 'From' number %s has exceeded the maximum number of queued messages",
	21612: "The 'To' phone number %s is not currently reachable using the 'From' phone number",
	21614: "'To' number %s is not a valid mobile number",
	21617: "The concatenated message body exceeds the 1600 character limit",
	21620: "Invalid media URL(s)",
	21703: "The Messaging Service %s does not exist or has no phone numbers",
}

// statuses are the HTTP statuses of errors that are not 400.
var statuses = map[int]int{20003: 401, 20429: 429, 20500: 500, 20503: 503}

// send takes a message: POST Messages.json.
func (n *network) send(w http.ResponseWriter, r *http.Request) {
	if err := r.ParseForm(); err != nil {
		fail(w, http.StatusBadRequest, 20001, "Invalid parameters")
		return
	}
	form := r.PostForm
	to, _ := simulator.E164(form.Get("To"))
	if code, about := n.refusal(form, to); code != 0 {
		fail(w, http.StatusBadRequest, code, strings.ReplaceAll(words[code], "%s", about))
		return
	}
	fate := n.handsets.Next(to)
	if code, err := strconv.Atoi(fate.Code); fate.Now && err == nil {
		fail(w, cmp.Or(statuses[code], http.StatusBadRequest), code, strings.ReplaceAll(cmp.Or(words[code], "Simulated"), "%s", to))
		return
	}
	letters := "SM"
	m := simulator.Message{From: simulator.FromCenter, Kind: "text", Text: form.Get("Body"), State: "accepted"}
	if media := form["MediaUrl"]; len(media) > 0 {
		letters, m.Kind, m.Media = "MM", "image", &simulator.Media{URL: media[0]}
	}
	m.ID, m.At = letters+n.line.Hex(), n.line.Now().UnixMilli()
	n.line.Show(to, m)
	if fate.Code != "" {
		n.line.Change(to, m.ID, func(m *simulator.Message) { m.Error = fate.Code })
	}
	n.line.Progress(r.Context(), to, m.ID, n.steps(form, to, m.ID, fate.Code))
	simulator.WriteJSON(w, http.StatusCreated, n.resource(to, m))
}

// refusal returns the number of the error that refuses the call at once, and what it is about.
func (n *network) refusal(form url.Values, to string) (code int, about string) {
	from, service := form.Get("From"), form.Get("MessagingServiceSid")
	_, valid := simulator.E164(form.Get("To"))
	ours, _ := simulator.E164(n.line.Setting("address"))
	switch {
	case form.Get("To") == "":
		return 21604, ""
	case from == "" && service == "":
		return 21603, ""
	case form.Get("Body") == "" && len(form["MediaUrl"]) == 0:
		return 21602, ""
	case simulator.Units(form.Get("Body")) > bodyMax:
		return 21617, ""
	case !valid:
		return 21211, form.Get("To")
	case magicFrom[from] != 0:
		return magicFrom[from], from
	case service != "" && service != n.line.Setting("messaging_service_sid"):
		return 21703, service
	case service == "" && from != ours:
		return 21606, from
	case to == ours:
		return 21266, to
	case len(form["MediaUrl"]) > 10 || slices.ContainsFunc(form["MediaUrl"], notWeb):
		return 21620, ""
	case form.Get("StatusCallback") != "" && notWeb(form.Get("StatusCallback")):
		return 21609, form.Get("StatusCallback")
	case n.line.Weather().OptOut || n.handsets.Stopped(to):
		return 21610, to
	}
	if code := magic[to]; code != 0 {
		return code, to
	}
	return 0, ""
}

func notWeb(address string) bool {
	u, err := url.Parse(address)
	return err != nil || u.Host == "" || (u.Scheme != "http" && u.Scheme != "https")
}

// steps is what becomes of a message; there is no callback for its first state.
func (n *network) steps(form url.Values, to, sid, code string) []simulator.Step {
	var steps []simulator.Step
	add := func(state, status, code string) {
		steps = append(steps, simulator.Step{State: state, Hook: n.status(form, to, sid, status, code)})
	}
	if form.Get("MessagingServiceSid") != "" {
		add("accepted", "queued", "")
	}
	add("sent", "sent", "")
	switch code {
	case "":
		add("delivered", "delivered", "")
	case "30001", "30002":
		add("failed", "failed", code)
	default:
		add("failed", "undelivered", code)
	}
	return steps
}

// serviceStatuses is where the messaging service of a message tells of statuses.
func (n *network) serviceStatuses(form url.Values) string {
	if form.Get("MessagingServiceSid") == "" {
		return ""
	}
	n.numbers.mu.Lock()
	defer n.numbers.mu.Unlock()
	return n.numbers.statuses
}

// status is one status callback; nil where none was asked for.
func (n *network) status(form url.Values, to, sid, status, code string) *simulator.Hook {
	callback := cmp.Or(form.Get("StatusCallback"), n.serviceStatuses(form))
	if callback == "" {
		return nil
	}
	body := url.Values{
		"SmsSid": {sid}, "SmsStatus": {status}, "MessageStatus": {status}, "To": {to}, "MessageSid": {sid},
		"AccountSid": {n.line.Setting("account_sid")}, "From": {cmp.Or(form.Get("From"), n.line.Setting("address"))}, "ApiVersion": {"2010-04-01"},
	}
	if service := form.Get("MessagingServiceSid"); service != "" {
		body.Set("MessagingServiceSid", service)
	}
	switch {
	case code != "":
		body.Set("ErrorCode", code)
	case status == "delivered":
		body.Set("RawDlrDoneDate", n.line.Now().Format("0601021504"))
	}
	h := n.hook(callback, body)
	h.Who = to
	return &h
}

// resource is a message as the API shows it.
func (n *network) resource(to string, m simulator.Message) map[string]any {
	sid := n.line.Setting("account_sid")
	uri := "/2010-04-01/Accounts/" + sid + "/Messages/" + m.ID
	parts, _ := simulator.Segments(m.Text)
	at := time.UnixMilli(m.At).UTC().Format(time.RFC1123Z)
	from, direction := n.line.Setting("address"), "outbound-api"
	status := map[string]string{"accepted": "queued", "sent": "sent", "delivered": "delivered", "failed": "undelivered"}[m.State]
	if m.State == "accepted" && n.line.Setting("messaging_service_sid") != "" {
		status = "accepted"
	}
	if m.From == simulator.FromCustomer {
		from, to, direction, status = to, from, "inbound", "received"
	}
	media := "0"
	if m.Media != nil {
		media = "1"
	}
	shown := map[string]any{
		"body": m.Text, "num_segments": itoa(len(parts)), "direction": direction, "from": from, "to": to, "status": status,
		"date_created": at, "date_updated": at, "date_sent": nil, "price": nil, "price_unit": "USD", "num_media": media,
		"error_code": nil, "error_message": nil, "uri": uri + ".json", "account_sid": sid, "sid": m.ID,
		"messaging_service_sid": orNull(n.line.Setting("messaging_service_sid")), "api_version": "2010-04-01",
		"subresource_uris": map[string]string{"media": uri + "/Media.json"},
	}
	if m.State == "sent" || m.State == "delivered" {
		shown["date_sent"] = at
	}
	if code, err := strconv.Atoi(m.Error); err == nil {
		shown["error_code"], shown["error_message"] = code, "Simulated"
		if code == 30001 || code == 30002 {
			shown["status"] = "failed"
		}
	}
	return shown
}

func orNull(s string) any {
	if s == "" {
		return nil
	}
	return s
}

// show answers where a message stands: GET Messages/{sid}.json.
func (n *network) show(w http.ResponseWriter, r *http.Request) {
	sid, _ := strings.CutSuffix(r.PathValue("file"), ".json")
	who, m, ok := n.line.Find(sid)
	if !ok {
		missing(w, r)
		return
	}
	simulator.WriteJSON(w, http.StatusOK, n.resource(who, m))
}

// list answers the messages to or from one number, newest first: GET Messages.json.
func (n *network) list(w http.ResponseWriter, r *http.Request) {
	q := r.URL.Query()
	size, err := strconv.Atoi(cmp.Or(q.Get("PageSize"), "50"))
	if err != nil || size < 1 || size > 1000 {
		fail(w, http.StatusBadRequest, 20006, "Invalid page size")
		return
	}
	rows := []map[string]any{}
	ours := n.line.Setting("address")
	for _, who := range []string{q.Get("To"), q.Get("From")} {
		t, _ := n.line.Thread(who)
		for _, m := range slices.Backward(t.Messages) {
			outgoing := m.From == simulator.FromCenter
			if fits := (outgoing && who == q.Get("To") && (q.Get("From") == "" || q.Get("From") == ours)) || (!outgoing && who == q.Get("From")); fits && len(rows) < size {
				rows = append(rows, n.resource(who, m))
			}
		}
	}
	uri := "/2010-04-01/Accounts/" + n.line.Setting("account_sid") + "/Messages.json"
	simulator.WriteJSON(w, http.StatusOK, map[string]any{
		"messages": rows, "page": 0, "page_size": size, "start": 0, "end": max(0, len(rows)-1), "uri": uri + "?" + q.Encode(),
		"first_page_uri": uri + "?" + q.Encode(), "next_page_uri": nil, "previous_page_uri": nil,
	})
}
