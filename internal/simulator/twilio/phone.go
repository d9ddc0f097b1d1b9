package twilio

import (
	"context"
	"crypto/hmac"
	"crypto/sha1"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"parley/internal/simulator"
)

// mediaPath is where a picture of a customer is found.
func (n *network) mediaPath(message, media string) string {
	return "/2010-04-01/Accounts/" + n.line.Setting("account_sid") + "/Messages/" + message + "/Media/" + media
}

// media answers the picture itself; the real one redirects to storage first.
func (n *network) media(w http.ResponseWriter, r *http.Request) {
	m, ok := n.line.File(r.PathValue("media"))
	if !ok || n.line.Weather().MediaExpired {
		missing(w, r)
		return
	}
	w.Header().Set("Content-Type", m.MIME)
	w.Header().Set("Content-Length", strconv.Itoa(len(m.Data)))
	_, _ = w.Write(m.Data) // a client that has gone needs no answer
}

// Say is a customer's phone: text and pictures (MMS), raw (a form of one's own), and
// fail, refuse or accept, whose code is an ErrorCode of the callback, or (now) the
// code of the answer.
//
// Options: encoding=base64 posts the body as base64, as Twilio does with some
// long messages; empty=yes sends a picture without words.
func (n *network) Say(ctx context.Context, in simulator.In) (string, error) {
	from, ok := simulator.E164(in.From)
	if !ok && in.Kind != "raw" {
		from = in.From // a short code or a name also sends
	}
	in.From = from
	if done, err := n.handsets.Switch(in); done {
		return "", err
	}
	n.line.Known(in)
	form := n.form(from)
	m := simulator.Message{From: simulator.FromCustomer, Kind: in.Kind, Text: in.Text, State: "delivered"}
	switch in.Kind {
	case "text":
		n.text(form, in)
	case "image", "video", "audio", "document", "sticker":
		m.Media, m.Text = n.attach(form, in)
	case "raw":
		return form.Get("MessageSid"), n.raw(ctx, form, in)
	default:
		return "", fmt.Errorf("%w: %s", simulator.ErrCannot, in.Kind)
	}
	m.ID = form.Get("MessageSid")
	n.line.Show(from, m)
	n.obey(form, from, in.Text)
	h := n.hook("", form)
	h.Who, h.GivenUp = from, n.fallback(form, from, h.URL)
	return m.ID, n.line.Webhook(ctx, h)
}

// form is an inbound message with all its fields and no words yet.
func (n *network) form(from string) url.Values {
	sid, to := "SM"+n.line.Hex(), n.line.Setting("address")
	form := url.Values{
		"ToCountry": {"CA"}, "ToState": {"QC"}, "ToCity": {"MONTREAL"}, "ToZip": {""}, "SmsMessageSid": {sid}, "NumMedia": {"0"},
		"FromCountry": {"CA"}, "FromState": {"QC"}, "FromCity": {"MONTREAL"}, "FromZip": {""}, "SmsSid": {sid}, "SmsStatus": {"received"},
		"To": {to}, "NumSegments": {"1"}, "MessageSid": {sid}, "AccountSid": {n.line.Setting("account_sid")}, "From": {from},
		"Body": {""}, "ApiVersion": {"2010-04-01"},
	}
	if service := n.line.Setting("messaging_service_sid"); service != "" {
		form.Set("MessagingServiceSid", service)
	}
	return form
}

func (n *network) text(form url.Values, in simulator.In) {
	parts, _ := simulator.Segments(in.Text)
	form.Set("NumSegments", itoa(len(parts)))
	form.Set("Body", in.Text)
	if in.Options["encoding"] == "base64" {
		form.Set("Body", base64.StdEncoding.EncodeToString([]byte(in.Text)))
	}
	if word := simulator.Keyword(in.Text); word != "" && n.line.Setting("advanced_opt_out") != "off" {
		form.Set("OptOutType", word)
	}
}

// attach puts a picture on the account's shelf and its address into the form.
func (n *network) attach(form url.Values, in simulator.In) (*simulator.Media, string) {
	media := in.Sent("ME" + n.line.Hex())
	n.line.Keep(media)
	sid := "MM" + strings.TrimPrefix(form.Get("MessageSid"), "SM")
	for _, key := range []string{"MessageSid", "SmsSid", "SmsMessageSid"} {
		form.Set(key, sid)
	}
	text := media.Caption
	if in.Options["empty"] == "yes" {
		text = ""
	}
	form.Set("Body", text)
	form.Set("NumMedia", "1")
	form.Set("MediaContentType0", media.MIME)
	form.Set("MediaUrl0", n.line.URL(n.mediaPath(sid, media.ID)))
	shown := media.Shown()
	shown.URL = form.Get("MediaUrl0")
	return shown, text
}

