package x

import (
	"context"
	"encoding/json"
	"fmt"
	"html"
	"net/http"
	"slices"
	"strconv"
	"time"

	"parley/internal/simulator"
)

// Say is what a person does. Kinds: text, image, video (Options gif=true),
// quick_reply (Payload), typing, read, encrypted (a message of encrypted chat),
// echo (somebody writes as us in X's own app), revoke_access (the user takes the
// app's access away), block, unblock, fail (Options status, code; Text: what
// becomes of our next message), verify (the hourly check, now) and raw.
func (n *network) Say(ctx context.Context, in simulator.In) (string, error) {
	if in.Kind == "verify" {
		if !n.challenge(ctx, n.line.Account().Webhook) {
			return "", fmt.Errorf("%w: the challenge was not answered", simulator.ErrRefused)
		}
		return "", nil
	}
	if in.Kind == "raw" {
		return "", n.line.Webhook(ctx, n.hook("", in.From, in.Raw))
	}
	if _, err := strconv.ParseUint(in.From, 10, 64); err != nil && in.Kind != "revoke_access" {
		return "", fmt.Errorf("%w: a person's from is a number", simulator.ErrCannot)
	}
	if in.Kind == "revoke_access" {
		return "", n.revoked(ctx)
	}
	p := n.meet(in.From, in.Name, in.Username)
	n.line.Touch(p.id, func(t *simulator.Thread) { t.Name = or(in.Name, t.Name) })
	switch in.Kind {
	case "block", "unblock":
		n.mu.Lock()
		p.refuses = in.Kind == "block"
		n.mu.Unlock()
		return "", nil
	case "fail":
		return "", n.order(p, in)
	case "typing":
		return "", n.tell(ctx, "dm.indicate_typing", p.id, n.typing(p.id))
	case "read":
		return "", n.seen(ctx, p, in.MessageID)
	case "encrypted":
		return n.secret(ctx, p)
	case "text", "quick_reply", "button", "image", "video", "echo":
		return n.say(ctx, p, in)
	}
	return "", fmt.Errorf("%w: %q on X", simulator.ErrCannot, in.Kind)
}

// order lays down what becomes of our next message.
func (n *network) order(p *person, in simulator.In) error {
	status, err := strconv.Atoi(or(in.Options["status"], "403"))
	code, _ := strconv.Atoi(in.Options["code"])
	if err != nil || http.StatusText(status) == "" {
		return fmt.Errorf("%w: fail needs a status", simulator.ErrCannot)
	}
	n.mu.Lock()
	defer n.mu.Unlock()
	p.fails = append(p.fails, problem{status: status, title: http.StatusText(status), detail: or(in.Text, "You cannot send messages to this user."), code: code, kind: in.Options["type"]})
	return nil
}

// seen tells that the person read our messages, up to one of them.
func (n *network) seen(ctx context.Context, p *person, upTo string) error {
	thread, _ := n.line.Thread(p.id)
	last := upTo
	for _, m := range thread.Messages {
		if m.From == simulator.FromCenter && (upTo == "" || m.ID <= upTo) {
			last = m.ID
			n.line.Change(p.id, m.ID, func(b *simulator.Message) { b.State = "read" })
		}
	}
	return n.tell(ctx, "dm.read", p.id, n.read(p.id, last))
}

// say posts a direct message, from the person or (echo) from us.
func (n *network) say(ctx context.Context, p *person, in simulator.In) (string, error) {
	if n.line.Weather().Typing && in.Kind != "echo" {
		_ = n.tell(ctx, "dm.indicate_typing", p.id, n.typing(p.id))
	}
	d := dm{id: n.id(), sender: p.id, recipient: n.me(), text: or(in.Text, or(in.Title, "Hello!")), at: n.line.Now()}
	bubble := simulator.Message{ID: d.id, From: simulator.FromCustomer, Kind: in.Kind, Text: d.text, State: "sent"}
	kind := "dm.received"
	if in.Kind == "echo" {
		d.sender, d.recipient, kind, bubble.From, bubble.Kind = n.me(), p.id, "dm.sent", simulator.FromCenter, "text"
	}
	if in.Kind == "image" || in.Kind == "video" {
		file := in.Sent(n.id())
		n.line.Keep(file)
		d.media, d.text, bubble.Media = file.ID, in.Text, file.Shown()
		bubble.Text = in.Text
	}
	n.keep(d)
	n.line.Show(p.id, bubble)
	event := n.created(d)
	data := event["direct_message_events"].([]any)[0].(map[string]any)["message_create"].(map[string]any)["message_data"].(map[string]any)
	if in.Kind == "quick_reply" || in.Kind == "button" {
		data["quick_reply_response"] = map[string]string{"type": "options", "metadata": in.Payload}
	}
	return d.id, n.tell(ctx, kind, p.id, event)
}

