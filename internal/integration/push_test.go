package integration_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"parley"
	"parley/internal/crm"
	"parley/internal/integration"
	"parley/internal/store"
	"parley/internal/store/storetest"
)

// DYN-05, DYN-06, F087, F093: a served conversation is filed once, under the
// first match, with its times and every word.
func TestLogged(t *testing.T) {
	each(t, func(t *testing.T, x *town) {
		x.tin.people = []crm.Record{person("1", "Zoe", "zoe@example.com"), person("2", "Zoe too", "zoe@example.com")}
		id := x.serves("zoe@example.com")
		k := x.until(id, "it is logged", posted)
		_, logs, writes := x.tin.filed()
		if len(logs) != 1 || writes != 1 {
			t.Fatalf("DYN-06: %d logs by %d writes", len(logs), writes)
		}
		l := logs[0]
		at := storetest.Day.Add(time.Second)
		if l.Regarding.ID != "1" || l.Transaction != string(id) || l.Agent != "Amy" || l.Queue != "Support" || !l.Initiated.Equal(at) || !l.Accepted.Equal(at) || !l.Ended.Equal(at) {
			t.Errorf("DYN-06: the log is %+v", l)
		}
		for _, said := range []string{"Customer: Where is my parcel?", "Amy: It is on its way", "(Amy joined)"} {
			if !strings.Contains(l.Transcript, said) {
				t.Errorf("F087: the transcript lacks %q: %s", said, l.Transcript)
			}
		}
		if k.Log.URL != "https://tin.example/activity/"+l.ID || k.Log.Regarding.ID != "1" {
			t.Errorf("DYN-06: it went to %+v", k.Log)
		}
		list, err := x.Logs(t.Context(), ada, x.crm, integration.LogsQuery{State: store.CRMPosted, Limit: 10})
		if err != nil || len(list) != 1 || list[0].URL != k.Log.URL {
			t.Errorf("DYN-06: ada sees %+v, %v", list, err)
		}
	})
}

// DYN-05, F091: whom the agent chose before the end is whom the log is under.
func TestChosenBeforeTheEnd(t *testing.T) {
	each(t, func(t *testing.T, x *town) {
		x.tin.people = []crm.Record{person("1", "Zoe", "zoe@example.com"), person("2", "Zoe too", "zoe@example.com")}
		o := x.rings("zoe@example.com")
		x.must(x.center.AcceptOffer(t.Context(), amy, o))
		x.until(o.Interaction, "found", found)
		a := integration.Asked{Interaction: o.Interaction, Connection: x.crm}
		if err := x.Choose(t.Context(), amy, a, integration.Ref{Object: "contact", ID: "7"}); !errors.Is(err, parley.ErrNotFound) {
			t.Errorf("DYN-05: one who does not fit is chosen: %v", err)
		}
		x.must(x.Choose(t.Context(), amy, a, integration.Ref{Object: "contact", ID: "2"}))
		x.ends(o.Interaction)
		if k := x.until(o.Interaction, "it is logged", posted); k.Log.Regarding.ID != "2" || !k.Chosen {
			t.Errorf("DYN-05: it is under %+v", k.Log.Regarding)
		}
		if rows, err := x.s.View().AuditPage(t.Context(), 0, 10); err != nil || slices.ContainsFunc(rows, func(a store.Audit) bool { return a.Action == "relink_crm_log" }) {
			t.Errorf("E36: nothing was re-linked: %+v, %v", rows, err)
		}
	})
}

// E36: chosen after the log was posted, the same activity moves, and the audit log
// says so.
func TestRelinked(t *testing.T) {
	each(t, func(t *testing.T, x *town) {
		x.tin.people = []crm.Record{person("1", "Zoe", "zoe@example.com"), person("2", "Zoe too", "zoe@example.com")}
		id := x.serves("zoe@example.com")
		x.until(id, "it is logged", posted)
		x.must(x.Choose(t.Context(), amy, integration.Asked{Interaction: id, Connection: x.crm}, integration.Ref{Object: "contact", ID: "2"}))
		x.until(id, "it has moved", func(k integration.CRMKnown) bool { return posted(k) && k.Log.Regarding.ID == "2" })
		if order, logs, _ := x.tin.filed(); len(order) != 1 || len(logs) != 1 || logs[0].Regarding.ID != "2" || logs[0].Was.Object != "activity" {
			t.Errorf("E36: there are %d activities: %+v", len(order), logs)
		}
		rows, err := x.s.View().AuditPage(t.Context(), 0, 1)
		x.must(err)
		if a := rows[0]; a.Action != "relink_crm_log" || a.Actor != "agt_amy" || a.Subject != string(id) || !strings.Contains(a.Before, `"1"`) || !strings.Contains(a.After, `"2"`) {
			t.Errorf("E36: the audit log says %+v", a)
		}
	})
}

