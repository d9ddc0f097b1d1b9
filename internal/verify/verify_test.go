package verify

import (
	"context"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"parley"
	"parley/internal/routing"
	"parley/internal/store"
	"parley/internal/store/storetest"
)

// TestAnyDay finds nothing wrong with any day that was saved as it happened.
func TestAnyDay(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		s, err := store.Open(t.Context(), storetest.SQLite(t), store.Options{})
		if err != nil {
			rt.Fatal(err)
		}
		defer func() { _ = s.Close() }() // what it has is verified
		dice := storetest.Dice{Fatal: rt.Fatal, Draw: func(what string, below int) int { return rapid.IntRange(0, below-1).Draw(rt, what) }}
		storetest.NewTown(t, dice, s, func(routing.Command, []routing.Event) {}).Day(rapid.IntRange(10, 80).Draw(rt, "steps"))
		found, err := Verify(t.Context(), s)
		if err != nil {
			rt.Fatal(err)
		}
		for _, v := range found {
			rt.Error(v)
		}
	})
}

// lunch is a day everybody knows: amy talks in con_1, is rung in con_2, and
// what came in con_3 and con_4 is over; con_4 she rejected.
func lunch(t *testing.T, s *store.Store) {
	t.Helper()
	storetest.Lead(t, s, "test")
	state, now := routing.New(), storetest.Day
	save := func(cmd routing.Command, more ...func(*store.Rows)) {
		t.Helper()
		es, err := state.Apply(now, cmd)
		if err != nil {
			t.Fatalf("%T: %v", cmd, err)
		}
		storetest.Save(t, s, now, func(r *store.Rows) {
			r.Events(es)
			for _, f := range more {
				f(r)
			}
		})
	}
	storetest.Save(t, s, now, func(r *store.Rows) {
		storetest.Group(r)
		storetest.Agent(r, "agt_amy")
		storetest.Agent(r, "agt_bob")
		storetest.Queue(r, "que_support")
		storetest.EntryPoint(r, "que_support")
		for _, c := range []parley.ConversationID{"con_1", "con_2", "con_3", "con_4"} {
			storetest.Conversation(r, c)
		}
	})
	save(routing.SaveSettings{Settings: routing.DefaultSettings()})
	save(routing.SaveAgent{Agent: storetest.AgentConfig("agt_amy")})
	save(routing.SaveAgent{Agent: storetest.AgentConfig("agt_bob")})
	save(routing.SaveQueue{Queue: storetest.QueueConfig("que_support")})
	save(routing.SaveMemberships{Memberships: []parley.Membership{
		{Agent: "agt_amy", Queue: "que_support", Level: 80, Assigned: true, Enabled: true},
	}})
	save(routing.Login{Agent: "agt_amy"})
	save(routing.LinkUp{Agent: "agt_amy"})
	save(routing.SetStatus{Agent: "agt_amy", Status: parley.Available})
	arrive := func(i parley.InteractionID, c parley.ConversationID) {
		save(routing.Arrive{Interaction: i, Conversation: c, Queue: "que_support", Web: true}, func(r *store.Rows) {
			r.Message(&parley.Message{
				ID: parley.MessageID("msg_" + i), Conversation: c, Interaction: i, Sender: parley.FromCustomer,
				ClientID: string(i), Text: "hello", At: now,
			})
		})
	}
	arrive("int_3", "con_3")
	save(routing.CustomerLeave{Interaction: "int_3"})
	arrive("int_4", "con_4")
	save(routing.Reject{Agent: "agt_amy", Offer: parley.OfferID{Interaction: "int_4", Attempt: 1}})
	now = now.Add(time.Second)
	save(routing.CustomerLeave{Interaction: "int_4"})
	save(routing.SetStatus{Agent: "agt_amy", Status: parley.Available})
	now = now.Add(time.Second)
	arrive("int_1", "con_1")
	save(routing.Accept{Agent: "agt_amy", Offer: parley.OfferID{Interaction: "int_1", Attempt: 1}})
	n, err := s.View().Head(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	kept := store.RouterState{N: n, Snapshot: state.Snapshot()}
	storetest.Save(t, s, now, func(r *store.Rows) { r.KeepRouter(kept) })
	arrive("int_2", "con_2")
}

// mistake is something done to the rows behind the ledger's back.
type mistake struct {
	rule, record string
	statements   []string
}

// unlocked lets the log be written over, which its triggers forbid.
const unlocked = "unlocked"

var mistakes = []mistake{
	{"INV-01", "int_2", []string{
		`DROP INDEX one_pending_offer`,
		`INSERT INTO offers (interaction_id, attempt, agent_id, queue_id, round, state, made_at, until, ended_at, why)
			VALUES ('int_2', 9, 'agt_bob', 'que_support', 1, 'pending', 1, 99999999999999, 0, '')`,
	}},
	{"INV-02", "int_1", []string{
		`DROP INDEX one_owner`,
		`INSERT INTO assignments (interaction_id, agent_id, started_at, ended_at) VALUES ('int_1', 'agt_bob', 1, 0)`,
	}},
	{"INV-02", "int_2", []string{
		`INSERT INTO assignments (interaction_id, agent_id, started_at, ended_at) VALUES ('int_2', 'agt_bob', 1, 0)`,
	}},
	{"INV-02", "con_1", []string{
		`DROP INDEX one_open`, `UPDATE interactions SET conversation_id = 'con_1' WHERE id = 'int_2'`,
	}},
	{"INV-03", "int_1", []string{`UPDATE interactions SET state = 'queued' WHERE id = 'int_1'`}},
	{"INV-03", "int_2", []string{`UPDATE offers SET state = 'rejected', ended_at = 1 WHERE interaction_id = 'int_2'`}},
	{"INV-03", "int_1", []string{`DELETE FROM agent_slots WHERE interaction_id = 'int_1'`}},
	{"INV-03", "int_1", []string{`UPDATE interactions SET priority = 99 WHERE id = 'int_1'`}},
	{"INV-03", "agt_bob", []string{`UPDATE presence SET base = 'available' WHERE agent_id = 'agt_bob'`}},
	{"INV-03", "agt_amy in que_support", []string{`UPDATE memberships SET level = 10`}},
	{"INV-03", "router kept after entry 29", []string{`UPDATE router_states SET state = replace(state, '"agt_bob"', '"agt_eve"')`}},
	{"INV-03", "router kept after entry 999", []string{`UPDATE router_states SET n = 999`}},
	{"INV-10", "int_1", []string{`UPDATE offers SET until = 1 WHERE interaction_id = 'int_1'`}},
	{"INV-11", "int_2", []string{`UPDATE offers SET ended_at = 1 WHERE interaction_id = 'int_2'`}},
	{"INV-12", "int_4.1", []string{unlocked, `UPDATE entries
		SET kind = 'note_added'
		WHERE kind = 'presence_changed' AND data LIKE '%rejected%'`}},
	{"INV-09", "int_4", []string{unlocked, `UPDATE entries
		SET data = replace(data, '"entry":"2026-03-02T09:00', '"entry":"2026-03-02T09:01')
		WHERE kind = 'queued' AND data LIKE '%rejected%'`}},
	{"INV-13", "int_3", []string{`UPDATE messages SET hash = 'x', text = '' WHERE interaction_id = 'int_3'`}},
	{"INV-13", "int_3", []string{`UPDATE interactions SET transcript_hash = '' WHERE id = 'int_3'`}},
	{"INV-14", "msg_int_1", []string{`UPDATE messages SET text = 'good bye' WHERE id = 'msg_int_1'`}},
	{"INV-14", "con_1", []string{`UPDATE conversations SET last_seq = 2 WHERE id = 'con_1'`}},
	{"INV-14", "con_1", []string{`DELETE FROM messages WHERE id = 'msg_int_1'`}},
	{"INV-14", "msg_int_1", []string{`UPDATE interactions SET last_seq = 0, first_seq = 0 WHERE id = 'int_1'`}},
	{"INV-14", "log", []string{unlocked, `DELETE FROM entries WHERE n = 2`}},
	{"INV-14", "log", []string{
		`INSERT INTO entries (n, at, kind, conversation_id, interaction_id, message_id, agent_id, subject_id, data)
			VALUES (999, 99999999999999, 'config_changed', '', '', '', '', '', '{}')`,
	}},
	{"INV-14", "entry 9", []string{unlocked, `UPDATE entries SET at = 1 WHERE n = 9`}},
	{"INV-14", "msg_int_1", []string{unlocked, `UPDATE entries SET kind = 'note_added' WHERE message_id = 'msg_int_1'`}},
	{"INV-15", "con_1", []string{
		`DROP INDEX messages_client`,
		`INSERT INTO messages (id, conversation_id, seq, interaction_id, sender, agent_id, client_id, text, hash, at)
			VALUES ('msg_9', 'con_1', 2, '', 'customer', '', 'int_1', '', '', 1)`,
	}},
	{"INV-16", "con_1", []string{`UPDATE conversations SET read_seq = 5 WHERE id = 'con_1'`}},
	{"INV-16", "con_1", []string{
		`INSERT INTO entries (n, at, kind, conversation_id, interaction_id, message_id, agent_id, subject_id, data)
			SELECT head + 1, 99999999999999, 'delivery_changed', 'con_1', '', '', '', '', '{"delivered":2,"read":2}' FROM lease`,
		`INSERT INTO entries (n, at, kind, conversation_id, interaction_id, message_id, agent_id, subject_id, data)
			SELECT head + 2, 99999999999999, 'delivery_changed', 'con_1', '', '', '', '', '{"delivered":2,"read":1}' FROM lease`,
	}},
	{"INV-20", "int_1", []string{`UPDATE presence SET conn = 'down' WHERE agent_id = 'agt_amy'`}},
	{"INV-22", "int_2", []string{`UPDATE offers SET until = 1 WHERE interaction_id = 'int_2'`}},
	{"INV-06", "int_1.1", []string{unlocked, `UPDATE entries
		SET data = replace(data, '"eligible":1', '"eligible":2')
		WHERE kind = 'offer_made' AND interaction_id = 'int_1'`}},
	{"INV-04", "int_2.1", []string{unlocked, `UPDATE entries
		SET data = replace(data, '"capacity":6', '"capacity":1')
		WHERE kind = 'agent_changed' AND agent_id = 'agt_amy'`}},
	{"INV-06", "int_1.1", []string{unlocked, `UPDATE entries
		SET data = replace(data, '"to":"available"', '"to":"on_break"')
		WHERE kind = 'presence_changed' AND agent_id = 'agt_amy'`}},
	{"INV-03", "entry 29", []string{unlocked, `UPDATE entries
		SET data = replace(data, 'int_1', 'int_7')
		WHERE kind = 'accepted'`}},
}

// TestMistakes makes one mistake at a time and expects it named, with its record.
// Every query runs on both databases; on PostgreSQL, where an empty database
// takes its time, some of the mistakes do.
func TestMistakes(t *testing.T) {
	for k, m := range mistakes {
		t.Run(m.rule+" "+m.record, func(t *testing.T) {
			storetest.EachDSN(t, func(t *testing.T, dsn string) {
				if k%6 > 0 && strings.HasPrefix(dsn, "postgres") {
					t.Skip("its turn is SQLite's")
				}
				s := storetest.Open(t, dsn, store.Options{})
				lunch(t, s)
				if found, err := Verify(t.Context(), s); err != nil || len(found) != 0 {
					t.Fatalf("before: %v, %v", found, err)
				}
				storetest.Save(t, s, storetest.Day, func(r *store.Rows) {
					for _, statement := range m.statements {
						if statement == unlocked {
							unlock(r, dsn)
							continue
						}
						r.Exec(statement)
					}
				})
				expect(t, s, m)
			})
		})
	}
}

// unlock takes away what keeps the log as it is.
func unlock(r *store.Rows, dsn string) {
	if strings.HasPrefix(dsn, "postgres") {
		r.Exec(`DROP TRIGGER entries_append_only ON entries`)
		return
	}
	r.Exec(`DROP TRIGGER entries_update`)
	r.Exec(`DROP TRIGGER entries_delete`)
}

func expect(t *testing.T, s *store.Store, m mistake) {
	t.Helper()
	found, err := Verify(context.Background(), s)
	if err != nil {
		t.Fatal(err)
	}
	for _, v := range found {
		if v.Rule == m.rule && v.Record == m.record {
			return
		}
	}
	t.Errorf("%s of %s is not found; found: %v", m.rule, m.record, found)
}
