package twilio

import (
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"net/url"
	"strings"
	"sync"

	"parley/internal/simulator"
)

// servicePath is below messaging.twilio.com.
const servicePath = "/v1/Services/"

// numbers is where the account posts what comes to its number: the number's own
// address, or that of its messaging service.
//
// Source: www.twilio.com/docs/phone-numbers/api/incomingphonenumber-resource,
// www.twilio.com/docs/messaging/api/service-resource.
type numbers struct {
	mu          sync.Mutex // all below
	url, method string     // of the number
	application string     // whose addresses count instead of the number's
	inbound     string     // of the service
	inMethod    string
	statuses    string
	defers      bool // the service leaves it to the number
}

// open puts the account's webhook where it counts.
func (s *numbers) open(l *simulator.Line) {
	s.defers, s.application = l.Setting("service_defers") == "on", l.Setting("application")
	s.method, s.inMethod = http.MethodPost, http.MethodPost
	if s.served(l) {
		s.inbound = l.Account().Webhook
	} else {
		s.url = l.Account().Webhook
	}
}

// served reports whether the messaging service's address counts.
func (s *numbers) served(l *simulator.Line) bool {
	return l.Setting("messaging_service_sid") != "" && l.Setting("service_numbers") != "none" && !s.defers
}

// settle has phones reach what counts now. What an application does is not simulated.
func (s *numbers) settle(l *simulator.Line) {
	switch {
	case s.served(l):
		l.SetWebhook(s.inbound)
	case s.application == "":
		l.SetWebhook(s.url)
	default:
		l.SetWebhook("")
	}
}

// numberSID is our number's.
func (n *network) numberSID() string {
	sum := sha256.Sum256([]byte(n.line.Setting("address")))
	return "PN" + hex.EncodeToString(sum[:16])
}

// listNumbers answers the account's numbers that contain what is asked for:
// GET IncomingPhoneNumbers.json.
func (n *network) listNumbers(w http.ResponseWriter, r *http.Request) {
	n.numbers.mu.Lock()
	defer n.numbers.mu.Unlock()
	rows := []map[string]any{}
	if strings.Contains(n.line.Setting("address"), r.URL.Query().Get("PhoneNumber")) {
		rows = append(rows, n.numberResource())
	}
	uri := "/2010-04-01/Accounts/" + n.line.Setting("account_sid") + "/IncomingPhoneNumbers.json?" + r.URL.Query().Encode()
	simulator.WriteJSON(w, http.StatusOK, map[string]any{
		"incoming_phone_numbers": rows, "page": 0, "page_size": 50, "start": 0, "end": max(0, len(rows)-1),
		"uri": uri, "first_page_uri": uri, "next_page_uri": nil, "previous_page_uri": nil,
	})
}

// numberResource is our number as the API shows it.
func (n *network) numberResource() map[string]any {
	sid, account := n.numberSID(), n.line.Setting("account_sid")
	const made = "Mon, 02 Mar 2026 08:00:00 +0000"
	return map[string]any{
		"sid": sid, "account_sid": account, "friendly_name": n.line.Setting("address"), "phone_number": n.line.Setting("address"),
		"capabilities": map[string]bool{"voice": true, "sms": true, "mms": true, "fax": false}, "status": "in-use", "origin": "twilio",
		"sms_url": n.numbers.url, "sms_method": n.numbers.method, "sms_fallback_url": n.line.Setting("fallback"), "sms_fallback_method": "POST",
		"sms_application_sid": n.numbers.application, "status_callback": "", "status_callback_method": "POST", "voice_url": "",
		"api_version": "2010-04-01", "beta": false, "date_created": made, "date_updated": made,
		"uri": "/2010-04-01/Accounts/" + account + "/IncomingPhoneNumbers/" + sid + ".json",
	}
}

