package integration_test

import (
	"errors"
	"testing"

	"parley"
	"parley/internal/crm"
	"parley/internal/integration"
)

// DYN-03, E35: whom the CRM holds against a new contact is listed, though the one
// who writes is not known by that, and can be chosen.
func TestWhoIsThereAlreadyIsListed(t *testing.T) {
	each(t, func(t *testing.T, x *town) {
		x.tin.set(func(c *tin) { c.people = []crm.Record{person("1", "Zoe Day", "zoe@example.com")} })
		o := x.rings("other@example.com")
		id := o.Interaction
		k := x.until(id, "an answer", found)
		x.must(x.center.AcceptOffer(t.Context(), amy, o))
		a := x.asked()
		a.Interaction = id
		var refused *parley.Error
		if _, err := x.Create(t.Context(), amy, a, integration.CRMNewRecord{LastName: "Day", Email: "zoe@example.com"}); !errors.As(err, &refused) || refused.Code != "crm_duplicate" || len(k.Records) != 0 {
			t.Fatalf("DYN-03: somebody is there twice: %v", err)
		}
		k = x.knows(id)
		if len(k.Records) != 1 || k.Records[0].ID != "1" || !k.Records[0].Claimed || k.Regarding.ID != "1" {
			t.Errorf("DYN-03: who is there already is not listed as somebody nothing proves: %+v", k)
		}
		_, _ = x.Create(t.Context(), amy, a, integration.CRMNewRecord{LastName: "Day", Email: "zoe@example.com"})
		if again := x.knows(id); len(again.Records) != 1 {
			t.Errorf("DYN-03: they are listed twice: %+v", again.Records)
		}
		x.must(x.Choose(t.Context(), amy, a, k.Records[0].CRMRef))
	})
}

// DYN-05: a contact that was made in the CRM's own form during the conversation
// has the log, though nobody looked again.
func TestMadeThereMeanwhile(t *testing.T) {
	each(t, func(t *testing.T, x *town) {
		o := x.rings("zoe@example.com")
		id := o.Interaction
		x.until(id, "an answer", found)
		x.must(x.center.AcceptOffer(t.Context(), amy, o))
		x.tin.set(func(c *tin) { c.people = []crm.Record{person("1", "Zoe Day", "zoe@example.com")} })
		x.ends(id)
		if k := x.until(id, "a log", posted); k.Log.Regarding.ID != "1" || len(k.Records) != 1 {
			t.Errorf("DYN-05: it was filed under %+v: %+v", k.Log.Regarding, k.Records)
		}
	})
}

// DYN-05, E36: a contact made when the log is there already takes it over.
func TestMadeAfterwards(t *testing.T) {
	each(t, func(t *testing.T, x *town) {
		id := x.serves("zoe@example.com")
		if k := x.until(id, "a log", posted); k.Log.Regarding.ID != "" {
			t.Fatalf("it was filed under %+v", k.Log.Regarding)
		}
		a := x.asked()
		a.Interaction = id
		made, err := x.Create(t.Context(), ada, a, integration.CRMNewRecord{LastName: "Day", Email: "zoe@example.com"})
		x.must(err)
		x.until(id, "a log under who was made", func(k integration.CRMKnown) bool { return posted(k) && k.Log.Regarding == made.CRMRef })
	})
}

// DYN-08: what waits for a CRM does not wait on when a check says that it answers.
func TestCheckWakes(t *testing.T) {
	each(t, func(t *testing.T, x *town) {
		x.tin.set(func(c *tin) { c.down = &crm.Error{Code: crm.Transient, Detail: "503"} })
		id := x.serves("zoe@example.com")
		x.until(id, "a log that waits", func(k integration.CRMKnown) bool { return k.Log != nil && k.Log.Attempt > 0 })
		x.tin.set(func(c *tin) { c.down = nil })
		if c, err := x.Check(t.Context(), ada, x.crm); err != nil || !c.OK {
			t.Fatalf("DYN-08: the check says %+v, %v", c, err)
		}
		x.until(id, "a log", posted) // the clock stands
	})
}

// DYN-09: where a right is missing the check says for which kind of record.
func TestCheckNamesTheRight(t *testing.T) {
	each(t, func(t *testing.T, x *town) {
		x.tin.set(func(c *tin) { c.down = &crm.Error{Code: crm.Forbidden, Detail: "no right"} })
		c, err := x.Check(t.Context(), ada, x.crm)
		x.must(err)
		if c.OK || len(c.Steps) != 4 || c.Steps[2].Name != "search.contact" || c.Steps[2].Code != "forbidden" {
			t.Errorf("DYN-09: the check says %+v", c)
		}
	})
}
