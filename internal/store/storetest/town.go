package storetest

import (
	"context"
	"testing"
	"time"

	"parley"
	"parley/internal/routing"
	"parley/internal/store"
)

// Day is when tests happen.
var Day = time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)

// Lead makes s the leader of its center, so that it may write.
func Lead(t testing.TB, s *store.Store, owner string) {
	t.Helper()
	seen, err := s.Watch(context.Background())
	if err == nil {
		err = s.Lead(context.Background(), seen, owner, Day)
	}
	if err != nil {
		t.Fatal(err)
	}
}

// Save commits what list lists.
func Save(t testing.TB, s *store.Store, at time.Time, list func(r *store.Rows)) []parley.Entry {
	t.Helper()
	tx, err := s.Begin(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	list(tx.Rows(at))
	entries, err := tx.Commit(context.Background())
	if err != nil {
		_ = tx.Rollback() // the error that counts is told
		t.Fatal(err)
	}
	return entries
}

// Group lists the group that every agent of a test is in.
func Group(r *store.Rows) {
	r.SaveGroup(parley.Group{ID: "grp_all", Name: "ungroup", Preset: parley.PresetWorkspace, Default: true, Rev: 1})
}

// Agent lists an agent of that group.
func Agent(r *store.Rows, id parley.AgentID) {
	r.SaveAgent(parley.Agent{
		ID: id, Group: "grp_all", Login: string(id), DisplayName: string(id), Role: parley.RoleAgent, Enabled: true,
		Capacity: parley.DefaultCapacity, Language: "en", CreatedAt: Day, Rev: 1,
	})
}

// AgentConfig is what routing knows of such an agent.
func AgentConfig(id parley.AgentID) routing.AgentConfig {
	return routing.AgentConfig{
		ID: id, CreatedAt: Day, Enabled: true, Capacity: parley.DefaultCapacity, MayReject: true,
		OnReject: parley.OnBreak, OnTimeout: parley.OnBreak,
	}
}

// Queue lists a queue.
func Queue(r *store.Rows, id parley.QueueID) {
	r.SaveQueue(parley.Queue{
		ID: id, Name: string(id), Enabled: true, Priority: 5, Policy: parley.PolicyLoadThenIdle,
		Requeue: "original_time", AcceptInterval: 30 * time.Second, OnMaxWait: parley.QueueWait,
		OnFull: parley.QueueWait, NoAgents: parley.QueueWait, OnClose: parley.QueueDrain, Rev: 1,
	})
}

// QueueConfig is what routing knows of such a queue, with a minute of wrap-up.
func QueueConfig(id parley.QueueID) routing.QueueConfig {
	return routing.QueueConfig{
		ID: id, Enabled: true, Priority: 5, Policy: parley.PolicyLoadThenIdle, AcceptInterval: 30 * time.Second,
		WrapUp: time.Minute, OnMaxWait: parley.QueueWait, OnFull: parley.QueueWait, NoAgents: parley.QueueWait,
		OnClose: parley.QueueDrain,
	}
}

// EntryPoint lists the entry point that every conversation of a test came through.
func EntryPoint(r *store.Rows, queue parley.QueueID) {
	r.SaveEntryPoint(parley.EntryPoint{
		ID: "ent_site", Channel: parley.WebChat, Name: "site", Enabled: true, Queue: queue, Rev: 1,
	})
}

// Conversation lists a conversation of that entry point.
func Conversation(r *store.Rows, id parley.ConversationID) {
	r.AddConversation(parley.Conversation{
		ID: id, EntryPoint: "ent_site", Channel: parley.WebChat, ClientID: "client of " + string(id), CreatedAt: Day,
	}, "token of "+string(id), time.Time{})
}
