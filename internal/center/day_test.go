package center

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"strconv"
	"strings"
	"testing"
	"time"

	"parley"
	"parley/internal/routing"
	"parley/internal/store"
	"parley/internal/store/storetest"
)

// randomDays is how many days are played; PARLEY_CENTER_DAYS plays more.
func randomDays(t *testing.T) uint64 {
	if n, err := strconv.ParseUint(os.Getenv("PARLEY_CENTER_DAYS"), 10, 64); err == nil {
		return n
	}
	return 4
}

// TestRandomDays lets people do anything in any order: whatever they do is done
// or refused with a code, and after every step every browser, fed with events
// alone, equals a new snapshot.
func TestRandomDays(t *testing.T) {
	for seed := range randomDays(t) {
		t.Run(fmt.Sprint("seed ", seed), func(t *testing.T) {
			x := &town{t: t, dsn: storetest.SQLite(t), clock: &hand{now: storetest.Day}}
			x.start()
			d := &randomDay{town: x, dice: rand.New(rand.NewPCG(seed, 52))}
			defer func() {
				if t.Failed() {
					t.Log(strings.Join(d.story, "\n"))
				}
			}()
			d.works(amy, bob, carol, sam)
			for _, me := range []parley.Actor{amy, bob, carol, sam, ada} {
				d.mirrors = append(d.mirrors, x.mirror(me))
			}
			for range 100 {
				d.step()
			}
		})
	}
}

type randomDay struct {
	*town
	dice     *rand.Rand
	mirrors  []*mirror
	visitors []parley.Actor
	story    []string
}

func (d *randomDay) agent() parley.Actor { return []parley.Actor{amy, bob, carol, sam}[d.dice.IntN(4)] }

// row returns some row of somebody's list, "" if it is empty.
func (d *randomDay) row(me parley.Actor) parley.InteractionID {
	if rows := d.held(me); len(rows) > 0 {
		return rows[d.dice.IntN(len(rows))].ID
	}
	return "int_none"
}

func (d *randomDay) visitor() parley.Actor {
	if len(d.visitors) == 0 {
		return d.come()
	}
	return d.visitors[d.dice.IntN(len(d.visitors))]
}

func (d *randomDay) come() parley.Actor {
	e := []parley.EntryPointID{"ent_support", "ent_quick", "ent_billing"}[d.dice.IntN(3)]
	v := d.visits(e, parley.Visitor{Name: "Bea", Question: "Hello", Email: []string{"", "bea@example.com"}[d.dice.IntN(2)]})
	d.visitors = append(d.visitors, v)
	if len(d.visitors) < 4 {
		d.mirrors = append(d.mirrors, d.mirror(v))
	}
	return v
}

func (d *randomDay) step() {
	d.t.Helper()
	names := []string{
		"come", "say", "say", "answer", "answer", "accept", "accept", "accept", "reject", "end", "finish", "finish", "choose", "note",
		"draft", "queue", "agent", "leave", "skip", "again", "lost", "back", "away", "up", "pass", "pass", "lapse", "status", "status",
		"stop", "resume", "view", "dismiss", "watch", "close", "receipt", "queues", "supervise", "login",
	}
	name := names[d.dice.IntN(len(names))]
	err := d.act(name)
	d.story = append(d.story, fmt.Sprintf("%s %s: %v", d.clock.Now().Format("15:04:05"), name, err))
	var refusal *parley.Error
	if err != nil && (!errors.As(err, &refusal) || refusal.Kind == parley.Internal) {
		d.t.Fatalf("%s fails: %v", name, err)
	}
	for _, m := range d.mirrors {
		m.check(name)
	}
	d.must(d.l.Ask(d.t.Context(), func(s *routing.State) { err = s.Check() }))
	d.must(err)
}

func (d *randomDay) act(name string) error {
	ctx, me, v := d.t.Context(), d.agent(), parley.Actor{}
	if name != "come" {
		v = d.visitor()
	}
	switch name {
	case "come":
		d.come()
		return nil
	case "say":
		return second(d.VisitorSend(ctx, v, d.words("and then")))
	case "leave":
		return d.VisitorEnd(ctx, v)
	case "skip":
		return d.Skip(ctx, v, Left{ClientID: d.client(), Email: "bea@example.com", Text: "later"})
	case "again":
		return d.Again(ctx, v, d.words("again"), "")
	case "lost":
		return d.VisitorLost(ctx, v.Visitor)
	case "back":
		return d.VisitorBack(ctx, v.Visitor)
	case "receipt":
		return d.VisitorReceipt(ctx, v, d.dice.Int64N(9), d.dice.Int64N(9))
	case "pass":
		d.later(time.Duration(d.dice.IntN(20_000)) * time.Millisecond)
		return nil
	case "lapse":
		d.later(time.Duration(30+d.dice.IntN(100)) * time.Second)
		return nil
	}
	return d.serve(name, me)
}

