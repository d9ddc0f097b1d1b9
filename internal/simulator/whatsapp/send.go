package whatsapp

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"
	"time"
	"unicode/utf16"

	"parley/internal/simulator"
)

// outbound is the body of POST /{phone_number_id}/messages.
// Source: .../whatsapp/reference/whatsapp-business-phone-number/message-api
type outbound struct {
	Product   string                 `json:"messaging_product"`
	To        string                 `json:"to"`
	Recipient string                 `json:"recipient"`
	Type      string                 `json:"type"`
	Reply     map[string]string      `json:"context"`
	Text      struct{ Body string }  `json:"text"`
	Image     file                   `json:"image"`
	Video     file                   `json:"video"`
	Audio     file                   `json:"audio"`
	Document  file                   `json:"document"`
	Sticker   file                   `json:"sticker"`
	Reaction  map[string]string      `json:"reaction"`
	Location  simulator.Location     `json:"location"`
	Contacts  []map[string]any       `json:"contacts"`
	Buttons   interactive            `json:"interactive"`
	Template  chosen                 `json:"template"`
	Opaque    string                 `json:"biz_opaque_callback_data"`
	Status    string                 `json:"status"`
	MessageID string                 `json:"message_id"`
	Typing    *struct{ Type string } `json:"typing_indicator"`
}

// file is media in a message: uploaded before, or at an address.
type file struct {
	ID       string `json:"id"`
	Link     string `json:"link"`
	Caption  string `json:"caption"`
	Filename string `json:"filename"`
}

// interactive is a message with something to press.
type interactive struct {
	Type   string                `json:"type"`
	Body   struct{ Text string } `json:"body"`
	Action struct {
		Buttons []struct {
			Reply struct{ ID, Title string } `json:"reply"`
		} `json:"buttons"`
		Sections []struct {
			Rows []struct{ ID, Title string } `json:"rows"`
		} `json:"sections"`
	} `json:"action"`
}

// messages is POST /{phone_number_id}/messages.
func (n *network) messages(w http.ResponseWriter, r *http.Request) {
	var m outbound
	if err := json.NewDecoder(r.Body).Decode(&m); err != nil {
		invalid("The request body is not valid JSON.").Answer(n.line, w)
		return
	}
	if m.Product != "whatsapp" {
		invalid("The parameter messaging_product is required.").Answer(n.line, w)
		return
	}
	if m.Status != "" {
		n.markRead(w, m)
		return
	}
	if m.To == "" && m.Recipient == "" {
		invalid("The parameter to is required.").Answer(n.line, w)
		return
	}
	p := n.meet(simulator.In{From: m.To, UserID: m.Recipient})
	bubble, fault := n.compose(p, m)
	if fault == nil {
		fault = n.limits(p)
	}
	code := 0
	if fault == nil {
		code, fault = n.fate(p, m)
	}
	if fault != nil {
		fault.Answer(n.line, w)
		return
	}
	bubble.ID = n.wamid(p.who)
	n.deliver(r.Context(), p, bubble, letter{id: bubble.ID, opaque: m.Opaque, template: m.Type == "template", code: code})
	contact := map[string]string{"input": or(m.To, m.Recipient), "wa_id": p.waID, "user_id": p.userID}
	if m.To == "" {
		delete(contact, "wa_id")
	}
	message := map[string]string{"id": bubble.ID}
	if m.Type == "template" {
		message["message_status"] = "accepted"
	}
	simulator.WriteJSON(w, http.StatusOK, map[string]any{"messaging_product": "whatsapp", "contacts": []any{contact}, "messages": []any{message}})
}

