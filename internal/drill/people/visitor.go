package people

import (
	"context"
	"errors"
	"time"

	"github.com/google/uuid"
)

// Visitor is a customer in the widget. What was not acknowledged is sent again
// with the same client id, as the widget does.
type Visitor struct {
	*Door
	Conversation string
	name         string
	client       string
}

// Ack is what an acknowledged message is known by.
type Ack struct {
	ID  string `json:"id"`
	Seq int64  `json:"seq"`
}

// Message is a line as anybody sees it.
type Message struct {
	ID           string `json:"id"`
	Conversation string `json:"conversation_id"`
	Seq          int64  `json:"seq"`
	Sender       string `json:"sender"`
	ClientID     string `json:"client_id"`
	Text         string `json:"text"`
}

// NewVisitor returns a visitor who has not written yet.
func NewVisitor(base, name string) *Visitor {
	return &Visitor{Door: NewDoor(base), name: name, client: uuid.NewString()}
}

// Begin fills the pre-chat form of an entry point, retrying until it is known
// to be kept. question may be "".
func (v *Visitor) Begin(ctx context.Context, entryPoint, question string) error {
	in := map[string]any{"client_id": v.client, "language": "en", "page": "https://shop.example/cart", "zone_offset": -300,
		"name": v.name, "email": v.name + "@example.com", "question": question}
	var out struct{ Token, Conversation string }
	err := Insist(ctx, func() error {
		return v.Do(ctx, "POST", "/api/public/entry-points/"+entryPoint+"/conversations", in, &out)
	})
	v.Bearer, v.Conversation = out.Token, out.Conversation
	return err
}

// Send sends one line once.
func (v *Visitor) Send(ctx context.Context, clientID, text string) (Ack, error) {
	var ack Ack
	err := v.Do(ctx, "POST", "/api/public/conversation/messages", map[string]string{"client_id": clientID, "text": text}, &ack)
	return ack, err
}

// Messages returns the whole conversation as the visitor sees it, oldest first.
func (v *Visitor) Messages(ctx context.Context) ([]Message, error) {
	var all []Message
	before := ""
	for {
		var page struct {
			Items []Message `json:"items"`
			Next  string    `json:"next"`
		}
		if err := v.Do(ctx, "GET", "/api/public/conversation/messages?limit=100"+before, nil, &page); err != nil {
			return nil, err
		}
		all = append(append([]Message{}, page.Items...), all...)
		if page.Next == "" || len(page.Items) == 0 {
			return all, nil
		}
		before = "&before=" + page.Next
	}
}

// End ends the chat.
func (v *Visitor) End(ctx context.Context) error {
	return v.Do(ctx, "PUT", "/api/public/conversation/end", nil, nil)
}

// Insist repeats do until it is acknowledged, refused for good, or ctx ends. It
// waits a little longer each time.
func Insist(ctx context.Context, do func() error) error {
	for wait := 5 * time.Millisecond; ; wait = min(2*wait, 500*time.Millisecond) {
		err := do()
		var refusal *Refusal
		if err == nil || errors.As(err, &refusal) && refusal.Status < 500 && refusal.Status != 429 {
			return err
		}
		select {
		case <-ctx.Done():
			return errors.Join(ctx.Err(), err)
		case <-time.After(wait):
		}
	}
}
