package x

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"parley/internal/simulator"
)

// webhook is an address of the app.
// Source: https://docs.x.com/x-api/webhooks/introduction
type webhook struct {
	ID      string `json:"id"`
	URL     string `json:"url"`
	Valid   bool   `json:"valid"`
	Created string `json:"created_at"`
}

// hooksMax is how many webhooks an app may have.
const hooksMax = 5

// signature is how X signs, with the app's consumer secret or its client secret.
func signature(secret string, body []byte) string {
	mac := hmac.New(sha256.New, []byte(secret))
	mac.Write(body)
	return "sha256=" + base64.StdEncoding.EncodeToString(mac.Sum(nil))
}

// challenge asks an address whether it knows the app's secret.
func (n *network) challenge(ctx context.Context, address string) bool {
	token := fmt.Sprintf("crc%019d", n.line.Serial())
	separator := "?"
	if strings.Contains(address, "?") {
		separator = "&"
	}
	answer, err := n.line.Call(ctx, simulator.Hook{Method: http.MethodGet, URL: address + separator + url.Values{"crc_token": {token}}.Encode(), Header: http.Header{}})
	var said struct {
		Token string `json:"response_token"`
	}
	if err != nil || answer.Status != http.StatusOK || json.Unmarshal(answer.Body, &said) != nil {
		return false
	}
	for _, secret := range []string{n.line.Setting("consumer_secret"), n.line.Setting("client_secret")} {
		if secret != "" && hmac.Equal([]byte(signature(secret, []byte(token))), []byte(said.Token)) {
			return true
		}
	}
	return false
}

// challengeAll is the hourly check: who fails it hears nothing more.
func (n *network) challengeAll(ctx context.Context) {
	n.mu.Lock()
	hooks := slices.Clone(n.hooks)
	n.mu.Unlock()
	for _, h := range hooks {
		valid := n.challenge(ctx, h.URL)
		n.mu.Lock()
		h.Valid = valid
		n.mu.Unlock()
	}
}

// webhooks are the calls below /2/webhooks, by the app's bearer token.
func (n *network) webhooks(w http.ResponseWriter, r *http.Request, path []string) {
	if !n.allowed(w, r, asApp) {
		return
	}
	switch {
	case len(path) == 0 && r.Method == http.MethodPost:
		n.register(w, r)
	case len(path) == 0 && r.Method == http.MethodGet:
		n.entered()
		n.mu.Lock()
		data := []webhook{}
		for _, h := range n.hooks {
			data = append(data, *h)
		}
		n.mu.Unlock()
		simulator.WriteJSON(w, http.StatusOK, map[string]any{"data": data, "meta": map[string]int{"result_count": len(data)}})
	case len(path) == 1 && path[0] == "replay" && r.Method == http.MethodPost:
		n.replay(w, r)
	case len(path) == 1:
		n.oneWebhook(w, r, path[0])
	default:
		notFound.answer(w)
	}
}

// entered registers the address that the simulator was told for an account, once:
// events go there as long as no other is registered.
func (n *network) entered() {
	address := n.line.Account().Webhook
	n.mu.Lock()
	defer n.mu.Unlock()
	if !n.listed && len(n.hooks) == 0 && address != "" {
		n.hooks = append(n.hooks, &webhook{ID: n.id(), URL: address, Valid: true, Created: stamp(n.line.Now())})
	}
	n.listed = true
}

func (n *network) register(w http.ResponseWriter, r *http.Request) {
	var in struct {
		URL string `json:"url"`
	}
	if !decode(w, r, &in) {
		return
	}
	address, err := url.Parse(in.URL)
	strict := n.line.Setting("strict_urls") == "true"
	n.mu.Lock()
	count, twice := len(n.hooks), slices.ContainsFunc(n.hooks, func(h *webhook) bool { return h.URL == in.URL })
	n.mu.Unlock()
	switch {
	case err != nil || address.Host == "" || strict && (address.Scheme != "https" || address.Port() != ""):
		invalid("UrlValidationFailed: the callback URL does not meet the requirements").answer(w)
	case twice:
		invalid("DuplicateUrlFailed: a webhook is already registered for this URL").answer(w)
	case count >= hooksMax:
		invalid("WebhookLimitExceeded: the application has reached the maximum number of webhooks").answer(w)
	case !n.challenge(r.Context(), in.URL):
		invalid("CrcValidationFailed: the callback URL did not respond correctly to the CRC check").answer(w)
	default:
		h := &webhook{ID: n.id(), URL: in.URL, Valid: true, Created: stamp(n.line.Now())}
		n.mu.Lock()
		n.hooks = append(n.hooks, h)
		answer := *h
		n.mu.Unlock()
		n.line.SetWebhook(in.URL)
		simulator.WriteJSON(w, http.StatusOK, map[string]any{"data": answer})
	}
}

