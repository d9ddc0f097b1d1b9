package center

import (
	"context"
	"encoding/json"
	"slices"
	"testing"
	"time"

	"parley"
	"parley/internal/channel"
	"parley/internal/seal"
	"parley/internal/store"
)

// tin is a network of this room's tests: a body is what it says, in our words;
// its signature is the token of the entry point.
type tin struct{ spec channel.Spec }

func (n tin) Spec() channel.Spec { return n.spec }

func (tin) Receive(in parley.EntryPoint, r channel.Request) (channel.Received, error) {
	var got channel.Received
	if in.Setting("token") == "" || r.Header.Get("Signature") != in.Setting("token") {
		return got, parley.ErrBadSignature
	}
	if r.Method == "GET" {
		return channel.Received{Reply: &channel.Reply{Status: 200, Type: "text/plain", Body: []byte("hello")}}, nil
	}
	if json.Unmarshal(r.Body, &got) != nil {
		got = channel.Received{Odd: "no_json"}
	}
	return got, nil
}

func (tin) Send(context.Context, parley.EntryPoint, parley.Outbound) (string, error) {
	return parley.NewID("tin", time.Unix(0, 0)), nil
}

func (tin) Profile(_ context.Context, _ parley.EntryPoint, who parley.Keys) (channel.Profile, error) {
	return channel.Profile{Name: "Zoe Leger", Handle: "zoe_" + string(who[0].Value)}, nil
}

// Fetch never comes to an end: a file is on its way for as long as a test looks.
func (tin) Fetch(ctx context.Context, _ parley.EntryPoint, _ parley.Attachment) (channel.File, error) {
	<-ctx.Done()
	return channel.File{}, ctx.Err()
}

// tins are the networks of the town: texts of phones, a social one, and that of
// programs.
var tins = map[string]channel.Channel{
	"tin": tin{channel.Spec{
		Provider: "tin", Channels: []parley.Channel{parley.SMS}, PlainText: true, Key: parley.KeyPhone, NewCustomer: "form",
	}},
	"tinder": tin{channel.Spec{
		Provider: "tinder", Channels: []parley.Channel{parley.Facebook}, Window: 24 * time.Hour, AdWindow: 72 * time.Hour,
		Key: parley.KeyFacebook, NewCustomer: "auto_create",
	}},
	"open": tin{channel.Spec{
		Provider: "open", Channels: []parley.Channel{parley.Open}, Key: parley.KeyOpen, KeyScope: true, Limit: 20, NewCustomer: "form",
	}},
}

var testSeal, _ = seal.New(make([]byte, seal.KeyBytes))

// connect adds the town's entry points on networks.
func (x *town) connect() {
	x.t.Helper()
	x.do("connect", func(r *store.Rows) {
		for _, e := range []parley.EntryPoint{
			{ID: "ent_sms", Channel: parley.SMS, Provider: "tin", Address: "+15550001", Queue: "que_support"},
			{ID: "ent_sms2", Channel: parley.SMS, Provider: "tin", Address: "+15550002", Queue: "que_quick"},
			{ID: "ent_page", Channel: parley.Facebook, Provider: "tinder", Address: "page1", Queue: "que_support"},
			{ID: "ent_night", Channel: parley.SMS, Provider: "tin", Address: "+15550003", Queue: "que_support", Script: parley.Script{
				Schedule: parley.Schedule{Zone: "UTC", Hours: []parley.Interval{{Day: time.Sunday, From: 60, To: 120}}},
				Closed:   parley.Text{EN: "We are closed", FR: "Nous sommes fermes"},
			}},
		} {
			e.Name, e.Enabled, e.Rev = string(e.ID), true, 1
			e.Sealed = testSeal.Secrets(string(e.ID), map[string]string{"token": "t0ken"})
			r.SaveEntryPoint(e)
			r.Entry(parley.Entry{Kind: parley.KindConfigChanged, Subject: string(e.ID)})
		}
	})
}

// says is a message of a phone, or of a social id.
func says(from, id, text string) parley.Inbound {
	return parley.Inbound{Kind: parley.InboundMessage, ExternalID: id, From: phone(from), Text: text, Window: parley.WindowOpens}
}

func phone(number string) parley.Keys {
	return parley.Keys{{Kind: parley.KeyPhone, Value: parley.Address(number)}}
}

func psid(id string) parley.Keys {
	return parley.Keys{{Kind: parley.KeyFacebook, Value: parley.Address(id)}}
}

// signed is a request of a network.
func signed(got channel.Received) Request {
	body, err := json.Marshal(got)
	if err != nil {
		panic(err)
	}
	return Request{Method: "POST", Header: map[string][]string{"Signature": {"t0ken"}}, Body: body}
}