// compose checks what is sent and makes a bubble of it.
func (n *network) compose(p *person, m outbound) (simulator.Message, *simulator.GraphError) {
	bubble := simulator.Message{From: simulator.FromCenter, Kind: m.Type, State: "accepted", ReplyTo: m.Reply["message_id"]}
	refuse := func(e simulator.GraphError) (simulator.Message, *simulator.GraphError) { return bubble, &e }
	switch m.Type {
	case "", "text":
		bubble.Kind, bubble.Text = "text", m.Text.Body
		if length := len(utf16.Encode([]rune(m.Text.Body))); length == 0 {
			return refuse(invalid("The parameter text['body'] is required."))
		} else if length > textMax {
			return refuse(invalid("Param text['body'] must be at most 4096 characters long."))
		}
	case "image", "video", "audio", "document", "sticker":
		f := map[string]file{"image": m.Image, "video": m.Video, "audio": m.Audio, "document": m.Document, "sticker": m.Sticker}[m.Type]
		media, fault := n.attached(m.Type, f)
		if fault != nil {
			return refuse(*fault)
		}
		bubble.Media, bubble.Text = media, f.Caption
	case "reaction":
		bubble.Text = m.Reaction["emoji"]
		if who, _, ok := n.line.Find(m.Reaction["message_id"]); !ok || who != p.who {
			return refuse(graphError(131009))
		}
		bubble.ReplyTo = m.Reaction["message_id"]
	case "location":
		bubble.Location = &m.Location
	case "contacts":
		for _, c := range m.Contacts {
			name, _ := c["name"].(map[string]any)
			formatted, _ := name["formatted_name"].(string)
			bubble.Contacts = append(bubble.Contacts, simulator.Contact{Name: formatted})
		}
	case "interactive":
		bubble.Text, bubble.Buttons = m.Buttons.Body.Text, pressable(m.Buttons)
		if len(bubble.Buttons) == 0 || m.Buttons.Type == "button" && len(bubble.Buttons) > 3 {
			return refuse(invalid("Invalid buttons count. Min allowed buttons: 1, Max allowed buttons: 3"))
		}
	case "template":
		text, fault := m.Template.fill()
		if fault != nil {
			return refuse(*fault)
		}
		bubble.Text = text
	default:
		return refuse(graphError(131051))
	}
	return bubble, nil
}

func pressable(i interactive) []simulator.Button {
	var out []simulator.Button
	for _, b := range i.Action.Buttons {
		out = append(out, simulator.Button{Title: b.Reply.Title, Payload: b.Reply.ID})
	}
	for _, s := range i.Action.Sections {
		for _, row := range s.Rows {
			out = append(out, simulator.Button{Title: row.Title, Payload: row.ID})
		}
	}
	return out
}

// limits holds the pair limit and the number's throughput.
func (n *network) limits(p *person) *simulator.GraphError {
	n.mu.Lock()
	defer n.mu.Unlock()
	now := n.line.Now()
	throughput := 80
	if set, err := strconv.Atoi(n.line.Setting("throughput")); err == nil && set > 0 {
		throughput = set
	}
	if n.second != now.Unix() {
		n.second, n.sent = now.Unix(), 0
	}
	if n.sent >= throughput {
		e := graphError(130429)
		return &e
	}
	p.allowance = min(pairBurst, p.allowance+now.Sub(p.counted).Seconds()/pairEvery.Seconds())
	p.counted = now
	if p.allowance < 1 {
		e := graphError(131056)
		return &e
	}
	n.sent++
	p.allowance--
	return nil
}

// fate says whether the message will fail, at once (fault) or in a status (code).
// A closed window is told in a status, as Meta does.
func (n *network) fate(p *person, m outbound) (code int, fault *simulator.GraphError) {
	n.mu.Lock()
	defer n.mu.Unlock()
	if len(p.fails) > 0 {
		next := p.fails[0]
		p.fails = p.fails[1:]
		if next.now {
			e := graphError(next.code)
			return 0, &e
		}
		return next.code, nil
	}
	w := n.line.Weather()
	switch {
	case m.Type == "template" && w.OptOut:
		return 131050, nil
	case m.Type != "template" && (w.WindowClosed || !n.open(p)):
		return 131047, nil
	case w.MediaExpired && (m.Image.ID+m.Video.ID+m.Audio.ID+m.Document.ID) != "":
		return 131053, nil
	}
	return 0, nil
}

