package center

import (
	"slices"
	"testing"
	"time"

	"parley"
	"parley/internal/script"
	"parley/internal/store"
)

// phoneOfBea writes in the tests of what rests.
const phoneOfBea = "+12065551234"

// texted lets bea write on a network, and an agent accept it.
func (x *town) texted(agent parley.Actor, id, text string) (v parley.Actor, i parley.InteractionID) {
	x.t.Helper()
	x.brings("ent_sms", says(phoneOfBea, id, text))
	v = x.talkOf("ent_sms", phone(phoneOfBea))
	x.must(x.AcceptOffer(x.t.Context(), agent, x.ringing(v)))
	x.news(0)
	return v, x.latest(v).ID
}

// shown is how an agent's snapshot shows an interaction, nil if it does not.
func (x *town) shown(me parley.Actor, id parley.InteractionID) *Interaction {
	x.t.Helper()
	sn, err := x.Snapshot(x.t.Context(), me)
	x.must(err)
	for k := range sn.Interactions {
		if sn.Interactions[k].ID == id {
			return &sn.Interactions[k]
		}
	}
	return nil
}

// TestPark is I29 and I30: what is parked takes no place, stays in its agent's
// list and out of the customer's sight, and comes back with the customer's word.
func TestPark(t *testing.T) {
	each(t, func(t *testing.T, x *town) {
		x.connect()
		x.works(amy)
		v, id := x.texted(amy, "m1", "Hi")
		before := x.latest(v)
		x.clock.pass(time.Minute)
		x.must(x.Park(t.Context(), amy, id, time.Time{}))
		x.must(x.Park(t.Context(), amy, id, time.Time{}))
		x.refuses(x.End(t.Context(), amy, id), parley.ErrConflict)
		_, err := x.Send(t.Context(), amy, id, x.words("Still there?"))
		x.refuses(err, parley.ErrConflict)
		_, err = x.Note(t.Context(), amy, id, x.words("Waits for her invoice"))
		x.must(err)
		i := x.shown(amy, id)
		if i == nil || i.State != parley.Parked || i.ParkedUntil != 0 || i.ParkedBy == nil || i.ParkedBy.ID != amy.Agent {
			t.Fatalf("I29: amy sees %+v", i)
		}
		if i := x.shown(sam, id); i == nil || i.State != parley.Parked {
			t.Errorf("I29: sam sees %+v", i)
		}
		g, err := x.Gauges(t.Context(), sam)
		x.must(err)
		k := slices.IndexFunc(g.Queues, func(q QueueGauge) bool { return q.ID == "que_support" })
		if q := g.Queues[k]; q.Parked != 1 || q.Active != 0 || q.AcceptedToday != 1 {
			t.Errorf("I29: support has %+v", q)
		}
		if p, err := x.s.View().Person(t.Context(), amy.Agent); err != nil || p.Active != 0 || p.Base != parley.Available {
			t.Errorf("I29: amy holds %d, is %s, %v", p.Active, p.Base, err)
		}
		x.reopen()
		x.works(amy)
		x.clock.pass(time.Hour)
		x.brings("ent_sms", says(phoneOfBea, "m2", "Here it is"), says(phoneOfBea, "m3", "And one more"))
		now := x.latest(v)
		if now.ID != id || now.State != parley.Offering || now.Offer.Agent != amy.Agent || !now.EntryAt.Equal(before.EntryAt) {
			t.Fatalf("I30: it is %+v", now)
		}
		x.must(x.AcceptOffer(t.Context(), amy, x.ringing(v)))
		x.news(0)
		if again := x.latest(v); !again.AcceptedAt.Equal(before.AcceptedAt) || again.State != parley.Active {
			t.Errorf("I10: it was accepted at %v, now at %v", before.AcceptedAt, again.AcceptedAt)
		}
		if got, want := x.said(v), []string{"customer: Hi", "system: agent_joined", "customer: Here it is", "customer: And one more"}; !slices.Equal(got, want) {
			t.Errorf("OFR-12: the customer knows amy, and reads %q", got)
		}
		if i := x.shown(amy, id); i.ParkedBy != nil || i.ParkedUntil != 0 || i.Unanswered != 3 {
			t.Errorf("I30: amy sees %+v", i)
		}
	})
}

