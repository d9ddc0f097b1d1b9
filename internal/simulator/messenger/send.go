package messenger

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"parley/internal/simulator"
)

// outbound is the body of POST /{page}/messages.
// Source: .../messenger-platform/send-messages
type outbound struct {
	Recipient struct {
		ID        string `json:"id"`
		CommentID string `json:"comment_id"`
	} `json:"recipient"`
	Type    string `json:"messaging_type"`
	Tag     string `json:"tag"`
	Action  string `json:"sender_action"`
	Payload struct {
		MessageID string `json:"message_id"`
		Reaction  string `json:"reaction"`
	} `json:"payload"`
	Message struct {
		Text       string      `json:"text"`
		Metadata   string      `json:"metadata"`
		Attachment *attachment `json:"attachment"`
		Sticker    json.Number `json:"sticker_id"`
		Quick      []struct {
			Title   string `json:"title"`
			Payload string `json:"payload"`
		} `json:"quick_replies"`
	} `json:"message"`
	ReplyTo struct {
		MID string `json:"mid"`
	} `json:"reply_to"`
}

// attachment is a file in a message: at an address, uploaded before, or in the
// same multipart request.
type attachment struct {
	Type    string `json:"type"`
	Payload struct {
		URL      string `json:"url"`
		ID       string `json:"attachment_id"`
		Reusable bool   `json:"is_reusable"`
		Text     string `json:"text"`
		Buttons  []struct {
			Title   string `json:"title"`
			Payload string `json:"payload"`
		} `json:"buttons"`
	} `json:"payload"`
}

// fault makes an error of Meta's table.
// Source: .../messenger-platform/error-codes
func fault(code, sub int, sentence string) *simulator.GraphError {
	status := http.StatusBadRequest
	switch code {
	case 10, 200, 230, 368, 551:
		status = http.StatusForbidden
	case 1, 2, 1200:
		status = http.StatusInternalServerError
	}
	return &simulator.GraphError{Status: status, Code: code, Subcode: sub, Message: fmt.Sprintf("(#%d) %s", code, sentence)}
}

// messages is POST /{page}/messages.
func (n *network) messages(w http.ResponseWriter, r *http.Request) {
	m, file, err := n.read(r)
	if err != nil || m.Recipient.ID == "" {
		fault(100, 0, "Invalid parameter").Answer(n.line, w)
		return
	}
	n.mu.Lock()
	p := n.people[m.Recipient.ID]
	n.mu.Unlock()
	if p == nil {
		fault(100, 2018001, "No matching user found").Answer(n.line, w)
		return
	}
	if m.Action != "" {
		n.act(w, p, m)
		return
	}
	bubble, bad := n.compose(m, file)
	if bad == nil {
		bad = n.refuses(p, m)
	}
	if bad != nil {
		bad.Answer(n.line, w)
		return
	}
	bubble.ID = n.mid()
	n.line.Show(p.psid, bubble)
	n.deliver(r.Context(), p, m, bubble)
	answer := map[string]string{"recipient_id": p.psid, "message_id": bubble.ID}
	if bubble.Media != nil && bubble.Media.ID != "" {
		answer["attachment_id"] = bubble.Media.ID
	}
	simulator.WriteJSON(w, http.StatusOK, answer)
}

// read decodes a call, which may be JSON or a form with a file.
func (n *network) read(r *http.Request) (m outbound, file *simulator.Media, err error) {
	if !strings.HasPrefix(r.Header.Get("Content-Type"), "multipart/form-data") {
		return m, nil, json.NewDecoder(r.Body).Decode(&m)
	}
	if err := r.ParseMultipartForm(simulator.CallBytesMax); err != nil {
		return m, nil, err
	}
	m.Type, m.Tag = r.FormValue("messaging_type"), r.FormValue("tag")
	for key, into := range map[string]any{"recipient": &m.Recipient, "message": &m.Message} {
		if value := r.FormValue(key); value != "" {
			if err := json.Unmarshal([]byte(value), into); err != nil {
				return m, nil, err
			}
		}
	}
	part, header, err := r.FormFile("filedata")
	if err != nil {
		return m, nil, err
	}
	defer part.Close()
	data, err := io.ReadAll(part)
	media := simulator.Media{ID: n.attachmentID(), MIME: header.Header.Get("Content-Type"), Filename: header.Filename, Data: data}
	n.line.Keep(media)
	return m, &media, err
}

func (n *network) attachmentID() string { return fmt.Sprint(1_745_504_518_999_123 + n.line.Serial()) }