func (d *randomDay) serve(name string, me parley.Actor) error {
	ctx, id := d.t.Context(), d.row(me)
	offer := parley.OfferID{Interaction: id, Attempt: 1}
	for _, row := range d.held(me) {
		if row.Offer != nil && (name == "accept" || name == "reject") {
			offer = parley.OfferID{Interaction: row.ID, Attempt: row.Offer.Attempt}
		}
	}
	switch name {
	case "accept":
		return d.AcceptOffer(ctx, me, offer)
	case "reject":
		return d.RejectOffer(ctx, me, offer, "")
	case "answer":
		return second(d.Send(ctx, me, id, d.words("I see")))
	case "end":
		return d.End(ctx, me, id)
	case "finish":
		return d.Finish(ctx, me, id)
	case "choose":
		codes := []parley.DispositionID{"dsp_paid", "dsp_late", "dsp_a", "dsp_b"}
		return d.Choose(ctx, me, id, []parley.DispositionID{codes[d.dice.IntN(4)]})
	case "note":
		return second(d.Note(ctx, me, id, d.words("hm")))
	case "draft":
		return d.Draft(ctx, me, id, "I am")
	case "queue":
		return d.Transfer(ctx, me, id, Handover{Queue: "que_quick", ClientID: d.client()})
	case "agent":
		return d.Transfer(ctx, me, id, Handover{To: d.agent().Agent, Note: "please", ClientID: d.client()})
	case "view":
		return d.View(ctx, me, id)
	case "dismiss":
		return d.Dismiss(ctx, me, id)
	}
	return d.manage(name, me, id)
}

func (d *randomDay) manage(name string, me parley.Actor, id parley.InteractionID) error {
	ctx := d.t.Context()
	states := []parley.Presence{parley.Available, parley.Available, parley.OnBreak, parley.WorkOffline}
	to := states[d.dice.IntN(4)]
	switch name {
	case "away":
		return d.LinkLost(ctx, me.Agent)
	case "up":
		return d.LinkUp(ctx, me.Agent)
	case "login":
		if err := d.route(routing.Login{Agent: me.Agent}); err != nil {
			return err
		}
		return d.LinkUp(ctx, me.Agent)
	case "stop":
		return d.StopNew(ctx, me)
	case "resume":
		return d.Resume(ctx, me)
	case "queues":
		return d.ConfirmQueues(ctx, me, []parley.QueueID{"que_support", "que_quick", "que_billing"}[:d.dice.IntN(4)])
	case "status":
		code := map[parley.Presence]parley.StatusCodeID{parley.OnBreak: "stc_lunch"}[to]
		return d.SetStatus(ctx, me, to, code)
	case "supervise":
		return d.SetAgentStatus(ctx, sam, me.Agent, to)
	case "close":
		return d.Close(ctx, sam, id)
	case "watch":
		return d.look(id)
	}
	return fmt.Errorf("nobody knows how to %s", name)
}

// look lets ada watch an interaction, and open its page.
func (d *randomDay) look(id parley.InteractionID) error {
	if err := d.Watch(d.t.Context(), ada, id); err != nil {
		return err
	}
	page, err := d.Interaction(d.t.Context(), ada, id)
	if err != nil {
		return err
	}
	for _, m := range d.mirrors {
		if m.me.Session == ada.Session {
			m.open(page)
		}
	}
	return nil
}

// TestTranscriptIsAlwaysKept: the record of messages cannot be switched off.
func TestTranscriptIsAlwaysKept(t *testing.T) {
	each(t, func(t *testing.T, x *town) {
		ctx := t.Context()
		x.do("no logs", func(r *store.Rows) {
			r.SaveSetting(parley.Setting{Scope: parley.ScopeTenant, Key: "autolog.enabled", Value: "false"})
			r.Entry(parley.Entry{Kind: parley.KindConfigChanged, Subject: "autolog.enabled"})
		})
		x.works(amy)
		v, id := x.served(amy, "ent_quick")
		x.must(x.End(ctx, amy, id))
		i := x.latest(v)
		said, err := x.s.View().Transcript(ctx, v.Visitor, id)
		x.must(err)
		if i.State != parley.Logged || i.Log != nil || i.Hash == "" || len(said) != 3 {
			t.Errorf("CRM-07, CRM-09: %s, log %+v, hash %q, %d messages", i.State, i.Log, i.Hash, len(said))
		}
	})
}