// TestParkUntil is I29 and I30: it comes back by itself, at the latest after
// park.max_days; its agent may take it back before.
func TestParkUntil(t *testing.T) {
	each(t, func(t *testing.T, x *town) {
		x.connect()
		x.works(amy)
		v, id := x.texted(amy, "m1", "Hi")
		now := x.clock.Now()
		for _, bad := range []time.Time{now, now.Add(-time.Hour), now.Add(31 * 24 * time.Hour)} {
			if err := x.Park(t.Context(), amy, id, bad); err == nil {
				t.Errorf("I29: it is parked until %v", bad)
			}
		}
		x.refuses(x.Park(t.Context(), bob, id, time.Time{}), parley.ErrNotFound)
		x.must(x.Park(t.Context(), amy, id, now.Add(time.Hour)))
		x.news(0)
		if i := x.shown(amy, id); i.ParkedUntil != parley.Millis(now.Add(time.Hour)) {
			t.Errorf("I29: until %d", i.ParkedUntil)
		}
		x.refuses(x.Unpark(t.Context(), bob, id), parley.ErrNotFound)
		x.must(x.SetStatus(t.Context(), amy, parley.OnBreak, "stc_lunch"))
		x.refuses(x.Unpark(t.Context(), amy, id), parley.ErrAgentUnavailable)
		x.must(x.SetStatus(t.Context(), amy, parley.Available, ""))
		x.must(x.Unpark(t.Context(), amy, id))
		x.must(x.Unpark(t.Context(), amy, id))
		x.must(x.AcceptOffer(t.Context(), amy, x.ringing(v)))
		x.must(x.Park(t.Context(), amy, id, x.clock.Now().Add(time.Hour)))
		x.later(time.Hour + time.Millisecond)
		if i := x.latest(v); i.State != parley.Offering || i.Offer.Agent != amy.Agent {
			t.Fatalf("I30: after its time it is %s", i.State)
		}
		x.must(x.AcceptOffer(t.Context(), amy, x.ringing(v)))
		x.must(x.Park(t.Context(), amy, id, time.Time{}))
		x.later(30*24*time.Hour + time.Millisecond)
		if i := x.latest(v); i.State != parley.Offering {
			t.Errorf("I29: after 30 days it is %s", i.State)
		}
	})
}

// TestParkWeb is I29: who waits at a web page is not laid aside. I28: a supervisor
// closes what is parked, and it is filed like any talk an agent had.
func TestParkWeb(t *testing.T) {
	each(t, func(t *testing.T, x *town) {
		x.connect()
		x.works(amy)
		_, web := x.served(amy, "ent_support")
		x.refuses(x.Park(t.Context(), amy, web, time.Time{}), parley.ErrConflict)
		v, id := x.texted(amy, "m1", "Hi")
		x.must(x.Park(t.Context(), amy, id, time.Time{}))
		x.must(x.Close(t.Context(), sam, id))
		x.news(0)
		i := x.latest(v)
		if i.State != parley.Cancelled || i.Agent != amy.Agent || i.Case == "" {
			t.Errorf("I28: it is %s of %q, filed as %q", i.State, i.Agent, i.Case)
		}
		if got := x.said(v); got[len(got)-1] != "system: closed_by_supervisor" {
			t.Errorf("I28: said is %q", got)
		}
		if i := x.shown(amy, id); i != nil {
			t.Errorf("I28: amy still has %s", i.State)
		}
	})
}

// TestSilence is I22: both are warned in the customer's language, every message
// counts anew, and in the end the system ends the talk.
func TestSilence(t *testing.T) {
	each(t, func(t *testing.T, x *town) {
		x.connect()
		for _, e := range []parley.EntryPointID{"ent_sms", "ent_support"} {
			x.set(e, "inactivity.warn_s", "60")
			x.set(e, "inactivity.close_s", "180")
		}
		x.set("ent_support", "inactivity.text_en", `"Hello?"`)
		x.works(amy)
		french := bea
		french.Language = "fr-CA"
		web := x.visits("ent_support", french)
		x.must(x.AcceptOffer(t.Context(), amy, x.ringing(web)))
		v, id := x.texted(amy, "m1", "Hi")
		x.later(time.Minute + time.Millisecond)
		if got := x.said(v); got[len(got)-1] != "system: "+script.StillThere.EN {
			t.Fatalf("I22: said is %q", got)
		}
		last := x.messages(v)[2]
		if last.Delivery == nil || last.Content == nil || last.Content.Note != noteAutoReply {
			t.Errorf("I22: the warning is %+v", last)
		}
		if got := x.said(web); got[len(got)-1] != "system: Hello?" {
			t.Errorf("I22: on the web said is %q", got)
		}
		_, err := x.Send(t.Context(), amy, id, x.words("One moment"))
		x.must(err)
		_, err = x.VisitorSend(t.Context(), web, x.words("Yes"))
		x.must(err)
		x.later(59 * time.Second)
		x.brings("ent_sms", says(phoneOfBea, "m2", "Fine"))
		x.later(30 * time.Second)
		if n := len(x.messages(v)); n != 5 {
			t.Errorf("I15: %d messages, the silence did not count anew: %q", n, x.said(v))
		}
		x.later(150*time.Second + time.Millisecond)
		i := x.latest(v)
		if i.State != parley.WrapUp || i.EndedBy != parley.EndedBySystem || i.EndedWhy != whyInactive {
			t.Errorf("I22: it is %s, ended by %s because of %q", i.State, i.EndedBy, i.EndedWhy)
		}
		if got := x.said(v); got[len(got)-1] != "system: "+lineInactive {
			t.Errorf("I22: said is %q", got)
		}
		if i := x.latest(web); i.State != parley.WrapUp || i.EndedWhy != whyInactive {
			t.Errorf("I22: on the web it is %s", i.State)
		}
	})
}

