package vonage

import (
	"context"
	"crypto/hmac"
	"crypto/md5"
	"crypto/sha1"
	"crypto/sha256"
	"crypto/sha512"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"hash"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"parley/internal/simulator"
)

// Say is a customer's phone: text, which goes out in parts where it is long; binary
// (Options data and udh, hexadecimal); raw (parameters of one's own); and fail,
// refuse or accept, whose code is an err-code of the receipt, or (now) a status of
// the answer, or parts:N for the status N of all parts but the first.
//
// Options: order=reverse sends the last part first; parts=1 only the first.
func (n *network) Say(ctx context.Context, in simulator.In) (string, error) {
	if from, ok := simulator.E164(in.From); ok {
		in.From = from
	}
	if done, err := n.handsets.Switch(in); done {
		return "", err
	}
	n.line.Known(in)
	var bodies []url.Values
	switch in.Kind {
	case "text":
		bodies = n.parts(in)
	case "binary":
		body := n.message(in.From, "binary")
		body.Set("data", in.Options["data"])
		body.Set("udh", in.Options["udh"])
		bodies = []url.Values{body}
	case "raw":
		body, err := n.raw(in)
		if err != nil {
			return "", err
		}
		bodies = []url.Values{body}
	default:
		return "", fmt.Errorf("%w: %s", simulator.ErrCannot, in.Kind)
	}
	id := bodies[0].Get("messageId")
	n.line.Show(in.From, simulator.Message{ID: id, From: simulator.FromCustomer, Kind: "text", Text: in.Text, State: "delivered"})
	if in.Options["order"] == "reverse" {
		slices.Reverse(bodies)
	}
	var failed error
	for _, body := range bodies {
		h := n.hook(n.line.Account().Webhook, body)
		h.Who = in.From
		failed = errors.Join(failed, n.line.Webhook(ctx, h))
	}
	return id, failed
}

// message is an inbound message without its words.
func (n *network) message(from, kind string) url.Values {
	return url.Values{
		"api-key": {n.line.Setting("api_key")}, "msisdn": {strings.TrimPrefix(from, "+")}, "to": {strings.TrimPrefix(n.line.Setting("address"), "+")},
		"messageId": {"0B0000" + strings.ToUpper(n.line.Hex()[:10])}, "type": {kind}, "message-timestamp": {n.line.Now().Format("2006-01-02 15:04:05")},
	}
}

// parts is a text as it arrives: each part a message with an id of its own.
func (n *network) parts(in simulator.In) []url.Values {
	texts, unicode := simulator.Segments(in.Text)
	kind := "text"
	if unicode {
		kind = "unicode"
	}
	keyword, _, _ := strings.Cut(strings.TrimSpace(in.Text), " ")
	ref := strconv.FormatUint(uint64(n.line.Serial())%256, 10)
	var bodies []url.Values
	for i, text := range texts {
		body := n.message(in.From, kind)
		body.Set("text", text)
		body.Set("keyword", strings.ToUpper(simulator.Begin(keyword, 20)))
		if len(texts) > 1 {
			body.Set("concat", "true")
			body.Set("concat-ref", ref)
			body.Set("concat-total", strconv.Itoa(len(texts)))
			body.Set("concat-part", strconv.Itoa(i+1))
		}
		bodies = append(bodies, body)
	}
	if in.Options["parts"] == "1" {
		bodies = bodies[:1]
	}
	return bodies
}

// raw is a message with the parameters of in.Raw set, or (null) without them.
func (n *network) raw(in simulator.In) (url.Values, error) {
	var fields map[string]*string
	if err := json.Unmarshal(in.Raw, &fields); err != nil {
		return nil, fmt.Errorf("raw is an object of parameters: %w", err)
	}
	body := n.message(in.From, "text")
	for key, value := range fields {
		if body.Del(key); value != nil {
			body.Set(key, *value)
		}
	}
	return body, nil
}

// again is when a webhook that was not answered 200 or 204 comes again, for a day.
//
// Source: inbound SMS: "keep resending it for the next 24 hours"; the steps are not documented.
var again = []time.Duration{time.Minute, 5 * time.Minute, 15 * time.Minute, time.Hour, 3 * time.Hour, 6 * time.Hour, 12 * time.Hour}

// hook makes a webhook of parameters, signed if the account signs, in its method.
func (n *network) hook(address string, body url.Values) simulator.Hook {
	if secret := n.line.Setting("signature_secret"); secret != "" {
		body = maps.Clone(body)
		body.Set("timestamp", strconv.FormatInt(n.line.Signs().Unix(), 10))
		body.Set("nonce", n.line.UUID())
		sig, _ := Signature(n.line.Setting("signature_method"), secret, body) // open has tried the method
		body.Set("sig", sig)
	}
	h := simulator.Hook{URL: address, Retries: again, Header: http.Header{"User-Agent": {"Nexmo/MessagingHUB/v1.0"}}}
	switch n.line.Setting("http_method") {
	case http.MethodGet:
		h.Method = http.MethodGet
		separator := "?"
		if strings.Contains(address, "?") {
			separator = "&"
		}
		h.URL = address + separator + body.Encode()
	case http.MethodPost:
		h.Header.Set("Content-Type", "application/x-www-form-urlencoded; charset=UTF-8")
		h.Body = []byte(body.Encode())
	default:
		flat := map[string]string{}
		for key := range body {
			flat[key] = body.Get(key)
		}
		h.Header.Set("Content-Type", "application/json; charset=UTF-8")
		h.Body, _ = json.Marshal(flat) // strings always can
	}
	return h
}

// Signature is the sig parameter: over &name=value in the order of names, with &
// and = in values as underscores. "" means md5hash, which only appends the secret.
func Signature(method, secret string, body url.Values) (string, error) {
	var signed strings.Builder
	for _, key := range slices.Sorted(maps.Keys(body)) {
		if key != "sig" {
			signed.WriteString("&" + key + "=" + strings.NewReplacer("&", "_", "=", "_").Replace(body.Get(key)))
		}
	}
	var sum hash.Hash
	switch method {
	case "", "md5hash":
		sum = md5.New()
		signed.WriteString(secret)
	case "md5":
		sum = hmac.New(md5.New, []byte(secret))
	case "sha1":
		sum = hmac.New(sha1.New, []byte(secret))
	case "sha256":
		sum = hmac.New(sha256.New, []byte(secret))
	case "sha512":
		sum = hmac.New(sha512.New, []byte(secret))
	default:
		return "", fmt.Errorf("signature_method is md5hash, md5, sha1, sha256 or sha512, not %q", method)
	}
	sum.Write([]byte(signed.String()))
	return hex.EncodeToString(sum.Sum(nil)), nil
}