func (n *network) find(id string) *webhook {
	n.mu.Lock()
	defer n.mu.Unlock()
	i := slices.IndexFunc(n.hooks, func(h *webhook) bool { return h.ID == id })
	if i < 0 {
		return nil
	}
	return n.hooks[i]
}

func (n *network) oneWebhook(w http.ResponseWriter, r *http.Request, id string) {
	h := n.find(id)
	switch {
	case h == nil:
		invalid("WebhookIdInvalid: the webhook_id was not found").answer(w)
	case r.Method == http.MethodPut:
		valid := n.challenge(r.Context(), h.URL)
		n.mu.Lock()
		h.Valid = valid
		n.mu.Unlock()
		if !valid {
			invalid("CrcValidationFailed: the callback URL did not respond correctly to the CRC check").answer(w)
			return
		}
		simulator.WriteJSON(w, http.StatusOK, map[string]any{"data": map[string]bool{"valid": true}})
	case r.Method == http.MethodDelete:
		n.mu.Lock()
		n.hooks = slices.DeleteFunc(n.hooks, func(each *webhook) bool { return each == h })
		n.mu.Unlock()
		simulator.WriteJSON(w, http.StatusOK, map[string]any{"data": map[string]bool{"deleted": true}})
	default:
		notFound.answer(w)
	}
}

// accountActivity are the calls of the older API; replay is its as well.
// Source: https://docs.x.com/x-api/account-activity/introduction
func (n *network) accountActivity(w http.ResponseWriter, r *http.Request, path []string) {
	switch {
	case len(path) == 4 && path[0] == "webhooks" && path[2] == "subscriptions" && path[3] == "all":
		if !n.allowed(w, r, asUser) {
			return
		}
		if n.find(path[1]) == nil {
			invalid("WebhookIdInvalid: the webhook_id was not found").answer(w)
			return
		}
		n.mu.Lock()
		if r.Method == http.MethodPost {
			n.aaa = true
		}
		subscribed := n.aaa
		n.mu.Unlock()
		simulator.WriteJSON(w, http.StatusOK, map[string]any{"data": map[string]bool{"subscribed": subscribed}})
	case len(path) == 5 && path[0] == "webhooks" && path[3] == n.me() && r.Method == http.MethodDelete:
		if !n.allowed(w, r, asApp) {
			return
		}
		n.mu.Lock()
		n.aaa = false
		n.mu.Unlock()
		simulator.WriteJSON(w, http.StatusOK, map[string]any{"data": map[string]bool{"subscribed": false}})
	default:
		notFound.answer(w)
	}
}

// subscription is to one kind of event, by X Activity.
// Source: https://docs.x.com/x-api/activity/quickstart
type subscription struct {
	ID      string            `json:"subscription_id"`
	Type    string            `json:"event_type"`
	Filter  map[string]string `json:"filter"`
	Tag     string            `json:"tag,omitempty"`
	Webhook string            `json:"webhook_id,omitempty"`
	Created string            `json:"created_at"`
	Updated string            `json:"updated_at"`
}

// subscriptionsMax bounds them.
const subscriptionsMax = 100

func (n *network) activity(w http.ResponseWriter, r *http.Request, path []string) {
	if !n.allowed(w, r, asUser|asApp) {
		return
	}
	switch {
	case r.Method == http.MethodPost && len(path) == 0:
		n.subscribe(w, r)
	case r.Method == http.MethodGet && len(path) == 0:
		n.mu.Lock()
		data := slices.Clone(n.xaa)
		n.mu.Unlock()
		simulator.WriteJSON(w, http.StatusOK, map[string]any{"data": data, "meta": map[string]int{"total_subscriptions": len(data)}})
	case r.Method == http.MethodDelete && len(path) == 1:
		n.mu.Lock()
		before := len(n.xaa)
		n.xaa = slices.DeleteFunc(n.xaa, func(s subscription) bool { return s.ID == path[0] })
		left := len(n.xaa)
		n.mu.Unlock()
		if left == before {
			notFound.answer(w)
			return
		}
		simulator.WriteJSON(w, http.StatusOK, map[string]any{"data": map[string]bool{"deleted": true}, "meta": map[string]int{"total_subscriptions": left}})
	default:
		notFound.answer(w)
	}
}

