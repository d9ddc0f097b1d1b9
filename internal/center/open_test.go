package center

import (
	"encoding/json"
	"errors"
	"slices"
	"testing"

	"parley"
	"parley/internal/channel"
	"parley/internal/store"
)

// robot is who brings customers in by the channel API.
var robot = parley.Actor{Key: "key_bot", Scopes: []parley.Permission{parley.MayChannel}}

// opens adds entry points of the channel API: one where a bot serves first, and
// one that runs its script at once.
func (x *town) opens() {
	x.t.Helper()
	x.connect()
	x.do("open", func(r *store.Rows) {
		for id, begins := range map[parley.EntryPointID]string{"ent_bot": channel.BeginsHandover, "ent_direct": channel.BeginsScript} {
			r.SaveEntryPoint(parley.EntryPoint{
				ID: id, Channel: parley.Open, Provider: "open", Name: string(id), Enabled: true, Address: parley.Address(id), Queue: "que_support",
				Settings: map[string]string{channel.Begins: begins}, Rev: 1, Script: parley.Script{CustomerEnd: id == "ent_bot"},
			})
			r.Entry(parley.Entry{Kind: parley.KindConfigChanged, Subject: string(id)})
		}
	})
	x.news(0)
}

// posts hands in what a program says.
func (x *town) posts(e parley.EntryPointID, p Posted) OpenConversation {
	x.t.Helper()
	raw, _ := json.Marshal(p)
	c, err := x.Post(x.t.Context(), robot, e, p, raw)
	x.must(err)
	return c
}

// API-01: a bot serves until it hands over; people see what was said before.
func TestBotHandsOver(t *testing.T) {
	each(t, func(t *testing.T, x *town) {
		x.opens()
		ctx := t.Context()
		c := x.posts("ent_bot", Posted{Conversation: "zoe", ExternalID: "1", Text: "Hi", Name: "Zoe"})
		x.posts("ent_bot", Posted{Conversation: "zoe", ExternalID: "2", Bot: true, Text: "I am a bot"})
		again := x.posts("ent_bot", Posted{Conversation: "zoe", ExternalID: "1", Text: "Hi"})
		if c.State != OpenCreated || c.Assignment != nil || again != c {
			t.Errorf("API-01, E23: it is %+v, and again %+v", c, again)
		}
		v := parley.Actor{Visitor: c.ID}
		if got, want := x.said(v), []string{"customer: Hi", "agent: I am a bot"}; !slices.Equal(got, want) {
			t.Errorf("API-01: said is %q", got)
		}
		active, err := x.HandOver(ctx, robot, "ent_bot", "zoe", Handoff{Queue: "que_quick"})
		x.must(err)
		if active.State != OpenActive || *active.Assignment != (Assignment{"queue", "que_quick"}) {
			t.Errorf("API-01: handed over it is %+v", active)
		}
		if twice, err := x.HandOver(ctx, robot, "ent_bot", "zoe", Handoff{Queue: "que_quick"}); err != nil || twice.Interaction != active.Interaction {
			t.Errorf("API-01: twice it is %+v, %v", twice, err)
		}
		_, err = x.HandOver(ctx, robot, "ent_bot", "zoe", Handoff{Queue: "que_support"})
		x.refuses(err, parley.ErrConversationOpen)
		x.posts("ent_bot", Posted{Conversation: "zoe", ExternalID: "3", Text: "Hello?"})
		if got := x.latest(v); got.ID != active.Interaction {
			t.Errorf("I27: what is said then joins: %+v", got)
		}
		x.must(x.EndOpen(ctx, robot, "ent_bot", "zoe"))
		x.must(x.EndOpen(ctx, robot, "ent_bot", "zoe"))
		idle, err := x.OpenConversation(ctx, robot, "ent_bot", "zoe")
		x.must(err)
		if idle.State != OpenIdle || idle.Interaction != active.Interaction {
			t.Errorf("API-01: ended it is %+v", idle)
		}
		if back := x.posts("ent_bot", Posted{Conversation: "zoe", ExternalID: "4", Text: "Me again"}); back.State != OpenIdle {
			t.Errorf("API-01: the bot serves again: %+v", back)
		}
		if _, err := x.HandOver(ctx, robot, "ent_bot", "zoe", Handoff{Script: true}); err != nil {
			t.Errorf("API-01: to the script: %v", err)
		}
	})
}