// TestSilenceOff: where nobody counts the silence, a message tells routing nothing.
func TestSilenceOff(t *testing.T) {
	each(t, func(t *testing.T, x *town) {
		x.works(amy)
		_, id := x.served(amy, "ent_support")
		from := x.l.Head()
		_, err := x.Send(t.Context(), amy, id, x.words("Hello"))
		x.must(err)
		if got := x.news(from); len(got) != 1 || got[0].Kind != parley.KindMessageAdded {
			t.Errorf("I22: the log says %+v", got)
		}
		x.later(24 * time.Hour)
		if i, err := x.s.View().Interaction(t.Context(), id); err != nil || i.State != parley.Active {
			t.Errorf("I22: it is %s, %v", i.State, err)
		}
	})
}

// TestBlock: who is blocked is blocked at every entry point of the channel and by
// every address; the talk ends as its agent's; a block ends by itself or is taken
// back.
func TestBlock(t *testing.T) {
	each(t, func(t *testing.T, x *town) {
		x.connect()
		x.works(amy)
		v, id := x.texted(amy, "m1", "Buy!")
		_, err := x.Block(t.Context(), bob, id, Ban{})
		x.refuses(err, parley.ErrNotFound)
		_, err = x.Block(t.Context(), amy, id, Ban{Until: x.clock.Now()})
		if err == nil {
			t.Error("it is blocked until now")
		}
		x.do("words at the end", func(r *store.Rows) {
			e, err := x.s.View().EntryPoint(t.Context(), "ent_sms")
			x.must(err)
			e.Script.Texts.Ended = parley.Text{EN: "Goodbye"} // they are not told
			r.SaveEntryPoint(e)
			r.Entry(parley.Entry{Kind: parley.KindConfigChanged, Subject: "ent_sms"})
		})
		blk, err := x.Block(t.Context(), amy, id, Ban{Reason: "sells carpets", Spam: true, Until: x.clock.Now().Add(time.Hour)})
		x.must(err)
		again, err := x.Block(t.Context(), amy, id, Ban{})
		if err != nil || again != blk {
			t.Errorf("twice is %q and %q, %v", blk, again, err)
		}
		x.news(0)
		if i := x.latest(v); i.State != parley.WrapUp || i.EndedBy != parley.EndedByAgent {
			t.Errorf("I16: it is %s, ended by %s", i.State, i.EndedBy)
		}
		if got, want := x.said(v), []string{"customer: Buy!", "system: agent_joined", "system: sender_blocked", "system: conversation_ended"}; !slices.Equal(got, want) {
			t.Errorf("said is %q", got)
		}
		x.brings("ent_sms", says(phoneOfBea, "m2", "Buy!"))
		x.brings("ent_sms2", says(phoneOfBea, "m3", "Buy!"))
		if n := len(x.said(v)); n != 4 {
			t.Errorf("%d lines are said, they are not kept away", n)
		}
		found, err := x.s.View().KeyedBy(t.Context(), "ent_sms2", phone(phoneOfBea))
		if err != nil || len(found) != 0 {
			t.Errorf("at the other number they have %+v, %v", found, err)
		}
		list, err := x.Blocks(t.Context(), sam, BlockRange{Standing: true})
		x.must(err)
		if len(list) != 1 || list[0].ID != blk || list[0].Dropped != 2 || list[0].Address != phoneOfBea || list[0].Name != "Zoe Leger" || !list[0].Spam || list[0].By.ID != amy.Agent {
			t.Errorf("the list is %+v", list)
		}
		x.later(time.Hour)
		if list, err = x.Blocks(t.Context(), sam, BlockRange{Standing: true}); err != nil || len(list) != 0 {
			t.Errorf("after its end %+v stands, %v", list, err)
		}
		x.must(x.sweepBlocks(t.Context()))
		b, err := x.s.View().Block(t.Context(), blk)
		if err != nil || !b.EndedAt.Equal(b.Until) {
			t.Errorf("it ended at %v, not %v, %v", b.EndedAt, b.Until, err)
		}
		x.brings("ent_sms2", says(phoneOfBea, "m4", "Sorry"))
		if got := x.said(x.talkOf("ent_sms2", phone(phoneOfBea))); got[0] != "customer: Sorry" {
			t.Errorf("after its end said is %q", got)
		}
	})
}