func (n *network) subscribe(w http.ResponseWriter, r *http.Request) {
	var s subscription
	if !decode(w, r, &s) {
		return
	}
	private := strings.HasPrefix(s.Type, "dm.") || strings.HasPrefix(s.Type, "chat.")
	kind, _ := n.caller(r)
	n.mu.Lock()
	full := len(n.xaa) >= subscriptionsMax
	twice := slices.ContainsFunc(n.xaa, func(each subscription) bool {
		return each.Type == s.Type && each.Filter["user_id"] == s.Filter["user_id"]
	})
	n.mu.Unlock()
	switch {
	case private && kind == asApp:
		unsupported("OAuth 2.0 User Context").answer(w)
	case s.Type == "" || s.Filter["user_id"] == "" || full:
		invalid("event_type and filter.user_id are required").answer(w)
	case s.Webhook != "" && n.find(s.Webhook) == nil:
		invalid("WebhookIdInvalid: the webhook_id was not found").answer(w)
	case twice:
		invalid("DuplicateSubscriptionFailed: the subscription exists").answer(w)
	default:
		s.ID, s.Created, s.Updated = n.id(), stamp(n.line.Now()), stamp(n.line.Now())
		n.mu.Lock()
		n.xaa = append(n.xaa, s)
		total := len(n.xaa)
		n.mu.Unlock()
		simulator.WriteJSON(w, http.StatusOK, map[string]any{"data": s, "meta": map[string]int{"total_subscriptions": total}})
	}
}

// post is an event that was sent, for replays.
type post struct {
	at   time.Time
	who  string
	body []byte
}

// postedMax bounds what can be replayed.
const postedMax = 1_000

// replay posts once more what was sent in a part of the last 24 hours.
// Source: https://docs.x.com/x-api/webhooks/create-replay-job-for-webhook
func (n *network) replay(w http.ResponseWriter, r *http.Request) {
	var in struct {
		Webhook string `json:"webhook_id"`
		From    string `json:"from_date"`
		To      string `json:"to_date"`
	}
	if !decode(w, r, &in) {
		return
	}
	const minute = "200601021504"
	from, err1 := time.Parse(minute, in.From)
	to, err2 := time.Parse(minute, in.To)
	now := n.line.Now()
	h := n.find(in.Webhook)
	if err1 != nil || err2 != nil || h == nil || !from.Before(to) || now.Sub(from) > 25*time.Hour {
		invalid("webhook_id, from_date and to_date (yyyymmddhhmm, the last 24 hours) are required").answer(w)
		return
	}
	n.mu.Lock()
	again := slices.Clone(n.posted)
	n.mu.Unlock()
	for _, p := range again {
		if !p.at.Before(from) && !p.at.After(to) {
			n.line.After(p.who, 0, func(ctx context.Context) { _ = n.line.Webhook(ctx, n.hook(h.URL, p.who, p.body)) })
		}
	}
	simulator.WriteJSON(w, http.StatusOK, map[string]any{"data": map[string]string{"job_id": n.id(), "created_at": stamp(now)}})
}

// retries is how often X posts an event again.
var retries = []time.Duration{time.Second, 10 * time.Second, time.Minute, 10 * time.Minute}

// hook signs a body with each secret the app has.
func (n *network) hook(address, who string, body []byte) simulator.Hook {
	header := http.Header{"Content-Type": {"application/json"}, "User-Agent": {"TwitterBot/1.0"},
		"X-Twitter-Webhooks-Signature": {signature(n.line.Setting("consumer_secret"), body)}}
	if secret := n.line.Setting("client_secret"); secret != "" {
		header["X-Twitter-Webhooks-Signature-Oauth2"] = []string{signature(secret, body)}
	}
	return simulator.Hook{Who: who, URL: address, Header: header, Body: body, Retries: retries}
}