// obey does what Twilio itself does at STOP, START and HELP: it blocks, and answers the phone.
func (n *network) obey(form url.Values, from, text string) {
	word := simulator.Keyword(text)
	n.handsets.Word(from, word)
	reply := map[string]string{
		"STOP":  "You have successfully been unsubscribed. You will not receive any more messages from this number. Reply START to resubscribe.",
		"START": "You have successfully been re-subscribed to messages from this number. Reply HELP for help. Reply STOP to unsubscribe. Msg&Data Rates May Apply.",
		"HELP":  "Reply STOP to unsubscribe. Msg&Data Rates May Apply.",
	}[word]
	if reply != "" && form.Get("Body") != "" {
		n.line.Show(from, simulator.Message{ID: "SM" + n.line.Hex(), From: simulator.FromCenter, Kind: "text", Text: reply, State: "delivered"})
	}
}

// raw posts the form with the fields of in.Raw set, or (null) without them.
func (n *network) raw(ctx context.Context, form url.Values, in simulator.In) error {
	var fields map[string]*string
	if err := json.Unmarshal(in.Raw, &fields); err != nil {
		return fmt.Errorf("raw is an object of form fields: %w", err)
	}
	for key, value := range fields {
		if form.Del(key); value != nil {
			form.Set(key, *value)
		}
	}
	h := n.hook("", form)
	h.Who = in.From
	return n.line.Webhook(ctx, h)
}

// hook signs a form for an address ("" is the account's webhook). What follows
// # there says how it is tried again, and is neither posted nor signed.
func (n *network) hook(address string, form url.Values) simulator.Hook {
	if address == "" {
		address = n.line.Account().Webhook
	}
	address, overrides, _ := strings.Cut(address, "#")
	retries, again := retry(overrides)
	return simulator.Hook{
		URL: address,
		Header: http.Header{
			"Content-Type":               {"application/x-www-form-urlencoded; charset=utf-8"},
			"X-Twilio-Signature":         {Signature(n.line.Setting("auth_token"), address, form)},
			"I-Twilio-Idempotency-Token": {n.line.UUID()},
			"User-Agent":                 {"TwilioProxy/1.1"},
			"Accept":                     {"*/*"},
		},
		Body:    []byte(form.Encode()),
		Retries: retries,
		Again:   again,
	}
}

// Signature is X-Twilio-Signature: base64 of the HMAC-SHA1, keyed with the auth
// token, of the address and each field's name and values in the order of names.
func Signature(token, address string, form url.Values) string {
	mac := hmac.New(sha1.New, []byte(token))
	mac.Write([]byte(address))
	for _, key := range slices.Sorted(maps.Keys(form)) {
		for _, value := range slices.Compact(slices.Sorted(slices.Values(form[key]))) {
			mac.Write([]byte(key + value))
		}
	}
	return base64.StdEncoding.EncodeToString(mac.Sum(nil))
}

// retry reads connection overrides: rc is how often (0 to 5, else once), rp the
// failures it is for: ct (no connection), 4xx, 5xx, rt (read timeout), all.
func retry(overrides string) ([]time.Duration, func(int) bool) {
	values, _ := url.ParseQuery(overrides) // what cannot be read counts as not there
	count, err := strconv.Atoi(values.Get("rc"))
	if err != nil || count < 0 || count > 5 {
		count = 1
	}
	policies := strings.Split(values.Get("rp"), ",")
	if values.Get("rp") == "" {
		policies = []string{"ct"}
	}
	has := func(policy string) bool {
		return slices.Contains(policies, policy) || slices.Contains(policies, "all")
	}
	again := func(status int) bool {
		switch {
		case status == 0:
			return has("ct") || has("rt")
		case status/100 == 4:
			return has("4xx")
		}
		return has("5xx")
	}
	return slices.Repeat([]time.Duration{time.Second}, count), again
}

// fallback posts the message to the account's second address, with the reason why.
func (n *network) fallback(form url.Values, from, first string) func() {
	second := n.line.Setting("fallback")
	if second == "" {
		return nil
	}
	return func() {
		again := maps.Clone(form)
		again.Set("ErrorCode", "11200")
		again.Set("ErrorUrl", first)
		h := n.hook(second, again)
		h.Who = from
		n.line.After(from, 0, func(ctx context.Context) { _ = n.line.Webhook(ctx, h) })
	}
}