// created is the event of a message, as both envelopes carry it. Its text is
// HTML-escaped, and ends with the short address of its file.
func (n *network) created(d dm) map[string]any {
	data := map[string]any{"text": html.EscapeString(d.text), "entities": map[string]any{"hashtags": []any{}, "symbols": []any{}, "user_mentions": []any{}, "urls": []any{}}}
	if file, ok := n.line.File(d.media); ok && d.media != "" {
		short := "https://t.co/" + d.id[len(d.id)-10:]
		if d.text != "" {
			data["text"] = data["text"].(string) + " " + short
		} else {
			data["text"] = short
		}
		address := n.line.URL("/1.1/ton/data/dm/" + d.id + "/" + d.media + "/" + or(file.Filename, "media.jpg"))
		numeric, kind := json.Number(d.media), "photo"
		media := map[string]any{"id": numeric, "id_str": d.media, "indices": []int{0, 23}, "media_url": address, "media_url_https": address,
			"url": short, "display_url": "pic.x.com/" + d.id[len(d.id)-10:], "expanded_url": "https://x.com/messages/media/" + d.id}
		if kindOf(file.MIME) == "video" {
			kind = "video"
			media["video_info"] = map[string]any{"aspect_ratio": []int{1, 1}, "variants": []any{map[string]any{"bitrate": 320000, "content_type": file.MIME, "url": address}}}
		}
		media["type"] = kind
		data["attachment"] = map[string]any{"type": "media", "media": media}
	}
	create := map[string]any{"target": map[string]string{"recipient_id": d.recipient}, "sender_id": d.sender, "message_data": data}
	if d.sender == n.me() {
		create["source_app_id"] = "268278"
	}
	return map[string]any{"direct_message_events": []any{map[string]any{"type": "message_create", "id": d.id, "created_timestamp": millis(d.at), "message_create": create}}}
}

func (n *network) typing(who string) map[string]any {
	return map[string]any{"direct_message_indicate_typing_events": []any{map[string]any{
		"created_timestamp": millis(n.line.Now()), "sender_id": who, "target": map[string]string{"recipient_id": n.me()}}}}
}

func (n *network) read(who, last string) map[string]any {
	return map[string]any{"direct_message_mark_read_events": []any{map[string]any{
		"created_timestamp": millis(n.line.Now()), "sender_id": who, "target": map[string]string{"recipient_id": n.me()}, "last_read_event_id": last}}}
}

// tell posts an event in every envelope the app subscribed to.
func (n *network) tell(ctx context.Context, kind, who string, event map[string]any) error {
	var first error
	for _, h := range n.told(kind, who, event) {
		if err := n.line.Webhook(ctx, *h); err != nil && first == nil {
			first = err
		}
	}
	return first
}

// told makes the webhooks of an event: none to an address that failed its check.
func (n *network) told(kind, who string, event map[string]any) []*simulator.Hook {
	n.mu.Lock()
	aaa, addresses, tag := n.aaa, []string{}, ""
	subscribed := slices.ContainsFunc(n.xaa, func(s subscription) bool {
		tag = or(s.Tag, tag)
		return s.Type == kind
	})
	registered := aaa || len(n.xaa) > 0
	for _, h := range n.hooks {
		if h.Valid {
			addresses = append(addresses, h.URL)
		}
	}
	if len(n.hooks) == 0 {
		addresses = []string{""} // the account's, as the simulator was told
	}
	n.mu.Unlock()
	if !registered {
		aaa = n.line.Setting("envelope") == "aaa"
		subscribed = !aaa
	}
	var bodies [][]byte
	if aaa {
		bodies = append(bodies, n.older(who, event))
	}
	if subscribed {
		bodies = append(bodies, n.newer(kind, tag, who, event))
	}
	var out []*simulator.Hook
	for _, body := range bodies {
		n.remember(who, body)
		for _, address := range addresses {
			h := n.hook(address, who, body)
			out = append(out, &h)
		}
	}
	return out
}