// R-49, DYN-08: the CRM is down for two hours, then asks for rest, then half of
// the calls succeed: every log waits, arrives once and in order, under the record
// that could not be looked up at its offer; agents are not held up.
func TestOutage(t *testing.T) {
	each(t, func(t *testing.T, x *town) {
		x.tin.people = []crm.Record{person("1", "Zoe", "zoe@example.com")}
		x.tin.set(func(c *tin) { c.down = &crm.Error{Code: crm.Transient, Detail: "503"} })
		var want []string
		for range 8 {
			want = append(want, string(x.serves("zoe@example.com"))) // begins, is served and ends all the same
			x.later(15 * time.Minute)
		}
		if k := x.knows(parley.InteractionID(want[0])); k.Log.State != store.CRMPending || k.State != store.CRMUnavailable {
			t.Errorf("DYN-08: during the outage amy sees %+v", k)
		}
		throttled, half := 0, 0
		x.tin.set(func(c *tin) {
			c.down = nil
			c.refuse = func(_ int, _ crm.Log) error {
				if throttled++; throttled <= 3 {
					return &crm.Error{Code: crm.Throttled, After: time.Minute}
				}
				if half++; half%2 == 1 {
					return &crm.Error{Code: crm.Transient, Detail: "502"}
				}
				return nil
			}
		})
		last := parley.InteractionID(want[len(want)-1])
		await(x, "all are logged", func() (integration.CRMKnown, bool) {
			x.later(time.Minute)
			k := x.knows(last)
			return k, posted(k)
		})
		order, logs, _ := x.tin.filed()
		if !slices.Equal(order, want) || len(logs) != len(want) {
			t.Errorf("R-49: logged are\n%v, want\n%v", order, want)
		}
		for _, l := range logs {
			if l.Regarding.ID != "1" {
				t.Errorf("DYN-05: %s is under %+v", l.Transaction, l.Regarding)
			}
		}
	})
}

// a permanent refusal fails, with the CRM's words, and the rest goes on; an
// agent or an administrator has it pushed again.
func TestRefused(t *testing.T) {
	each(t, func(t *testing.T, x *town) {
		x.tin.set(func(c *tin) {
			c.refuse = func(n int, _ crm.Log) error {
				if n == 1 {
					return &crm.Error{Code: crm.Forbidden, Detail: "0x80040220 prvCreateActivity"}
				}
				return nil
			}
		})
		first, second := x.serves("zoe@example.com"), x.serves("yan@example.com")
		k := x.until(first, "it failed", failed)
		if k.Log.Error != "forbidden" || !strings.Contains(k.Log.Detail, "prvCreateActivity") {
			t.Errorf("R-49: amy sees %+v", k.Log)
		}
		x.until(second, "the next is logged", posted)
		if v, err := x.Find(t.Context(), ada, x.crm); err != nil || v.Failed != 1 || v.Pending != 0 {
			t.Errorf("R-49: ada sees %+v, %v", v, err)
		}
		list, err := x.Logs(t.Context(), ada, x.crm, integration.LogsQuery{State: store.CRMFailed, Limit: 10})
		if err != nil || len(list) != 1 || list[0].Interaction != first {
			t.Errorf("R-49: ada lists %+v, %v", list, err)
		}
		if n, err := x.RetryAll(t.Context(), ada, x.crm); err != nil || n != 1 {
			t.Errorf("R-49: retried %d, %v", n, err)
		}
		x.until(first, "it is logged", posted)
		x.must(x.Retry(t.Context(), amy, first, x.crm)) // one that is there stays
		if order, _, _ := x.tin.filed(); len(order) != 2 {
			t.Errorf("R-49: logged are %v", order)
		}
		if err := x.Retry(t.Context(), bob, first, x.crm); !errors.Is(err, parley.ErrNotFound) {
			t.Errorf("R-49: somebody else's: %v", err)
		}
	})
}

// after a day without an answer a log fails, visibly.
func TestGivenUp(t *testing.T) {
	each(t, func(t *testing.T, x *town) {
		x.tin.set(func(c *tin) { c.down = &crm.Error{Code: crm.Transient} })
		id := x.serves("zoe@example.com")
		x.until(id, "it was tried", func(k integration.CRMKnown) bool { return k.Log != nil && k.Log.Attempt > 0 })
		await(x, "it is given up", func() (integration.CRMKnown, bool) {
			x.later(time.Hour)
			k := x.knows(id)
			return k, failed(k) && k.Log.Error == "given_up"
		})
	})
}