// number answers or changes our number: IncomingPhoneNumbers/{sid}.json.
func (n *network) number(w http.ResponseWriter, r *http.Request) {
	if sid, _ := strings.CutSuffix(r.PathValue("file"), ".json"); sid != n.numberSID() || (r.Method != http.MethodGet && r.Method != http.MethodPost) {
		missing(w, r)
		return
	}
	form, ok := update(w, r, "SmsUrl")
	if !ok {
		return
	}
	s := &n.numbers
	s.mu.Lock()
	defer s.mu.Unlock()
	set(form, "SmsUrl", &s.url)
	set(form, "SmsMethod", &s.method)
	set(form, "SmsApplicationSid", &s.application)
	if r.Method == http.MethodPost {
		s.settle(n.line)
	}
	simulator.WriteJSON(w, http.StatusOK, n.numberResource())
}

// service answers or changes the messaging service: Services/{sid}.
func (n *network) service(w http.ResponseWriter, r *http.Request) {
	if !n.mine(r) || (r.Method != http.MethodGet && r.Method != http.MethodPost) {
		missing(w, r)
		return
	}
	form, ok := update(w, r, "InboundRequestUrl", "StatusCallback")
	if !ok {
		return
	}
	s := &n.numbers
	s.mu.Lock()
	defer s.mu.Unlock()
	set(form, "InboundRequestUrl", &s.inbound)
	set(form, "InboundMethod", &s.inMethod)
	set(form, "StatusCallback", &s.statuses)
	if form.Has("UseInboundWebhookOnNumber") {
		s.defers = strings.EqualFold(form.Get("UseInboundWebhookOnNumber"), "true")
	}
	if r.Method == http.MethodPost {
		s.settle(n.line)
	}
	const made = "2026-03-02T08:00:00Z"
	sid := n.line.Setting("messaging_service_sid")
	simulator.WriteJSON(w, http.StatusOK, map[string]any{
		"sid": sid, "account_sid": n.line.Setting("account_sid"), "friendly_name": "Simulated service",
		"inbound_request_url": orNull(s.inbound), "inbound_method": s.inMethod, "fallback_url": orNull(n.line.Setting("fallback")), "fallback_method": "POST",
		"status_callback": orNull(s.statuses), "use_inbound_webhook_on_number": s.defers, "sticky_sender": true, "smart_encoding": true,
		"validity_period": 36000, "usecase": "undeclared", "date_created": made, "date_updated": made,
		"url": "https://messaging.twilio.com" + servicePath + sid, "links": map[string]string{"phone_numbers": "https://messaging.twilio.com" + servicePath + sid + "/PhoneNumbers"},
	})
}

// mine reports whether a call is about the account's messaging service.
func (n *network) mine(r *http.Request) bool {
	return n.line.Setting("messaging_service_sid") != "" && r.PathValue("service") == n.line.Setting("messaging_service_sid")
}

// member answers whether a number is in the service: Services/{sid}/PhoneNumbers/{sid}.
func (n *network) member(w http.ResponseWriter, r *http.Request) {
	if !n.mine(r) || n.line.Setting("service_numbers") == "none" || r.PathValue("number") != n.numberSID() {
		missing(w, r)
		return
	}
	simulator.WriteJSON(w, http.StatusOK, map[string]any{
		"sid": n.numberSID(), "account_sid": n.line.Setting("account_sid"), "service_sid": r.PathValue("service"),
		"phone_number": n.line.Setting("address"), "country_code": "CA", "capabilities": []string{"SMS", "MMS", "Voice"},
	})
}

// update reads the form of a change, and refuses one whose addresses are none.
func update(w http.ResponseWriter, r *http.Request, addresses ...string) (form url.Values, ok bool) {
	if r.Method == http.MethodGet {
		return nil, true
	}
	if err := r.ParseForm(); err != nil {
		fail(w, http.StatusBadRequest, 20001, "Invalid parameters")
		return nil, false
	}
	for _, name := range addresses {
		if to := r.PostForm.Get(name); to != "" && notWeb(to) {
			fail(w, http.StatusBadRequest, 21402, name+" is not a valid URL: "+to)
			return nil, false
		}
	}
	return r.PostForm, true
}

// set takes one field of a form, also an empty one; a field that is not there changes nothing.
func set(form url.Values, name string, field *string) {
	if form.Has(name) {
		*field = form.Get(name)
	}
}
