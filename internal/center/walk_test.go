package center

import (
	"parley"
	"parley/internal/routing"
	"parley/internal/store"
	"parley/internal/store/storetest"
)

// actor returns who an agent's id is.
func actor(id parley.AgentID) parley.Actor {
	for _, me := range []parley.Actor{amy, bob, carol, sam, ada} {
		if me.Agent == id {
			return me
		}
	}
	return parley.Actor{}
}

// owner returns who has a visitor's interaction.
func (x *town) owner(visitor parley.Actor) parley.Actor { return actor(x.latest(visitor).Agent) }

// answer lets whoever is offered a visitor's interaction accept it.
func (x *town) answer(visitor parley.Actor) {
	x.t.Helper()
	offer := x.ringing(visitor)
	x.must(x.AcceptOffer(x.t.Context(), actor(x.latest(visitor).Offer.Agent), offer))
}

// deferred has an agent choose, in wrap-up, what comes after it (P4).
func (d *walk) deferred() {
	ctx := d.t.Context()
	v := d.comes("ent_support")
	d.answer(v)
	me := d.owner(v)
	for _, held := range d.held(me) {
		if held.State == parley.Active {
			d.must(d.End(ctx, me, held.ID))
		}
	}
	d.must(d.SetStatus(ctx, me, parley.WorkOffline, ""))
	if p, err := d.s.View().Person(ctx, me.Agent); err != nil || p.Next != parley.WorkOffline {
		d.t.Fatalf("P4: next = %q %v", p.Next, err)
	}
}

func (x *town) held(me parley.Actor) []store.Interaction {
	x.t.Helper()
	rows, err := x.s.View().Held(x.t.Context(), me.Agent)
	x.must(err)
	return rows
}

// rename has the office of records rename a customer whom an open conversation
// is linked to.
func (d *walk) rename() {
	ctx := d.t.Context()
	d.works(carol)
	v := d.comes("ent_support")
	bea := parley.Customer{
		ID: "cus_bea", AccountNumber: "1001", FirstName: "Bea", LastName: "Smith", CreatedAt: storetest.Day, UpdatedAt: storetest.Day, Rev: 1,
	}
	d.do("add a customer", func(r *store.Rows) { r.SaveCustomer(bea, store.CustomerKeys{}) })
	d.must(d.records.LinkCustomer(ctx, sam, d.latest(v).ID, bea.ID))
	bea.LastName, bea.Rev = "Miller", 2
	d.do("rename a customer", func(r *store.Rows) {
		r.SaveCustomer(bea, store.CustomerKeys{})
		r.Entry(parley.Entry{Kind: parley.KindRecordChanged, Subject: string(bea.ID)})
	})
}

// configure changes a queue, removes one, and changes settings and an agent.
func (d *walk) configure() {
	spare := queueOf("que_spare", 0)
	d.do("configure", func(r *store.Rows) {
		spare.Name = "Spare"
		r.SaveQueue(spare)
		r.Entry(parley.Entry{Kind: parley.KindConfigChanged, Subject: "que_spare"})
		r.SaveSetting(parley.Setting{Scope: parley.ScopeTenant, Key: "wrapup.extend", Value: "120"})
	},
		routing.SaveQueue{Queue: storetest.QueueConfig("que_spare")},
		routing.SaveSettings{Settings: routing.DefaultSettings()},
	)
	d.do("remove", func(r *store.Rows) {
		r.RemoveQueue("que_spare")
		r.Entry(parley.Entry{Kind: parley.KindConfigChanged, Subject: "que_spare"})
	}, routing.RemoveQueue{Queue: "que_spare"})
}

// extend has an agent make a wrap-up longer (WRP-11).
func (d *walk) extend() {
	ctx := d.t.Context()
	for _, me := range []parley.Actor{amy, bob, carol} {
		for _, i := range d.held(me) {
			if i.State == parley.WrapUp && !i.Overdue && !i.WrapUpUntil.IsZero() {
				d.must(d.Extend(ctx, me, i.ID))
				return
			}
		}
	}
	d.t.Fatal("nobody wraps up")
}
