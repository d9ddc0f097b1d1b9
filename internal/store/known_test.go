package store_test

import (
	"testing"

	"parley"
	"parley/internal/routing"
	"parley/internal/store"
	"parley/internal/store/storetest"
)

// asked is an interaction of a conversation, each new to the database.
const (
	asked = parley.InteractionID("int_asked")
	talk  = parley.ConversationID("con_asked")
)

// begun saves an interaction by whose facts the tests ask.
func begun(t *testing.T, s *store.Store) {
	t.Helper()
	storetest.Lead(t, s, "own_test")
	storetest.Save(t, s, storetest.Day, func(r *store.Rows) {
		storetest.Group(r)
		storetest.Queue(r, "que_support")
		storetest.EntryPoint(r, "que_support")
		storetest.Conversation(r, talk)
		r.Events([]routing.Event{routing.InteractionCreated{
			At: routing.At{At: storetest.Day}, Interaction: asked, Number: 1, Conversation: talk, Journey: asked, Queue: "que_support",
		}})
	})
}

// changed lists something of every fact.
func changed(r *store.Rows) {
	r.SaveQuestion(talk, "Where is my parcel?")
	r.SaveMatch(asked, store.Match{Count: 1, Rule: "email", Customers: []parley.CustomerID{"cus_bea"}})
}

// check compares the facts that a batch, or a reader, is given.
func check(t *testing.T, v store.View, question string, matches int) {
	t.Helper()
	f, err := v.Facts(t.Context(), asked)
	if err != nil {
		t.Fatal(err)
	}
	if f.Conversation != talk || f.Queue != "que_support" || f.EntryPoint != "ent_site" || f.Channel != parley.WebChat {
		t.Errorf("facts %+v", f)
	}
	if f.Visitor.Question != question || f.Match.Count != matches {
		t.Errorf("question %q, %d matches, not %q, %d", f.Visitor.Question, f.Match.Count, question, matches)
	}
}

// TestFactsAreAsListed asks while the answer is listed and not yet written, by a
// writer that knows the row and by one that has just started.
func TestFactsAreAsListed(t *testing.T) {
	for _, restarted := range []bool{false, true} {
		storetest.EachDSN(t, func(t *testing.T, dsn string) {
			s := storetest.Open(t, dsn, store.Options{})
			begun(t, s)
			if restarted {
				if err := s.Close(); err != nil {
					t.Fatal(err)
				}
				s = storetest.Open(t, dsn, store.Options{})
				storetest.Lead(t, s, "own_again")
			}
			tx, err := s.Begin(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			changed(tx.Rows(storetest.Day))
			check(t, tx.Fresh(), "Where is my parcel?", 1)
			if _, err := tx.Commit(t.Context()); err != nil {
				t.Fatal(err)
			}
			check(t, s.View(), "Where is my parcel?", 1)
		})
	}
}

// TestFactsOfALostBatch asks after a batch that was not saved: nothing of it may
// be remembered.
func TestFactsOfALostBatch(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		begun(t, s)
		tx, err := s.Begin(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		changed(tx.Rows(storetest.Day))
		if err := tx.Rollback(); err != nil {
			t.Fatal(err)
		}
		if tx, err = s.Begin(t.Context()); err != nil {
			t.Fatal(err)
		}
		check(t, tx.Fresh(), "", 0)
		if err := tx.Rollback(); err != nil {
			t.Fatal(err)
		}
	})
}

// TestFreshReadsWhatIsListed asks for rows of several tables while they wait to
// be written, merged and not.
func TestFreshReadsWhatIsListed(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		begun(t, s)
		tx, err := s.Begin(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = tx.Rollback() }() // after Commit it does nothing
		r := tx.Rows(storetest.Day)
		changed(r)
		i, err := tx.Fresh().Interaction(t.Context(), asked)
		if err != nil || i.Match.Count != 1 {
			t.Errorf("merged: %+v, %v", i.Match, err)
		}
		r = tx.Rows(storetest.Day)
		r.Message(&parley.Message{ID: "msg_1", Conversation: talk, Interaction: asked, Sender: parley.FromCustomer, ClientID: "one", Text: "Hello", At: storetest.Day})
		c, err := tx.Fresh().Conversation(t.Context(), talk)
		if err != nil || c.LastSeq != 1 {
			t.Errorf("a message raises its conversation to %d, %v", c.LastSeq, err)
		}
		r = tx.Rows(storetest.Day)
		r.AddNote(parley.Note{ID: "nte_1", Interaction: asked, Agent: "agt_amy", ClientID: "two", Text: "calls back", At: storetest.Day})
		if n, err := tx.Fresh().NoteAdded(t.Context(), asked, "two"); err != nil || n.Text != "calls back" {
			t.Errorf("a statement: %+v, %v", n, err)
		}
	})
}