// what waits for a CRM, and was said by somebody who is erased meanwhile, is
// never pushed, whoever asks for it.
func TestErasedMeanwhile(t *testing.T) {
	each(t, func(t *testing.T, x *town) {
		x.tin.set(func(c *tin) { c.down = &crm.Error{Code: crm.Transient} })
		id := x.serves("zoe@example.com")
		x.until(id, "it was tried", func(k integration.CRMKnown) bool { return k.Log != nil && k.Log.Attempt > 0 })
		facts, err := x.s.View().Facts(t.Context(), id)
		x.must(err)
		x.do(func(r *store.Rows) {
			r.LinkCustomer(facts.Conversation, "cus_zoe")
			r.Erase("cus_zoe")
		})
		x.tin.set(func(c *tin) { c.down = nil })
		x.must(x.Retry(t.Context(), amy, id, x.crm))
		if n, err := x.RetryAll(t.Context(), ada, x.crm); err != nil || n != 0 {
			t.Errorf("A-118: retried %d, %v", n, err)
		}
		x.later(time.Hour)
		next := x.serves("yan@example.com")
		x.until(next, "the next is logged", posted)
		if order, _, _ := x.tin.filed(); len(order) != 1 {
			t.Errorf("A-118: logged are %v", order)
		}
		if k := x.knows(id); !failed(k) || k.Log.Error != store.CRMErased {
			t.Errorf("A-118: amy sees why: %+v", k.Log)
		}
	})
}

// DYN-08: a CRM that does not let us in is paused, and nothing is lost: when it is
// set up anew what waits is pushed.
func TestPaused(t *testing.T) {
	each(t, func(t *testing.T, x *town) {
		x.tin.set(func(c *tin) { c.down = &crm.Error{Code: crm.Auth} })
		id := x.serves("zoe@example.com")
		v := await(x, "it is paused", func() (integration.CRMConnection, bool) {
			v, err := x.Find(t.Context(), ada, x.crm)
			x.must(err)
			return v, v.Paused == "auth" && v.Pending == 1
		})
		x.later(48 * time.Hour) // longer than a log is tried for
		if k := x.knows(id); k.Log.State != store.CRMPending {
			t.Errorf("DYN-08: a pause lost a log: %+v", k.Log)
		}
		x.tin.set(func(c *tin) { c.down = nil })
		in := v.CRMInput
		in.Secrets = map[string]string{"token": "open sesame"}
		x.must(x.Save(t.Context(), ada, x.crm, in))
		x.until(id, "it is logged", posted)

		x.must(x.Pause(t.Context(), ada, x.crm))
		id = x.serves("zoe@example.com")
		if k := x.knows(id); k.Log.State != store.CRMPending {
			t.Errorf("DYN-08: paused it is %+v", k.Log)
		}
		x.must(x.Resume(t.Context(), ada, x.crm))
		x.until(id, "it is logged", posted)
	})
}

// the server ends while a log is being written: the CRM has it, we do not
// know. After the restart it is written again under its id, so it is there once.
func TestEndedWhilePushing(t *testing.T) {
	each(t, func(t *testing.T, x *town) {
		x.tin.stop = make(chan struct{})
		id := x.serves("zoe@example.com")
		<-x.tin.stop // it is written, the answer never comes
		x.stop()
		x.tin.set(func(c *tin) { c.stop = nil })
		x.reopen()
		x.until(id, "it is logged", posted)
		if order, logs, writes := x.tin.filed(); len(order) != 1 || len(logs) != 1 || writes != 2 {
			t.Errorf("R-49: %d activities by %d writes", len(logs), writes)
		}
	})
}

// DYN-06: what nobody served has no log; several CRMs get one each; one that is
// taken away gets no more, and what waited for it fails.
func TestWhoIsLogged(t *testing.T) {
	each(t, func(t *testing.T, x *town) {
		in := tinned()
		in.Name = "Another"
		other, err := x.Connect(t.Context(), ada, in)
		x.must(err)
		x.clock.pass(time.Second)
		id := x.serves("zoe@example.com")
		await(x, "both have it", func() ([]integration.CRMKnown, bool) {
			all, err := x.Knows(t.Context(), amy, id)
			x.must(err)
			return all, len(all) == 2 && posted(all[0]) && posted(all[1])
		})
		x.tin.set(func(c *tin) { c.down = &crm.Error{Code: crm.Transient} })
		waits := x.serves("zoe@example.com")
		x.must(x.Remove(t.Context(), ada, other))
		await(x, "what waited for it fails", func() (string, bool) {
			l, err := x.s.View().CRMLogOf(t.Context(), waits, other)
			x.must(err)
			return fmt.Sprint(l.State, l.Error), l.State == store.CRMFailed && l.Error == "removed"
		})
		x.clock.pass(time.Second)
		x.tin.set(func(c *tin) { c.down = nil })
		alone := x.serves("zoe@example.com")
		if _, err := x.s.View().CRMLogOf(t.Context(), alone, other); !errors.Is(err, parley.ErrNotFound) {
			t.Errorf("DYN-06: one that is gone gets a log: %v", err)
		}
		if v, err := x.s.View().Connection(t.Context(), other); err != nil || len(v.Sealed) > 0 || len(v.Settings) > 0 {
			t.Errorf("DYN-06: what is gone keeps %+v, %v", v, err)
		}
		o := x.rings("gone@example.com")
		x.must(x.center.Close(t.Context(), ada, o.Interaction))
		if _, err := x.s.View().CRMLogOf(t.Context(), o.Interaction, x.crm); !errors.Is(err, parley.ErrNotFound) {
			t.Errorf("DYN-06: what nobody served is logged: %v", err)
		}
	})
}