// compose checks what is sent and makes a bubble of it.
func (n *network) compose(m outbound, file *simulator.Media) (simulator.Message, *simulator.GraphError) {
	bubble := simulator.Message{From: simulator.FromCenter, Kind: "text", Text: m.Message.Text, State: "sent", ReplyTo: m.ReplyTo.MID}
	for _, q := range m.Message.Quick {
		bubble.Buttons = append(bubble.Buttons, simulator.Button{Title: q.Title, Payload: q.Payload})
	}
	a := m.Message.Attachment
	switch {
	case len(m.Message.Metadata) > metadataMax:
		return bubble, fault(100, 0, "Length of param message[metadata] must be less than or equal to 1000")
	case m.Message.Sticker != "":
		bubble.Kind, bubble.Media = "sticker", &simulator.Media{ID: m.Message.Sticker.String()}
		return bubble, nil
	case a == nil && m.Message.Text == "":
		return bubble, fault(100, 2018047, "Empty text")
	case a != nil && m.Message.Text != "":
		return bubble, fault(100, 2018006, "Only one of the text, attachment, and dynamic_text fields can be specified")
	case n.instagram() && len(m.Message.Text) > bytesMax:
		return bubble, fault(100, 2534023, "Length of param message[text] must be less than or equal to 1000 bytes")
	case !n.instagram() && utf8.RuneCountInString(m.Message.Text) > textMax:
		return bubble, fault(100, 0, "Length of param message[text] must be less than or equal to 2000")
	case a == nil:
		return bubble, nil
	}
	bubble.Kind = a.Type
	switch {
	case a.Type == "template":
		bubble.Text = a.Payload.Text
		for _, b := range a.Payload.Buttons {
			bubble.Buttons = append(bubble.Buttons, simulator.Button{Title: b.Title, Payload: b.Payload})
		}
	case file != nil:
		if len(file.Data) > fileBytesMax {
			return bubble, fault(100, 2018278, "Attachment size exceeds allowable limit.")
		}
		bubble.Media = file.Shown()
	case a.Payload.ID != "":
		kept, ok := n.line.File(a.Payload.ID)
		if !ok {
			return bubble, fault(100, 2018074, "Invalid Attachment Id")
		}
		bubble.Media = kept.Shown()
	case a.Payload.URL != "":
		bubble.Media = &simulator.Media{URL: a.Payload.URL}
	default:
		return bubble, fault(100, 2018008, "Failed to fetch the file from the url")
	}
	return bubble, nil
}

// refuses says why the person does not get it: an ordered error, a block, or the
// window.
func (n *network) refuses(p *person, m outbound) *simulator.GraphError {
	n.mu.Lock()
	defer n.mu.Unlock()
	if len(p.fails) > 0 {
		next := p.fails[0]
		p.fails = p.fails[1:]
		return &next
	}
	if p.blocked || n.line.Weather().OptOut {
		return fault(551, 1545041, "This person isn't available right now.")
	}
	if p.other {
		return fault(10, 2018300, "Message Not Sent: Another app is controlling this thread right now.")
	}
	switch m.Tag {
	case "ACCOUNT_UPDATE", "POST_PURCHASE_UPDATE", "CONFIRMED_EVENT_UPDATE":
		return fault(100, 1893061, "This message tag is no longer supported.")
	}
	now := n.line.Now()
	thread, _ := n.line.Thread(p.psid)
	silence := now.Sub(time.UnixMilli(thread.SaidAt))
	tagged := m.Type == "MESSAGE_TAG" && m.Tag == "HUMAN_AGENT"
	switch closed := n.line.Weather().WindowClosed; {
	case now.Before(p.adUntil) && !closed, silence <= window && !closed, tagged && silence <= humanWindow:
		return nil
	case n.instagram():
		return fault(10, 2534022, "This message is sent outside of allowed window.")
	}
	return fault(10, 2018278, "This message is sent outside of allowed window. Learn more about the new policy here: https://developers.facebook.com/docs/messenger-platform/policy-overview")
}

