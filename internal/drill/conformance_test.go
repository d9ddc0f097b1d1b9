package drill

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"parley/internal/drill/people"
	"parley/internal/simulator"
)

// caller is one customer who writes by one network, and the agent who answers.
type caller struct {
	*exchange
	*testing.T
	ctx context.Context
	n   people.Network
	who string
	amy *people.Agent
}

// TestNetworks is what every network must do, seen from the customer's phone and
// the agent's screen, with the real process: what comes twice is there once, what
// goes is split and in order, what a network refuses or leaves open is said so, and
// who writes after the end is served again.
func TestNetworks(t *testing.T) {
	eachDatabase(t, func(t *testing.T, database string) {
		ctx, cancel := context.WithTimeout(t.Context(), 5*time.Minute)
		defer cancel()
		s := server(t, database)
		if err := s.Start(ctx); err != nil {
			t.Fatal(err)
		}
		x := connect(ctx, t, s)
		amy, err := people.SignIn(ctx, s.URL, "amy", "demo")
		if err == nil {
			err = amy.Ready(ctx)
		}
		if err != nil {
			t.Fatal(err)
		}
		talks := map[string]bool{}
		for i, n := range people.Networks {
			t.Run(n.Provider, func(t *testing.T) {
				c := &caller{exchange: x, T: t, ctx: ctx, n: n, who: lines()[i*phonesPerNetwork].who, amy: amy}
				first := c.comes()
				if talks[first.Conversation] {
					t.Errorf("E21: a second network leads into the conversation of another")
				}
				talks[first.Conversation] = true
				c.goes(first.ID)
				if n.Provider != "x" { // it lets nothing through for a quarter of an hour
					c.held(first.ID)
				}
				c.lost(first.ID)
				c.refused(first.ID)
				c.ends(first)
			})
		}
		clean(ctx, t, s)
	})
}

// weather changes the network's weather.
func (c *caller) weather(change func(w *simulator.Weather)) {
	c.Helper()
	w := simulator.Fine()
	change(&w)
	if err := c.phones.SetWeather(c.n.Account(), w); err != nil {
		c.Fatal(err)
	}
}

func (c *caller) writes(text string) {
	c.Helper()
	if _, err := c.phones.Say(c.ctx, simulator.In{Account: c.n.Account(), From: c.who, Name: "Sam Okafor", Kind: "text", Text: text}); err != nil {
		c.Fatal(err)
	}
}

// until asks again until ok.
func (c *caller) until(what string, ok func() bool) {
	c.Helper()
	await(c.ctx, c.T, ok, time.Minute)
	if !ok() {
		c.Fatalf("never: %s", what)
	}
}

// taken accepts what is offered to the agent.
func (c *caller) taken() (got people.Interaction) {
	c.Helper()
	c.until("an offer", func() bool {
		now, err := c.amy.Snapshot(c.ctx)
		if err != nil {
			c.Fatal(err)
		}
		for _, i := range now.Interactions {
			if i.State == "offered" && i.Offer != nil && c.amy.Accept(c.ctx, i.Offer.ID) == nil {
				got = i
			}
		}
		return got.ID != ""
	})
	return got
}

// page is what the agent sees of an interaction.
func (c *caller) page(id string) (state string, said []spoken) {
	c.Helper()
	var page struct {
		Interaction people.Interaction
		Messages    []spoken
	}
	if err := c.amy.Do(c.ctx, "GET", "/api/interactions/"+id, nil, &page); err != nil {
		c.Fatal(err)
	}
	return page.Interaction.State, page.Messages
}

// answers sends a line of the agent.
func (c *caller) answers(id, text string) {
	c.Helper()
	if _, err := c.amy.Send(c.ctx, id, uuid.NewString(), text); err != nil {
		c.Fatal(err)
	}
}

// stands waits until a line of the agent is in one of these states.
func (c *caller) stands(id, text string, states ...string) (code string) {
	c.Helper()
	last := "nowhere"
	defer func() {
		if c.Failed() {
			c.Logf("it was last seen as %s", last)
		}
	}()
	c.until(text[:min(len(text), 20)]+" is "+strings.Join(states, " or "), func() bool {
		_, said := c.page(id)
		i := slices.IndexFunc(said, func(m spoken) bool { return m.Text == text })
		if i < 0 || said[i].Delivery == nil {
			return false
		}
		code = said[i].Delivery.Code
		last = said[i].Delivery.State + " " + code + " " + said[i].Delivery.Detail
		return slices.Contains(states, said[i].Delivery.State) || code != "" && slices.Contains(states, code)
	})
	return code
}

// shows returns what the agent's lines are on the phone, one after the other.
func (c *caller) shows() (all []string) {
	for _, m := range c.phones.Sees(c.n.Account(), c.who) {
		if m.From == simulator.FromCenter {
			all = append(all, m.Text)
		}
	}
	return all
}

// arrives waits until a line of the agent is as far as the network tells.
func (c *caller) arrives(id, text string) {
	c.Helper()
	if c.n.Provider == "telegram" { // it has no receipts
		c.stands(id, text, "sent")
		return
	}
	c.stands(id, text, "delivered", "read")
}