// TestUnblock: a block is taken back by who made it and by supervisors, and both
// are in the audit log (CFG-04); where agents may not, they are refused.
func TestUnblock(t *testing.T) {
	each(t, func(t *testing.T, x *town) {
		x.connect()
		x.works(amy)
		v, id := x.texted(amy, "m1", "Buy!")
		blk, err := x.Block(t.Context(), amy, id, Ban{Reason: "by mistake"})
		x.must(err)
		x.refuses(x.Unblock(t.Context(), bob, blk), parley.ErrNotFound)
		x.must(x.Unblock(t.Context(), amy, blk))
		x.must(x.Unblock(t.Context(), sam, blk))
		x.brings("ent_sms", says(phoneOfBea, "m2", "Hello?"))
		if got := x.said(v); got[len(got)-1] != "customer: Hello?" && got[len(got)-2] != "customer: Hello?" {
			t.Errorf("after it was taken back said is %q", got)
		}
		rows, err := x.s.View().AuditPage(t.Context(), 0, 9)
		x.must(err)
		var did []string
		for _, r := range rows {
			did = append(did, r.Action+" by "+r.Actor)
		}
		if want := []string{"unblock_sender by agt_amy", "block_sender by agt_amy"}; !slices.Equal(did, want) {
			t.Errorf("CFG-04: audited is %q", did)
		}
		x.do("no blocks", func(r *store.Rows) {
			r.SaveSetting(parley.Setting{Scope: parley.ScopeTenant, Key: "agents.may_block", Value: "false"})
			r.Entry(parley.Entry{Kind: parley.KindConfigChanged, Subject: "setting"})
		})
		_, err = x.Block(t.Context(), amy, id, Ban{})
		x.refuses(err, parley.ErrForbidden)
		if _, err = x.Block(t.Context(), sam, id, Ban{}); err != nil {
			t.Errorf("sam may not: %v", err)
		}
		_, err = x.Blocks(t.Context(), amy, BlockRange{})
		x.refuses(err, parley.ErrForbidden)
		web := x.latest(x.visits("ent_quick", bea)).ID
		_, err = x.Block(t.Context(), sam, web, Ban{})
		x.refuses(err, parley.ErrConflict)
	})
}

// TestBlockPages lists blocks in stretches, all or of one channel.
func TestBlockPages(t *testing.T) {
	each(t, func(t *testing.T, x *town) {
		x.do("block", func(r *store.Rows) {
			for k, channel := range []parley.Channel{parley.SMS, parley.WhatsApp, parley.SMS} {
				r.AddBlock(store.Block{
					ID: "blk_" + string(rune('a'+k)), Channel: channel, By: amy.Agent, CreatedAt: x.clock.Now(),
					Keys: phone(phoneOfBea),
				})
			}
			r.EndBlock("blk_a")
		})
		ids := func(of BlockRange) (out []string) {
			list, err := x.Blocks(t.Context(), sam, of)
			x.must(err)
			for _, b := range list {
				out = append(out, b.ID)
			}
			return out
		}
		at := parley.Millis(x.clock.Now())
		for _, c := range []struct {
			of   BlockRange
			want []string
		}{
			{BlockRange{Limit: 2}, []string{"blk_c", "blk_b"}},
			{BlockRange{Limit: 2, Before: at, BeforeID: "blk_b"}, []string{"blk_a"}},
			{BlockRange{Standing: true}, []string{"blk_c", "blk_b"}},
			{BlockRange{Standing: true, Channel: parley.SMS}, []string{"blk_c"}},
			{BlockRange{Channel: parley.SMS, Before: at, BeforeID: "blk_c"}, []string{"blk_a"}},
		} {
			if got := ids(c.of); !slices.Equal(got, c.want) {
				t.Errorf("%+v lists %q, should be %q", c.of, got, c.want)
			}
		}
	})
}
