package telegram

import (
	"context"
	"fmt"
	"math"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf16"

	"parley/internal/simulator"
)

// toChat are the methods that name a chat.
func (n *network) toChat(ctx context.Context, name string, in values) (any, *refusal) {
	n.mu.Lock()
	p := n.people[in.text("chat_id")]
	n.mu.Unlock()
	known := []string{"sendMessage", "sendPhoto", "sendDocument", "sendVideo", "sendAudio", "sendVoice", "sendSticker", "sendLocation", "sendContact",
		"editMessageText", "deleteMessage", "sendChatAction", "setMessageReaction"}
	switch {
	case !slices.Contains(known, name):
		return nil, &refusal{code: 404, words: "Not Found: method not found"}
	case in.text("chat_id") == "":
		return nil, bad("chat_id is empty")
	case p == nil:
		return nil, bad("chat not found")
	}
	who := in.text("chat_id")
	switch name {
	case "sendChatAction":
		n.line.Types(who, 5*time.Second)
		return true, nil
	case "editMessageText", "deleteMessage", "setMessageReaction":
		return n.alter(p, who, name, in)
	}
	if refused := n.refuses(p); refused != nil {
		return nil, refused
	}
	bubble, result, refused := n.compose(name, in)
	if refused != nil {
		return nil, refused
	}
	_, chat := n.user(p)
	result["message_id"], result["from"], result["chat"], result["date"] = number(bubble.ID), n.me(), chat, n.line.Now().Unix()
	n.line.Show(who, bubble)
	n.line.Progress(ctx, who, bubble.ID, []simulator.Step{{State: "delivered"}}) // Telegram tells nobody
	return result, nil
}

func number(id string) int64 {
	n, _ := strconv.ParseInt(id, 10, 64) // ids are our own numbers
	return n
}

// refuses says why the person does not get it: an ordered error, a block, or a limit.
func (n *network) refuses(p *person) *refusal {
	n.mu.Lock()
	defer n.mu.Unlock()
	if len(p.fails) > 0 {
		next := p.fails[0]
		p.fails = p.fails[1:]
		return &next
	}
	if p.blocked || n.line.Weather().OptOut {
		return &refusal{code: http.StatusForbidden, words: "Forbidden: bot was blocked by the user"}
	}
	now := n.line.Now()
	most, err := strconv.Atoi(n.line.Setting("throughput"))
	if err != nil || most < 1 {
		most = 30
	}
	if n.second != now.Unix() {
		n.second, n.sent = now.Unix(), 0
	}
	p.allowance = min(chatBurst, p.allowance+now.Sub(p.counted).Seconds())
	p.counted = now
	switch {
	case n.sent >= most:
		return tooMany(1)
	case p.allowance < 1:
		return tooMany(int(math.Ceil(1 - p.allowance)))
	}
	n.sent++
	p.allowance--
	return nil
}

// compose checks what is sent; the result is the message as the API returns it.
func (n *network) compose(name string, in values) (simulator.Message, map[string]any, *refusal) {
	bubble := simulator.Message{ID: strconv.FormatInt(n.line.Serial(), 10), From: simulator.FromCenter, Kind: "text", State: "sent", ReplyTo: in.text("reply_to_message_id")}
	var reply struct {
		MessageID int64 `json:"message_id"`
	}
	if in.into("reply_parameters", &reply) {
		bubble.ReplyTo = strconv.FormatInt(reply.MessageID, 10)
	}
	result := map[string]any{}
	if bubble.ReplyTo != "" {
		if _, _, ok := n.line.Find(bubble.ReplyTo); !ok {
			return bubble, nil, bad("message to be replied not found")
		}
		result["reply_to_message"] = map[string]any{"message_id": number(bubble.ReplyTo)}
	}
	bubble.Buttons = keyboard(in)
	switch name {
	case "sendMessage":
		bubble.Text = in.text("text")
		switch length := len(utf16.Encode([]rune(bubble.Text))); {
		case strings.TrimSpace(bubble.Text) == "":
			return bubble, nil, bad("message text is empty")
		case length > textMax:
			return bubble, nil, bad("message is too long")
		}
		result["text"] = bubble.Text
	case "sendLocation":
		at := simulator.Location{}
		at.Latitude, _ = strconv.ParseFloat(in.text("latitude"), 64)
		at.Longitude, _ = strconv.ParseFloat(in.text("longitude"), 64)
		bubble.Kind, bubble.Location, result["location"] = "location", &at, at
	case "sendContact":
		bubble.Kind, bubble.Contacts = "contacts", []simulator.Contact{{Name: in.text("first_name"), Phone: in.text("phone_number")}}
		result["contact"] = map[string]string{"phone_number": in.text("phone_number"), "first_name": in.text("first_name")}
	default:
		return n.attach(bubble, result, strings.ToLower(strings.TrimPrefix(name, "send")), in)
	}
	return bubble, result, nil
}

