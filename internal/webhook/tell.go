package webhook

import (
	"context"
	"encoding/json"
	"slices"
	"strings"
	"time"

	"parley"
	"parley/internal/ledger"
	"parley/internal/routing"
	"parley/internal/store"
)

// The types of what is told.
//
// Source: API-02.
const (
	Conversation = "conversation" // its state changed
	Queued       = "queued"
	Members      = "members"  // somebody joined or left
	Transfer     = "transfer" // that an agent leaves then is not the end
	Message      = "message"
	Activity     = "activity" // somebody types
	Delivery     = "delivery"
	CaseCreated  = "case"
	Verify       = "verify" // asks whether anybody is there
)

// Types are what a webhook can ask for.
var Types = []string{Conversation, Queued, Members, Transfer, Message, Activity, Delivery, CaseCreated}

// tells says of which types a kind of log row is. Kinds that are not here are
// told to nobody outside.
var tells = map[string][]string{
	"interaction_created": {Conversation}, "queued": {Conversation, Queued}, "offer_made": {Conversation}, "offer_ended": {Conversation},
	"accepted": {Conversation, Members}, "parked": {Conversation}, "script_waits": {Conversation}, "conversation_ended": {Conversation, Members},
	"wrapup_started": {Conversation}, "interaction_closed": {Conversation}, "interaction_transferred": {Transfer},
	"customer_link_changed": {Conversation}, parley.KindDispositionsChosen: {Conversation},
	parley.KindMessageAdded: {Message}, parley.KindMessageChanged: {Message}, parley.KindDeliveryChanged: {Delivery},
}

// typesOf are the types of a log row.
func typesOf(e parley.Entry) []string {
	if e.Kind == parley.KindRecordChanged && strings.HasPrefix(e.Subject, "cas_") && fresh(e.Data) {
		return []string{CaseCreated}
	}
	return tells[e.Kind]
}

// fresh reports whether a log row says that its subject is new.
func fresh(data []byte) bool {
	var d struct {
		New bool `json:"new"`
	}
	return json.Unmarshal(data, &d) == nil && d.New
}

// outboxKind is the kind of the outbox rows that tell of an event; their data
// names it.
const outboxKind = "webhook"

type outboxRow struct {
	Event string `json:"event"`
}

// wanted reports whether anybody is told anything.
func (w *Webhooks) wanted() bool { return len(*w.hooks.Load()) > 0 }

// list lists what is told of log rows, in the same commit.
//
// Source: API-02.
func (w *Webhooks) list(es []parley.Entry, r *store.Rows) {
	hooks := *w.hooks.Load()
	for _, e := range es {
		for _, kind := range typesOf(e) {
			for _, h := range hooks {
				if slices.Contains(h.Events, kind) {
					add(r, store.WebhookEvent{Webhook: h.ID, Type: kind, N: e.N, Conversation: e.Conversation, Data: "{}"})
				}
			}
		}
	}
}

// add lists an event and that it is to be sent, behind those before it of its
// conversation.
func add(r *store.Rows, e store.WebhookEvent) {
	e.ID = parley.NewID("evt", r.Now())
	r.AddWebhookEvent(e)
	sends(r, e)
}

func sends(r *store.Rows, e store.WebhookEvent) {
	data, _ := json.Marshal(outboxRow{e.ID}) // plain data always can
	subject := ""
	if e.Conversation != "" {
		subject = e.Webhook + " " + string(e.Conversation)
	}
	r.Outbox(store.Outbox{Kind: outboxKind, Subject: subject, Data: string(data)})
}

// follow takes in that a webhook changed.
func (w *Webhooks) follow(batch []parley.Entry) {
	for _, e := range batch {
		if e.Kind == parley.KindConfigChanged && strings.HasPrefix(e.Subject, "whk_") {
			if err := w.load(context.Background()); err != nil {
				w.Log.Error("the webhooks are not read anew", "error", err)
			}
			return
		}
	}
}

// How typing is told.
const (
	typingWaiting = 256
	typingEvery   = 3 * time.Second
	typingFor     = 10 * time.Second // then it is of no interest any more
)

// typed is that somebody types, or does no more.
type typed struct {
	Conversation parley.ConversationID `json:"-"`
	By           parley.Sender         `json:"by"`
	Typing       bool                  `json:"typing"`
}

// Typing tells that somebody types. It is quick.
//
// Source: API-02, CNV-06.
func (w *Webhooks) Typing(conversation parley.ConversationID, by parley.Sender, on bool) {
	if !slices.ContainsFunc(*w.hooks.Load(), func(h store.Webhook) bool { return slices.Contains(h.Events, Activity) }) {
		return
	}
	select {
	case w.typing <- typed{conversation, by, on}:
	default:
	}
}

// sweepEvery is how often old events are looked for, and keptFor how long they
// are kept.
const (
	sweepEvery = time.Hour
	keptFor    = 7 * 24 * time.Hour
)

// Run tells of typing and forgets what is old, until ctx ends.
func (w *Webhooks) Run(ctx context.Context) error {
	sweep := time.NewTicker(sweepEvery)
	defer sweep.Stop()
	for {
		select {
		case <-ctx.Done():
			return nil
		case t := <-w.typing:
			w.types(ctx, t)
		case <-sweep.C:
			before := w.Clock.Now().Add(-keptFor)
			w.save(ctx, "sweep_webhook_events", func(r *store.Rows) { r.SweepWebhookEvents(before) })
		}
	}
}

// types lists that somebody types, unless that was told a moment ago.
func (w *Webhooks) types(ctx context.Context, t typed) {
	now := w.Clock.Now()
	if now.Sub(w.last[t]) < typingEvery {
		return
	}
	if len(w.last) >= typingWaiting {
		clear(w.last)
	}
	w.last[t] = now
	data, _ := json.Marshal(t) // plain data always can
	w.save(ctx, "tell_typing", func(r *store.Rows) {
		for _, h := range *w.hooks.Load() {
			if slices.Contains(h.Events, Activity) {
				add(r, store.WebhookEvent{Webhook: h.ID, Type: Activity, Conversation: t.Conversation, Data: string(data)})
			}
		}
	})
}

// save saves what may be lost.
func (w *Webhooks) save(ctx context.Context, name string, rows func(r *store.Rows)) {
	err := w.Ledger.Do(ctx, ledger.Command{Name: name, Plan: func(context.Context, ledger.View) (ledger.Plan, error) {
		return ledger.Plan{Rows: func(r *store.Rows, _ []routing.Event) { rows(r) }}, nil
	}})
	if err != nil && ctx.Err() == nil {
		w.Log.Error("not saved", "command", name, "error", err)
	}
}