// deliver posts the echo of our own message, then that it was delivered and read.
func (n *network) deliver(ctx context.Context, p *person, m outbound, bubble simulator.Message) {
	echo := map[string]any{"is_echo": true, "app_id": json.Number(n.line.AppID()), "mid": bubble.ID}
	if m.Message.Text != "" {
		echo["text"] = m.Message.Text
	}
	if m.Message.Metadata != "" {
		echo["metadata"] = m.Message.Metadata
	}
	if bubble.Media != nil {
		echo["attachments"] = []any{map[string]any{"type": bubble.Kind, "payload": map[string]string{"url": n.address(bubble.Media)}}}
	}
	now := n.line.Now().UnixMilli()
	steps := []simulator.Step{{State: "sent", Hook: n.from(n.page(), p.psid, map[string]any{"message": echo})}}
	if !n.instagram() { // Instagram tells of reading only
		steps = append(steps, simulator.Step{State: "delivered", Hook: n.from(p.psid, n.page(), map[string]any{
			"delivery": map[string]any{"mids": []string{bubble.ID}, "watermark": now}})})
	}
	if n.line.Weather().Read {
		steps = append(steps, simulator.Step{State: "read", Hook: n.from(p.psid, n.page(), map[string]any{"read": n.seen(bubble.ID, now)})})
	}
	n.line.Progress(ctx, p.psid, bubble.ID, steps)
}

// seen is a read event: up to a moment, or on Instagram one message.
func (n *network) seen(mid string, at int64) map[string]any {
	if n.instagram() {
		return map[string]any{"mid": mid}
	}
	return map[string]any{"watermark": at}
}

// address is where a file can be fetched for a while.
func (n *network) address(m *simulator.Media) string {
	if m.URL != "" {
		return m.URL
	}
	return n.line.URL("/cdn/" + m.ID + "/" + or(m.Filename, "file") + "?oe=" + strconv.FormatInt(n.line.Now().Add(24*time.Hour).Unix(), 16))
}

// act is a sender action.
// Source: .../messenger-platform/send-messages/sender-actions
func (n *network) act(w http.ResponseWriter, p *person, m outbound) {
	switch m.Action {
	case "typing_on":
		n.line.Types(p.psid, 20*time.Second)
	case "typing_off":
		n.line.Touch(p.psid, func(t *simulator.Thread) { t.Typing = false })
	case "mark_seen":
		thread, _ := n.line.Thread(p.psid)
		for _, each := range thread.Messages {
			if each.From == simulator.FromCustomer && each.State != "read" {
				n.line.Change(p.psid, each.ID, func(b *simulator.Message) { b.State = "read" })
			}
		}
	case "react", "unreact":
		if who, _, ok := n.line.Find(m.Payload.MessageID); !ok || who != p.psid {
			fault(100, 2018001, "Invalid message id").Answer(n.line, w)
			return
		}
		emoji := m.Payload.Reaction
		switch {
		case m.Action == "unreact":
			emoji = ""
		case n.instagram() && emoji != "love": // Source: .../instagram-messaging/features/sender-actions
			fault(100, 0, "Param payload[reaction] must be one of {LOVE}").Answer(n.line, w)
			return
		case n.instagram():
			emoji = "\u2764\ufe0f"
		}
		n.line.React(p.psid, m.Payload.MessageID, simulator.FromCenter, emoji)
	default:
		fault(100, 0, "Param sender_action must be one of {TYPING_ON, TYPING_OFF, MARK_SEEN, REACT, UNREACT}").Answer(n.line, w)
		return
	}
	simulator.WriteJSON(w, http.StatusOK, map[string]string{"recipient_id": p.psid})
}

// upload is POST /{page}/message_attachments.
// Source: https://developers.facebook.com/docs/messenger-platform/reference/attachment-upload-api
func (n *network) upload(w http.ResponseWriter, r *http.Request) {
	m, file, err := n.read(r)
	if err != nil || m.Message.Attachment == nil {
		fault(100, 0, "Invalid parameter").Answer(n.line, w)
		return
	}
	if file != nil && file.MIME == "application/vnd.microsoft.portable-executable" {
		fault(546, 0, "The type of file you're trying to attach isn't allowed. Please try again with a different format.").Answer(n.line, w)
		return
	}
	if file == nil {
		file = &simulator.Media{ID: n.attachmentID(), URL: m.Message.Attachment.Payload.URL}
		n.line.Keep(*file)
	}
	simulator.WriteJSON(w, http.StatusOK, map[string]string{"attachment_id": file.ID})
}

// control is a call of the handover protocol.
// Source: .../messenger-platform/handover-protocol
func (n *network) control(w http.ResponseWriter, r *http.Request, call string) {
	var body struct {
		Recipient struct {
			ID string `json:"id"`
		} `json:"recipient"`
	}
	if err := json.NewDecoder(r.Body).Decode(&body); err != nil || body.Recipient.ID == "" {
		fault(100, 0, "Invalid parameter").Answer(n.line, w)
		return
	}
	p := n.meet(body.Recipient.ID, "")
	n.change(p, func(p *person) { p.other = call != "take_thread_control" })
	simulator.WriteJSON(w, http.StatusOK, map[string]bool{"success": true})
}