// comes is SMS-02, SOC-02, SOC-03, WAP-02, R-40: each request of the network comes
// twice; the first message makes one interaction, and is offered.
func (c *caller) comes() people.Interaction {
	c.Helper()
	c.weather(func(w *simulator.Weather) {
		if c.n.Provider != "smpp" { // it numbers nothing: what comes twice may have been said twice
			w.Duplicate = 1
		}
	})
	c.writes("Is anybody there?")
	c.writes("Hello?")
	i := c.taken()
	c.until("R-40: both lines are there once", func() bool {
		var words []string
		_, said := c.page(i.ID)
		for _, m := range said {
			if m.Sender == "customer" {
				words = append(words, m.Text)
			}
		}
		return slices.Equal(words, []string{"Is anybody there?", "Hello?"})
	})
	return i
}

// goes is CNV-02, CNV-05, WAP-03: a long text arrives whole, in order and before
// the next, and the agent sees that it did.
func (c *caller) goes(id string) {
	c.Helper()
	c.weather(func(w *simulator.Weather) { w.Statuses = simulator.StatusesTwice })
	times := 60 // about 1,400: what agents may write to all
	if c.n.Provider == "whatsapp" {
		times = 1500 // 36,000
	}
	long := strings.TrimSpace(strings.Repeat("\u00c7a va tr\u00e8s bien, merci. ", times))
	c.answers(id, long)
	c.answers(id, "The next")
	c.arrives(id, long)
	c.arrives(id, "The next")
	packed := strings.Join(strings.Fields(strings.Join(c.shows(), " ")), " ")
	if want := long + " The next"; packed != want {
		c.Errorf("CNV-05: the phone shows %d bytes in %d messages, not the %d that were written", len(packed), len(c.shows()), len(want))
	}
}

// held is R-46: what a network has no room for waits, says so, and goes once.
func (c *caller) held(id string) {
	c.Helper()
	c.weather(func(w *simulator.Weather) { w.Throttle = 1 })
	c.answers(id, "In a moment")
	c.stands(id, "In a moment", "throttled")
	c.weather(func(*simulator.Weather) {})
	c.arrives(id, "In a moment")
	c.once("In a moment", 1)
}

// lost is R-46, M12: what was taken and not answered is never sent again by itself;
// what comes behind it goes.
func (c *caller) lost(id string) {
	c.Helper()
	c.weather(func(w *simulator.Weather) { w.TimeoutAfterAccept, w.Receipts, w.Read = 1, false, false })
	c.answers(id, "Did you get this?")
	c.stands(id, "Did you get this?", "unconfirmed", "sent", "delivered", "read") // where the network can be asked, it was
	c.weather(func(*simulator.Weather) {})
	c.answers(id, "Behind it")
	c.arrives(id, "Behind it")
	c.once("Did you get this?", 1)
}

// refused is E24, R-46: an answer with an error inside is no success: the line has
// failed, may have arrived, or is tried again, and says which. The talk goes on.
func (c *caller) refused(id string) {
	c.Helper()
	c.weather(func(w *simulator.Weather) { w.OKWithError = 1 })
	c.answers(id, "Not for you")
	code := c.stands(id, "Not for you", "failed", "unconfirmed", "throttled", "transient")
	c.weather(func(*simulator.Weather) {})
	if state, _ := c.page(id); state != "active" {
		c.Errorf("E24: after a refusal it is %s", state)
	}
	c.answers(id, "For you")
	c.arrives(id, "For you")
	c.once("For you", 1)
	tried := 0
	if code == "throttled" || code == "transient" {
		tried = 1
	}
	c.once("Not for you", tried)
}

// once holds how often the phone shows a line.
func (c *caller) once(text string, want int) {
	c.Helper()
	if n := len(slices.DeleteFunc(c.shows(), func(s string) bool { return s != text })); n != want {
		c.Errorf("R-46: the phone shows %q %d times, not %d", text, n, want)
	}
}

// ends is RPL-01, RPL-02, RPL-05, WAP-06, WAP-07, SMS-06, SOC-06: the agent ends, it
// is logged; who writes again begins anew in the same conversation.
func (c *caller) ends(first people.Interaction) {
	c.Helper()
	if err := c.amy.End(c.ctx, first.ID); err != nil {
		c.Fatal(err)
	}
	c.until("WAP-07: it is logged", func() bool { state, _ := c.page(first.ID); return state == "logged" })
	c.writes("One more thing")
	again := c.taken()
	if again.ID == first.ID || again.Conversation != first.Conversation {
		c.Errorf("RPL-01, RPL-02: %s of %s goes on as %s of %s", first.ID, first.Conversation, again.ID, again.Conversation)
	}
	if _, said := c.page(again.ID); !slices.ContainsFunc(said, func(m spoken) bool { return m.Text == "Is anybody there?" }) {
		c.Errorf("RPL-02: what was said before is not there")
	}
	if err := c.amy.End(c.ctx, again.ID); err != nil {
		c.Fatal(err)
	}
}