// API-01: without a bot that serves, the script begins with the first message; a
// customer is offered to the agent a bot names.
func TestBotAndAgents(t *testing.T) {
	each(t, func(t *testing.T, x *town) {
		x.opens()
		ctx := t.Context()
		x.posts("ent_bot", Posted{Conversation: "yan", ExternalID: "1", Text: "Hi"})
		c, err := x.HandOver(ctx, robot, "ent_bot", "yan", Handoff{Agent: amy.Agent})
		x.must(err)
		x.works(amy)
		v := parley.Actor{Visitor: c.ID}
		x.must(x.AcceptOffer(ctx, amy, x.ringing(parley.Actor{Visitor: c.ID})))
		if c, err = x.OpenConversation(ctx, robot, "ent_bot", "yan"); err != nil || *c.Assignment != (Assignment{"agent", string(amy.Agent)}) {
			t.Errorf("API-01: it is %+v, %v", c, err)
		}
		x.must(x.EndOpen(ctx, robot, "ent_bot", "yan"))
		if got := x.latest(v); got.State.Open() && got.State != parley.WrapUp {
			t.Errorf("WEB-06: the customer ended it: %s", got.State)
		}
		if c := x.posts("ent_direct", Posted{Conversation: "zoe", ExternalID: "1", Text: "Hi"}); c.State != OpenActive || c.Assignment.ID != "que_support" {
			t.Errorf("API-01: it is %+v", c)
		}
	})
}

// API-03: an id of a customer makes the conversation theirs.
func TestBotKnowsTheCustomer(t *testing.T) {
	each(t, func(t *testing.T, x *town) {
		x.opens()
		x.do("ann", func(r *store.Rows) {
			r.SaveCustomer(parley.Customer{ID: "cus_ann", AccountNumber: "1", FirstName: "Ann", Rev: 1}, store.CustomerKeys{})
		})
		if c := x.posts("ent_bot", Posted{Conversation: "ann", ExternalID: "1", Text: "Hi", Customer: "cus_ann"}); c.Customer != "cus_ann" {
			t.Errorf("API-03: it is %+v", c)
		}
		_, err := x.Post(t.Context(), robot, "ent_bot", Posted{Conversation: "eve", ExternalID: "2", Text: "Hi", Customer: "cus_nobody", Email: "eve at home"}, nil)
		var bad *parley.Error
		if !errors.As(err, &bad) || !slices.Equal(bad.Fields, []parley.FieldError{{Field: "from.email", Code: "not_an_email"}, {Field: "from.customer_id", Code: "unknown"}}) {
			t.Errorf("API-03, A-017: a slip is named: %v", err)
		}
		_, err = x.OpenConversation(t.Context(), robot, "ent_bot", "eve")
		x.refuses(err, parley.ErrNotFound)
	})
}

// API-01, A-017: who has no such key is refused, and what cannot be kept is named.
func TestBotRefused(t *testing.T) {
	each(t, func(t *testing.T, x *town) {
		x.opens()
		ctx := t.Context()
		_, err := x.Post(ctx, amy, "ent_bot", Posted{Conversation: "zoe", ExternalID: "1", Text: "Hi"}, nil)
		x.refuses(err, parley.ErrForbidden)
		_, err = x.Post(ctx, robot, "ent_sms", Posted{Conversation: "zoe", ExternalID: "1", Text: "Hi"}, nil)
		x.refuses(err, parley.ErrNotFound)
		_, err = x.OpenConversation(ctx, robot, "ent_bot", "nobody")
		x.refuses(err, parley.ErrNotFound)
		_, err = x.HandOver(ctx, robot, "ent_bot", "nobody", Handoff{Queue: "que_quick"})
		x.refuses(err, parley.ErrNotFound)
		x.refuses(x.EndOpen(ctx, robot, "ent_bot", "nobody"), parley.ErrNotFound)
		_, err = x.Post(ctx, robot, "ent_bot", Posted{Conversation: "zoe", ExternalID: "1", Text: "Hi, I would like to say more"}, nil)
		x.refuses(err, parley.ErrTextTooLong)
		x.posts("ent_bot", Posted{Conversation: "zoe", ExternalID: "1", Text: "Hi"})
		for name, p := range map[string]Posted{
			"no key":      {ExternalID: "2", Text: "Hi"},
			"no id":       {Conversation: "zoe", Text: "Hi"},
			"nothing":     {Conversation: "zoe", ExternalID: "2"},
			"blank":       {Conversation: "zoe", ExternalID: "2", Text: " \n"},
			"a blank key": {Conversation: " ", ExternalID: "2", Text: "Hi"},
			"a file path": {Conversation: "zoe", ExternalID: "2", Files: []parley.Attachment{{Ref: "file:///etc/passwd"}}},
			"a password":  {Conversation: "zoe", ExternalID: "2", Files: []parley.Attachment{{Ref: "https://a:b@c.example/"}}},
		} {
			if _, err := x.Post(ctx, robot, "ent_bot", p, nil); !isInvalid(err) {
				t.Errorf("A-018, A-069: %s: %v", name, err)
			}
		}
		for name, to := range map[string]Handoff{
			"nobody": {}, "two": {Queue: "que_quick", Script: true}, "no such queue": {Queue: "que_no"}, "no such agent": {Agent: "agt_no"},
		} {
			if _, err := x.HandOver(ctx, robot, "ent_bot", "zoe", to); !isInvalid(err) {
				t.Errorf("API-01: %s: %v", name, err)
			}
		}
	})
}

func isInvalid(err error) bool {
	var e *parley.Error
	return errors.As(err, &e) && e.Kind == parley.Invalid
}
