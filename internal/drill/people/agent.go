package people

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"

	"github.com/coder/websocket"
)

// Agent is somebody who signs in.
type Agent struct {
	*Door
	Login string
}

// Interaction is the little that a drill looks at.
type Interaction struct {
	ID           string `json:"id"`
	Conversation string `json:"conversation_id"`
	State        string `json:"state"`
	CodeRequired bool   `json:"code_required"`
	Offer        *struct {
		ID string `json:"id"`
	} `json:"offer"`
	Lists []struct {
		Required bool `json:"required"`
		Codes    []struct {
			ID string `json:"id"`
		} `json:"codes"`
	} `json:"lists"`
}

// Event is one event of a frame.
type Event struct {
	N           int64        `json:"n"`
	Type        string       `json:"type"`
	Interaction *Interaction `json:"interaction"`
	Gone        string       `json:"gone"`
	Message     *Message     `json:"message"`
}

// Frame is all an agent may see in (From, To].
type Frame struct {
	From   int64   `json:"from"`
	To     int64   `json:"to"`
	Events []Event `json:"events"`
}

// Snapshot is what an agent sees at N.
type Snapshot struct {
	N            int64                `json:"n"`
	Interactions []Interaction        `json:"interactions"`
	Messages     map[string][]Message `json:"messages"`
}

// SignIn signs in, taking over from an earlier session.
func SignIn(ctx context.Context, base, login, password string) (*Agent, error) {
	a := &Agent{Door: NewDoor(base), Login: login}
	in := map[string]any{"login": login, "password": password, "take_over": true}
	return a, Insist(ctx, func() error { return a.Do(ctx, "POST", "/api/session", in, nil) })
}

// Ready makes the agent available.
func (a *Agent) Ready(ctx context.Context) error {
	return a.Do(ctx, "PUT", "/api/agents/me/presence", map[string]string{"status": "available"}, nil)
}

// Accept takes an offer by its public id.
func (a *Agent) Accept(ctx context.Context, offer string) error {
	interaction, attempt, _ := strings.Cut(offer, ".")
	return a.Do(ctx, "PUT", "/api/interactions/"+interaction+"/offers/"+attempt+"/acceptance", nil, nil)
}

// Send sends one line once.
func (a *Agent) Send(ctx context.Context, interaction, clientID, text string) (Ack, error) {
	var ack Ack
	err := a.Do(ctx, "POST", "/api/interactions/"+interaction+"/messages", map[string]string{"client_id": clientID, "text": text}, &ack)
	return ack, err
}

// End ends the talk and finishes its wrap-up, answering every required list.
func (a *Agent) End(ctx context.Context, interaction string) error {
	if err := a.Do(ctx, "PUT", "/api/interactions/"+interaction+"/end", nil, nil); err != nil {
		return err
	}
	var seen struct{ Interaction Interaction }
	if err := a.Do(ctx, "GET", "/api/interactions/"+interaction, nil, &seen); err != nil {
		return err
	}
	if seen.Interaction.State != "wrapup" {
		return nil
	}
	var ids []string
	for _, list := range seen.Interaction.Lists {
		if list.Required && len(list.Codes) > 0 {
			ids = append(ids, list.Codes[0].ID)
		}
	}
	if len(ids) > 0 {
		if err := a.Do(ctx, "PUT", "/api/interactions/"+interaction+"/dispositions", map[string]any{"ids": ids}, nil); err != nil {
			return err
		}
	}
	return a.Do(ctx, "PUT", "/api/interactions/"+interaction+"/wrap-up", nil, nil)
}

// Snapshot fetches what the agent sees now.
func (a *Agent) Snapshot(ctx context.Context) (Snapshot, error) {
	var s Snapshot
	return s, a.Do(ctx, "GET", "/api/live/snapshot", nil, &s)
}

// Follow opens the socket after n and hands over each frame until the socket
// closes or ctx ends. It returns the last n.
func (a *Agent) Follow(ctx context.Context, n int64, take func(Frame)) (int64, error) {
	return follow(ctx, a.Door, "/api/live", n, take)
}

// Follow is the visitor's.
func (v *Visitor) Follow(ctx context.Context, n int64, take func(Frame)) (int64, error) {
	return follow(ctx, v.Door, "/api/public/live", n, take)
}

func follow(ctx context.Context, d *Door, path string, n int64, take func(Frame)) (int64, error) {
	var ticket struct{ Ticket string }
	if err := d.Do(ctx, "POST", path+"/ticket", nil, &ticket); err != nil {
		return n, err
	}
	conn, _, err := websocket.Dial(ctx, fmt.Sprintf("ws%s%s?after=%d", strings.TrimPrefix(d.Base, "http"), path, n), &websocket.DialOptions{
		HTTPClient:   d.HTTP,
		Subprotocols: []string{"parley", ticket.Ticket},
		HTTPHeader:   http.Header{"Origin": {d.Base}},
	})
	if err != nil {
		return n, err
	}
	defer conn.CloseNow()
	conn.SetReadLimit(16 << 20)
	for {
		_, text, err := conn.Read(ctx)
		if err != nil {
			return n, err
		}
		f, err := d.frame(text)
		if err != nil {
			return n, err
		}
		if f.To <= n {
			continue
		}
		if f.From != n {
			return n, fmt.Errorf("frame from %d after %d", f.From, n)
		}
		n = f.To
		take(f)
	}
}

// frame reads a message of the live connection. It is empty if it is something
// else.
func (d *Door) frame(text []byte) (Frame, error) {
	if d.Skim != nil {
		if f, ok := d.Skim(text); ok {
			return f, nil
		}
	}
	var news struct{ Frame Frame }
	err := json.Unmarshal(text, &news)
	return news.Frame, err
}
