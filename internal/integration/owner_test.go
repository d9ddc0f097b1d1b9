package integration_test

import (
	"slices"
	"testing"
	"time"

	"parley/internal/crm"
	"parley/internal/integration"
	"parley/internal/store"
)

func ownedBy(who string) func(integration.CRMKnown) bool {
	return func(k integration.CRMKnown) bool { return posted(k) && k.Log.Owner == who }
}

// DYN-06: a log is its agent's own in the CRM, found by their e-mail address,
// which is asked for once; the log's state says so.
func TestOwner(t *testing.T) {
	each(t, func(t *testing.T, x *town) {
		x.tin.users = map[string]string{"amy@example.com": "u_amy"}
		for range 3 {
			x.until(x.serves("zoe@example.com"), "it is amy's", ownedBy("agent"))
		}
		_, logs, _ := x.tin.filed()
		for _, l := range logs {
			if l.Owner != "u_amy" {
				t.Errorf("DYN-06: a log is %q's", l.Owner)
			}
		}
		if !slices.Equal(x.tin.sought, []string{"amy@example.com"}) {
			t.Errorf("DYN-06: asked for %v", x.tin.sought)
		}
	})
}

// DYN-06: an agent nobody knows there: the log is the integration's, and its state
// says so; one who is added later is found.
func TestNoOwner(t *testing.T) {
	each(t, func(t *testing.T, x *town) {
		x.until(x.serves("zoe@example.com"), "it is nobody's", ownedBy("integration"))
		x.tin.set(func(c *tin) { c.users = map[string]string{"amy@example.com": "u_amy"} })
		x.later(time.Hour)
		x.until(x.serves("zoe@example.com"), "amy is found", ownedBy("agent"))
		x.tin.set(func(c *tin) { c.users = nil })
		x.later(2 * time.Hour)
		x.until(x.serves("zoe@example.com"), "amy has left there", ownedBy("integration"))
	})
}

// DYN-06, DYN-08: what concerns only whose a log is keeps no log away; a CRM that
// does not answer is waited for, as ever.
func TestOwnerRefused(t *testing.T) {
	each(t, func(t *testing.T, x *town) {
		x.tin.users = map[string]string{"amy@example.com": "u_amy"}
		x.tin.noUsers = &crm.Error{Code: crm.Forbidden, Detail: "prvReadUser"}
		x.until(x.serves("zoe@example.com"), "users may not be read", ownedBy("integration"))
		x.later(time.Hour)
		x.tin.set(func(c *tin) {
			c.noUsers = nil
			c.refuse = func(_ int, l crm.Log) error {
				if l.Owner != "" {
					return &crm.Error{Code: crm.Forbidden, Detail: "prvAssignActivity"}
				}
				return nil
			}
		})
		x.until(x.serves("zoe@example.com"), "amy may own nothing", ownedBy("integration"))
		x.later(time.Hour)
		x.tin.set(func(c *tin) {
			c.refuse = nil
			c.noUsers = &crm.Error{Code: crm.Throttled, After: time.Minute}
		})
		id := x.serves("zoe@example.com")
		x.until(id, "it was tried", func(k integration.CRMKnown) bool { return k.Log.Attempt > 0 })
		if k := x.knows(id); k.Log.State != store.CRMPending || k.Log.Owner != "" {
			t.Errorf("DYN-08: it is %+v", k.Log)
		}
		x.tin.set(func(c *tin) { c.noUsers = nil })
		await(x, "it is amy's", func() (integration.CRMKnown, bool) {
			x.later(time.Minute)
			k := x.knows(id)
			return k, ownedBy("agent")(k)
		})
	})
}