// attach adds the file of sendPhoto and its like.
func (n *network) attach(bubble simulator.Message, result map[string]any, field string, in values) (simulator.Message, map[string]any, *refusal) {
	caption := in.text("caption")
	if len(utf16.Encode([]rune(caption))) > captionMax {
		return bubble, nil, bad("message caption is too long")
	}
	given := in.text(field)
	file, uploaded := in.files[strings.TrimPrefix(or(given, field), "attach://")]
	switch {
	case uploaded:
		file.ID = n.fileID()
		n.line.Keep(file)
	case strings.HasPrefix(given, "http"):
		file = simulator.Media{ID: n.fileID(), URL: given}
	case given == "":
		return bubble, nil, bad("there is no " + field + " in the request")
	default:
		var ok bool
		if file, ok = n.line.File(given); !ok {
			return bubble, nil, bad("wrong file identifier/HTTP URL specified")
		}
	}
	bubble.Kind, bubble.Media, bubble.Text = map[string]string{"photo": "image", "voice": "audio"}[field], file.Shown(), caption
	bubble.Kind = or(bubble.Kind, field)
	result[field] = described(field, file)
	if caption != "" {
		result["caption"] = caption
	}
	return bubble, result, nil
}

func (n *network) fileID() string { return fmt.Sprintf("AgACAgEAAxkBAAM%016d", n.line.Serial()) }

// described is a file as messages carry it; a photo comes in sizes, the largest last.
func described(field string, file simulator.Media) any {
	about := map[string]any{"file_id": file.ID, "file_unique_id": "AQAD" + file.ID[max(0, len(file.ID)-12):], "file_size": len(file.Data)}
	switch field {
	case "photo":
		small := map[string]any{"file_id": file.ID + "-s", "file_unique_id": "AQADs", "file_size": len(file.Data) / 4, "width": 90, "height": 67}
		about["width"], about["height"] = 160, 120
		return []any{small, about}
	case "document", "audio", "video":
		about["file_name"], about["mime_type"] = file.Filename, file.MIME
	case "voice":
		about["mime_type"], about["duration"] = file.MIME, 3
	case "sticker":
		about["type"], about["width"], about["height"], about["is_animated"], about["is_video"], about["emoji"] = "regular", 512, 512, false, false, "\U0001F44D"
	}
	if field == "video" || field == "audio" {
		about["duration"] = 3
	}
	return about
}

// keyboard is what can be pressed below a message.
func keyboard(in values) []simulator.Button {
	var markup struct {
		Inline [][]struct {
			Text string `json:"text"`
			Data string `json:"callback_data"`
		} `json:"inline_keyboard"`
	}
	var out []simulator.Button
	in.into("reply_markup", &markup)
	for _, row := range markup.Inline {
		for _, b := range row {
			out = append(out, simulator.Button{Title: b.Text, Payload: b.Data})
		}
	}
	return out
}

// alter changes, deletes or reacts to a message.
func (n *network) alter(p *person, who, name string, in values) (any, *refusal) {
	id := in.text("message_id")
	owner, m, ok := n.line.Find(id)
	switch {
	case !ok || owner != who:
		return nil, bad("message to edit not found")
	case name == "setMessageReaction":
		var emoji []struct {
			Emoji string `json:"emoji"`
		}
		in.into("reaction", &emoji)
		said := ""
		if len(emoji) > 0 {
			said = emoji[0].Emoji
		}
		n.line.React(who, id, simulator.FromCenter, said)
		return true, nil
	case m.From != simulator.FromCenter:
		return nil, bad("message can't be edited")
	case name == "deleteMessage":
		n.line.Change(who, id, func(b *simulator.Message) { b.Text, b.Media, b.Deleted = "", nil, true })
		return true, nil
	}
	text := in.text("text")
	if text == m.Text {
		return nil, bad("message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message")
	}
	n.line.Change(who, id, func(b *simulator.Message) { b.Text, b.Edited = text, true })
	_, chat := n.user(p)
	return map[string]any{"message_id": number(id), "from": n.me(), "chat": chat, "date": m.At / 1000, "edit_date": n.line.Now().Unix(), "text": text}, nil
}

// getFile tells where a file can be had for an hour.
func (n *network) getFile(id string) (any, *refusal) {
	id = strings.TrimSuffix(id, "-s")
	file, ok := n.line.File(id)
	switch {
	case !ok || n.line.Weather().MediaExpired:
		return nil, bad("wrong file_id or the file is temporarily unavailable")
	case len(file.Data) > downloadMax:
		return nil, bad("file is too big")
	}
	path := fmt.Sprintf("files/file_%d%s", n.line.Serial(), extension(file.Filename))
	n.mu.Lock()
	if len(n.paths) > 1_000 {
		clear(n.paths)
	}
	n.paths[path] = filePath{id: id, until: n.line.Now().Add(fileLives)}
	n.mu.Unlock()
	return map[string]any{"file_id": id, "file_unique_id": "AQAD" + id[max(0, len(id)-12):], "file_size": len(file.Data), "file_path": path}, nil
}

func extension(name string) string {
	if i := strings.LastIndexByte(name, '.'); i >= 0 {
		return name[i:]
	}
	return ""
}

// download serves /file/bot{token}/{file_path}.
func (n *network) download(w http.ResponseWriter, rest string) {
	token, path, _ := strings.Cut(rest, "/")
	n.mu.Lock()
	told, ok := n.paths[path]
	n.mu.Unlock()
	file, kept := n.line.File(told.id)
	if token != n.line.Setting("bot_token") || !ok || !kept || n.line.Now().After(told.until) {
		refusal{code: 404, words: "Not Found"}.answer(w)
		return
	}
	w.Header().Set("Content-Type", "application/octet-stream")
	_, _ = w.Write(file.Data) // a client that has gone needs no answer
}