// brings hands messages in at an entry point.
func (x *town) brings(e parley.EntryPointID, ms ...parley.Inbound) {
	x.t.Helper()
	_, err := x.Receive(x.t.Context(), e, signed(channel.Received{Messages: ms}))
	x.must(err)
	x.news(0)
}

// talkOf returns the conversation an address leads to, as a visitor.
func (x *town) talkOf(e parley.EntryPointID, keys parley.Keys) parley.Actor {
	x.t.Helper()
	found, err := x.s.View().KeyedBy(x.t.Context(), e, keys)
	x.must(err)
	if len(found) == 0 {
		x.t.Fatalf("%v leads nowhere", keys)
	}
	return parley.Actor{Visitor: found[0].Conversation}
}

// rawCount returns how many requests of networks are kept.
func (x *town) rawCount() int64 {
	x.t.Helper()
	n, err := x.s.View().RawCount(x.t.Context())
	x.must(err)
	return n
}

// TestReceive: SMS-02, E34, I27: a text begins a conversation that waits in its
// queue; the next joins it; after the end one more begins anew.
func TestReceive(t *testing.T) {
	each(t, func(t *testing.T, x *town) {
		x.connect()
		x.brings("ent_sms", says("+12065551234", "m1", "Hi"))
		x.brings("ent_sms", says("+12065551234", "m2", "Anybody?"), says("+12065551234", "m3", "Hello?"))
		v := x.talkOf("ent_sms", phone("+12065551234"))
		if got, want := x.said(v), []string{"customer: Hi", "customer: Anybody?", "customer: Hello?"}; !slices.Equal(got, want) {
			t.Fatalf("E34: said is %q", got)
		}
		first := x.latest(v)
		if first.State != parley.Queued || first.Queue != "que_support" || first.Channel != parley.SMS {
			t.Errorf("SMS-02: it is %s in %s by %s", first.State, first.Queue, first.Channel)
		}
		x.works(amy)
		offer := x.ringing(v)
		x.must(x.AcceptOffer(t.Context(), amy, offer))
		x.must(x.End(t.Context(), amy, offer.Interaction))
		from := x.l.Head()
		x.brings("ent_sms", says("+12065551234", "m4", "One more"))
		again := x.latest(v)
		if again.ID == first.ID || again.Queue != "que_support" || again.State == parley.Logged {
			t.Errorf("RPL-01, RPL-04, I27: it goes on as %+v", again)
		}
		if old, err := x.s.View().Interaction(t.Context(), first.ID); err != nil || old.State != parley.WrapUp {
			t.Errorf("RPL-04: the old one is %s, %v", old.State, err)
		}
		var hint bool
		events, err := x.Events(t.Context(), amy, x.news(from))
		x.must(err)
		for _, e := range events {
			hint = hint || e.Type == "interaction_created" && e.Interaction != nil && e.Interaction.ID == first.ID
		}
		if !hint {
			t.Errorf("RPL-04: amy, who wraps up, is told %+v", events)
		}
		page, err := x.Interaction(t.Context(), amy, first.ID)
		x.must(err)
		if page.Interaction.Visitor.Phone != "+12065551234" || len(page.Messages) == 0 {
			t.Errorf("SMS-08: amy sees %+v", page.Interaction.Visitor)
		}
	})
}

// TestAcknowledged is: nobody knocks their way in.
func TestAcknowledged(t *testing.T) {
	each(t, func(t *testing.T, x *town) {
		x.connect()
		r := signed(channel.Received{Messages: []parley.Inbound{says("+12065551234", "m1", "Hi")}})
		r.Header = map[string][]string{"Signature": {"wrong"}}
		_, err := x.Receive(t.Context(), "ent_sms", r)
		x.refuses(err, parley.ErrBadSignature)
		_, err = x.Receive(t.Context(), "ent_nobody", r)
		x.refuses(err, parley.ErrNotFound)
		_, err = x.Receive(t.Context(), "ent_support", r) // a widget has no network
		x.refuses(err, parley.ErrNotFound)
		h, err := x.s.View().Health(t.Context(), "ent_sms")
		x.must(err)
		if x.rawCount() != 0 || h.UnsignedAt.IsZero() || h.Received != 0 {
			t.Errorf("A-053: %d requests kept, health %+v", x.rawCount(), h)
		}
		r = Request{Method: "GET", Header: map[string][]string{"Signature": {"t0ken"}}}
		for i := range handshakesPerMinute + 1 {
			_, err = x.Receive(t.Context(), "ent_sms", r)
			if refused := err != nil; refused != (i == handshakesPerMinute) {
				t.Errorf("A-055: handshake %d: %v", i+1, err)
			}
		}
		x.refuses(err, parley.ErrRateLimited)
	})
}