// open reports whether the customer wrote less than 24 hours ago, or 72 after an
// advertisement.
func (n *network) open(p *person) bool {
	now := n.line.Now()
	thread, ok := n.line.Thread(p.who)
	said := time.UnixMilli(thread.SaidAt)
	return ok && thread.SaidAt > 0 && !now.After(said.Add(window)) || now.Before(p.adUntil)
}

// letter is a message on its way.
type letter struct {
	id       string
	opaque   string
	template bool
	code     int // why it fails; 0: it arrives
}

// deliver shows the message and plans its statuses.
func (n *network) deliver(ctx context.Context, p *person, bubble simulator.Message, l letter) {
	reaction := bubble.Kind == "reaction" // shown under its message; of it only sent is told
	switch {
	case !reaction:
		n.line.Show(p.who, bubble)
	case l.code == 0:
		n.line.React(p.who, bubble.ReplyTo, simulator.FromCenter, bubble.Text)
	}
	if l.code != 0 {
		n.line.Change(p.who, l.id, func(m *simulator.Message) { m.Error = fmt.Sprintf("%d %s", l.code, known(l.code).title) })
		n.line.Progress(ctx, p.who, l.id, []simulator.Step{n.step(p, l, "failed")})
		return
	}
	n.mu.Lock()
	reads := p.open
	n.mu.Unlock()
	steps := []simulator.Step{n.step(p, l, "sent")}
	if reaction {
		n.line.Progress(ctx, p.who, l.id, steps)
		return
	}
	if !reads {
		steps = append(steps, n.step(p, l, "delivered"))
	}
	if reads || n.line.Weather().Read {
		steps = append(steps, n.step(p, l, "read"))
	}
	n.line.Progress(ctx, p.who, l.id, steps)
}

// step is one status webhook.
// Source: .../whatsapp/webhooks/reference/messages/status
func (n *network) step(p *person, l letter, state string) simulator.Step {
	now := n.line.Now()
	status := map[string]any{"id": l.id, "status": state, "timestamp": fmt.Sprint(now.Unix()), "recipient_user_id": p.userID}
	if p.waID != "" {
		status["recipient_id"] = p.waID
	}
	if l.opaque != "" {
		status["biz_opaque_callback_data"] = l.opaque
	}
	category := "service"
	if l.template {
		category = "utility"
	}
	switch state {
	case "sent", "delivered":
		conversation := map[string]any{"id": fmt.Sprintf("%032x", now.Unix()/86400), "origin": map[string]string{"type": category}}
		if state == "sent" {
			conversation["expiration_timestamp"] = fmt.Sprint(now.Add(window).Unix())
		}
		status["conversation"] = conversation
		status["pricing"] = map[string]any{"billable": l.template, "pricing_model": "PMP", "type": "regular", "category": category}
	case "failed":
		status["errors"] = statusErrors(l.code)
	}
	return simulator.Step{State: state, Hook: n.hook(p.who, "messages", map[string]any{"statuses": []any{status}})}
}

// markRead is the same call with a status: it marks a customer's message, and
// those before it, as read, and may show that somebody types.
func (n *network) markRead(w http.ResponseWriter, m outbound) {
	who, seen, ok := n.line.Find(m.MessageID)
	if !ok || seen.From != simulator.FromCustomer || m.Status != "read" {
		graphError(131009).Answer(n.line, w)
		return
	}
	thread, _ := n.line.Thread(who)
	for _, each := range thread.Messages {
		if each.From == simulator.FromCustomer && each.State != "read" && each.At <= seen.At {
			n.line.Change(who, each.ID, func(b *simulator.Message) { b.State = "read" })
		}
	}
	if m.Typing != nil {
		n.line.Types(who, 25*time.Second)
	}
	simulator.WriteJSON(w, http.StatusOK, map[string]bool{"success": true})
}