// older is the envelope of Account Activity.
func (n *network) older(who string, event map[string]any) []byte {
	users := map[string]any{}
	for id, u := range n.users(who) {
		users[id] = map[string]any{"id": id, "created_timestamp": "1698069893000", "name": u[0], "screen_name": u[1], "protected": false, "verified": false,
			"followers_count": 97, "friends_count": 1, "statuses_count": 50, "profile_image_url_https": "https://pbs.twimg.com/profile_images/1/a_normal.jpg"}
	}
	body := map[string]any{"for_user_id": n.me(), "users": users, "apps": map[string]any{"268278": map[string]string{"id": "268278", "name": "X Web Client", "url": "https://x.com"}}}
	for key, value := range event {
		body[key] = value
	}
	return encoded(body)
}

// newer is the envelope of X Activity.
// Source: https://docs.x.com/x-api/activity/event-payloads
func (n *network) newer(kind, tag, who string, event map[string]any) []byte {
	users := map[string]any{}
	for id, u := range n.users(who) {
		users[id] = map[string]any{"data": map[string]any{"id": id, "name": u[0], "username": u[1], "verified": false, "protected": false,
			"created_at": "2023-10-23T13:44:53.000Z", "profile_image_url": "https://pbs.twimg.com/profile_images/1/a_normal.jpg"}}
	}
	payload := map[string]any{"users": users}
	for key, value := range event {
		payload[key] = value
	}
	if kind == "chat.received" {
		delete(payload, "users")
	}
	serial := n.line.Serial()
	uuid := strconv.FormatInt(6_850_472_171_600_000_000+serial, 10)
	if serial%2 == 1 { // half of them are negative
		uuid = "-" + uuid
	}
	return encoded(map[string]any{"data": map[string]any{"event_uuid": uuid, "filter": map[string]string{"user_id": n.me()}, "event_type": kind, "tag": or(tag, "parley"), "payload": payload}})
}

// users are the two people of a conversation: id to name and handle.
func (n *network) users(who string) map[string][2]string {
	n.mu.Lock()
	defer n.mu.Unlock()
	out := map[string][2]string{n.me(): {"Parley", "parley"}}
	if p := n.people[who]; p != nil {
		out[who] = [2]string{p.name, p.username}
	}
	return out
}

func encoded(v any) []byte {
	body, err := json.Marshal(v)
	if err != nil {
		panic(err) // maps of strings become JSON
	}
	return body
}

func (n *network) remember(who string, body []byte) {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.posted = append(n.posted, post{at: n.line.Now(), who: who, body: body})
	if len(n.posted) > postedMax {
		n.posted = n.posted[len(n.posted)-postedMax:]
	}
}

// secret is a message of encrypted chat: nobody but the two phones can read it.
// Source: https://docs.x.com/x-api/activity/event-payloads, chat.received
func (n *network) secret(ctx context.Context, p *person) (string, error) {
	id := fmt.Sprintf("e4f4d3fc-8bbf-4928-92eb-%012x", n.line.Serial())
	n.line.Show(p.id, simulator.Message{ID: id, From: simulator.FromCustomer, Kind: "encrypted", State: "sent"})
	body := n.newer("chat.received", "chat-inbound", p.id, map[string]any{
		"id": id, "created_at_msec": millis(n.line.Now()), "sender_id": p.id, "conversation_id": p.id + ":" + n.me(),
		"conversation_token": "eyJhbGciOiJIUzI1NiJ9.eyJyZXF1ZXN0aW5nVXN", "conversation_key_version": "1768236281331",
		"encoded_event": "CwABAAAAEzIwODA0MDA4MjUyMjcxMDAxNjALAAIA", "conversation_key_change_event": "CwABAAAAEzIwMTA3NTQ4MTkxMTY0NDk5MDULAAIA",
		"message_event_signature": map[string]string{"public_key_version": "1765382634817", "signature_version": "7", "signature": "6IK9SZIMXBe5SFcB7vGZJd5A5Eb5MLvnwrhUFfBGv4S5"}})
	return id, n.line.Webhook(ctx, n.hook("", p.id, body))
}

// revoked tells that the user took the app's access away; its tokens end.
func (n *network) revoked(ctx context.Context) error {
	n.mu.Lock()
	clear(n.tokens)
	n.refresh = ""
	aaa := n.aaa || len(n.xaa) == 0 && n.line.Setting("envelope") == "aaa"
	n.mu.Unlock()
	at := n.line.Now().Format(time.RFC3339)
	body := n.newer("oauth.revoke", "", n.me(), map[string]any{"user_id": n.me(), "revoked_at": at})
	if aaa {
		body = encoded(map[string]any{"user_event": map[string]any{"revoke": map[string]any{"date_time": at,
			"target": map[string]string{"app_id": "268278"}, "source": map[string]string{"user_id": n.me()}}}})
	}
	return n.line.Webhook(ctx, n.hook("", n.me(), body))
}
