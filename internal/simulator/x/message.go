package x

import (
	"context"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"parley/internal/simulator"
)

// conversations are the calls below /2/dm_conversations and /2/dm_events.
// Source: https://docs.x.com/x-api/direct-messages/manage/integrate
func (n *network) conversations(w http.ResponseWriter, r *http.Request, path []string) {
	with := ""
	rest := path[1:]
	switch {
	case path[0] == "dm_conversations" && len(rest) == 3 && rest[0] == "with":
		with, rest = rest[1], rest[2:]
	case path[0] == "dm_conversations" && len(rest) == 2:
		a, b, _ := strings.Cut(rest[0], "-")
		if with = a; a == n.me() {
			with = b
		}
		rest = rest[1:]
	}
	if !n.allowed(w, r, asUser) {
		return
	}
	switch {
	case r.Method == http.MethodPost && with != "" && rest[0] == "messages":
		n.send(w, r, with)
	case r.Method == http.MethodGet && with != "" && rest[0] == "dm_events":
		n.events(w, r, func(d dm) bool { return d.sender == with || d.recipient == with })
	case r.Method == http.MethodGet && path[0] == "dm_events" && len(rest) == 0:
		n.events(w, r, func(dm) bool { return true })
	case r.Method == http.MethodGet && path[0] == "dm_events" && len(rest) == 1:
		n.event(w, rest[0])
	default:
		notFound.answer(w)
	}
}

// send is POST /2/dm_conversations/with/:id/messages.
func (n *network) send(w http.ResponseWriter, r *http.Request, to string) {
	var in struct {
		Text        string `json:"text"`
		Attachments []struct {
			MediaID string `json:"media_id"`
		} `json:"attachments"`
	}
	if !decode(w, r, &in) {
		return
	}
	media := ""
	if len(in.Attachments) > 0 {
		media = in.Attachments[0].MediaID
	}
	bad := n.refuses(to)
	if bad == nil {
		bad = n.unfit(in.Text, media, len(in.Attachments))
	}
	if bad == nil && !n.spend(w, "sends", perDay) {
		bad = &tooMany
	}
	if bad != nil {
		bad.answer(w)
		return
	}
	d := dm{id: n.id(), sender: n.me(), recipient: to, text: in.Text, media: media, at: n.line.Now()}
	n.keep(d)
	bubble := simulator.Message{ID: d.id, From: simulator.FromCenter, Kind: "text", Text: in.Text, State: "sent"}
	if file, ok := n.line.File(media); ok {
		bubble.Kind, bubble.Media = kindOf(file.MIME), file.Shown()
	}
	n.line.Show(to, bubble)
	n.after(r.Context(), to, d)
	simulator.WriteJSON(w, http.StatusCreated, map[string]any{"data": map[string]string{"dm_conversation_id": conversation(n.me(), to), "dm_event_id": d.id}})
}

func kindOf(mime string) string {
	kind, _, _ := strings.Cut(mime, "/")
	return kind
}

// refuses says why the person does not get it: an ordered error, or because they
// never wrote to us.
func (n *network) refuses(to string) *problem {
	n.mu.Lock()
	defer n.mu.Unlock()
	p := n.people[to]
	w := n.line.Weather()
	switch {
	case p == nil, p.refuses, w.OptOut, w.WindowClosed:
		return &noPermission
	case len(p.fails) > 0:
		next := p.fails[0]
		p.fails = p.fails[1:]
		return &next
	}
	return nil
}

// unfit says what is wrong with the message itself.
func (n *network) unfit(text, media string, attachments int) *problem {
	bad := problem{}
	_, known := n.line.File(media)
	n.mu.Lock()
	u := n.uploads[media]
	n.mu.Unlock()
	switch {
	case text == "" && attachments == 0:
		bad = invalid("Exactly one of `text` or `attachments` is required.")
	case utf8.RuneCountInString(text) > textMax:
		bad = problem{status: 403, title: "Forbidden", detail: "The text of your direct message is over the max character limit.", code: 354}
	case attachments > 1:
		bad = invalid("$.attachments: expected at most 1 item")
	case attachments == 1 && (!known || u == nil || n.line.Weather().MediaExpired || n.line.Now().Sub(u.at) > mediaLives):
		bad = invalid("Your media IDs are invalid.")
	default:
		return nil
	}
	return &bad
}

// keep remembers an event for 30 days.
func (n *network) keep(d dm) {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.dms = append(n.dms, d)
	if len(n.dms) > eventsMax {
		n.dms = n.dms[len(n.dms)-eventsMax:]
	}
}

// after posts the echo of our own message, and that it was read.
func (n *network) after(ctx context.Context, to string, d dm) {
	steps := []simulator.Step{{State: "sent"}}
	for _, h := range n.told("dm.sent", to, n.created(d)) {
		steps = append(steps, simulator.Step{State: "sent", Hook: h})
	}
	if n.line.Weather().Read {
		steps = append(steps, simulator.Step{State: "read"})
		for _, h := range n.told("dm.read", to, n.read(to, d.id)) {
			steps = append(steps, simulator.Step{State: "read", Hook: h})
		}
	}
	n.line.Progress(ctx, to, d.id, steps)
}

// events is a list of events, the newest first, in pages.
func (n *network) events(w http.ResponseWriter, r *http.Request, wanted func(dm) bool) {
	if !n.spend(w, "reads", perDay) {
		tooMany.answer(w)
		return
	}
	most, err := strconv.Atoi(or(r.URL.Query().Get("max_results"), "100"))
	if err != nil || most < 1 || most > 100 {
		invalid("The `max_results` query parameter value is not between 1 and 100").answer(w)
		return
	}
	before := r.URL.Query().Get("pagination_token")
	data, next := []any{}, ""
	n.mu.Lock()
	for _, d := range slices.Backward(n.dms) {
		if !wanted(d) || n.line.Now().Sub(d.at) > eventsLive || before != "" && d.id >= before {
			continue
		}
		if len(data) == most {
			next = data[most-1].(map[string]any)["id"].(string)
			break
		}
		data = append(data, n.described(d))
	}
	n.mu.Unlock()
	meta := map[string]any{"result_count": len(data)}
	if next != "" {
		meta["next_token"] = next
	}
	simulator.WriteJSON(w, http.StatusOK, map[string]any{"data": data, "meta": meta})
}

// event is GET /2/dm_events/:id.
func (n *network) event(w http.ResponseWriter, id string) {
	n.mu.Lock()
	i := slices.IndexFunc(n.dms, func(d dm) bool { return d.id == id })
	var data map[string]any
	if i >= 0 {
		data = n.described(n.dms[i])
	}
	n.mu.Unlock()
	if data == nil {
		notFound.answer(w)
		return
	}
	simulator.WriteJSON(w, http.StatusOK, map[string]any{"data": data})
}

func (n *network) described(d dm) map[string]any {
	other := d.sender
	if other == n.me() {
		other = d.recipient
	}
	out := map[string]any{"id": d.id, "event_type": "MessageCreate", "text": d.text, "sender_id": d.sender,
		"created_at": stamp(d.at), "dm_conversation_id": conversation(n.me(), other), "participant_ids": []string{n.me(), other}}
	if d.media != "" {
		out["attachments"] = map[string]any{"media_keys": []string{"3_" + d.media}}
	}
	return out
}
