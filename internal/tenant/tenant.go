// Package tenant opens a center: its store, its writer and its three rooms of
// people, and closes them again. This version serves one center per process.
package tenant

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"

	"golang.org/x/sync/errgroup"

	"parley"
	"parley/internal/center"
	"parley/internal/channel"
	"parley/internal/crm"
	"parley/internal/files"
	"parley/internal/integration"
	"parley/internal/knowledge"
	"parley/internal/ledger"
	"parley/internal/office"
	"parley/internal/records"
	"parley/internal/replay"
	"parley/internal/reserve"
	"parley/internal/seal"
	"parley/internal/store"
	"parley/internal/tables"
	"parley/internal/webhook"
)

// Options are with what a center is opened.
type Options struct {
	DSN   string // the path of a file, or postgres://
	Clock parley.Clock
	Log   *slog.Logger
	Store store.Options

	Reserve *reserve.File // room for when the disk is full; nil: none is kept

	Channels map[string]channel.Channel // networks by provider
	CRMs     map[string]crm.CRM         // CRMs outside by kind
	Seal     *seal.Seal                 // opens what is kept sealed

	Files      *files.Cabinet // what people send each other; nil: no file is taken
	FileOrigin string         // where browsers get files, if not here

	Client *http.Client // guarded: how webhooks go out and identity providers are asked; nil: neither
}

// Tenant is one center, open.
type Tenant struct {
	log *slog.Logger

	Store   *store.Store
	Ledger  *ledger.Ledger
	Records *records.Records
	Tables  *tables.Tables
	Office  *office.Office
	Center  *center.Center

	Integration *integration.Integration

	Webhooks  *webhook.Webhooks
	Knowledge *knowledge.Knowledge
}

// Open opens a center and loads what it remembers. It changes nothing until Run.
func Open(ctx context.Context, o Options) (*Tenant, error) {
	o.Store.Indexed = func(kind string, records int, done bool) {
		o.Log.Info("records from before are indexed for the search", "kind", kind, "records", records, "done", done)
	}
	s, err := store.Open(ctx, o.DSN, o.Store)
	if err != nil {
		return nil, err
	}
	t := &Tenant{Store: s, log: o.Log}
	if err := t.people(ctx, o); err != nil {
		return nil, errors.Join(err, s.Close())
	}
	return t, nil
}

func (t *Tenant) people(ctx context.Context, o Options) (err error) {
	t.Ledger, err = ledger.Open(ctx, t.Store, ledger.Options{Clock: o.Clock, Log: o.Log, Reserve: o.Reserve})
	if err != nil {
		return fmt.Errorf("open ledger: %w", err)
	}
	t.Records = records.New(t.Ledger, t.Store, o.Clock)
	t.Tables = tables.New(t.Records, t.Ledger, t.Store, o.Clock)
	if o.Files != nil {
		t.Records.Keep(o.Files)
	}
	t.Office = office.New(t.Ledger, t.Store, o.Clock, o.Seal)
	t.Office.Connect(o.Channels)
	t.Office.GuardSSO(o.Client)
	t.Center, err = center.New(ctx, center.Rooms{
		Ledger: t.Ledger, Store: t.Store, Records: t.Records, Clock: o.Clock, Log: o.Log, Channels: o.Channels, Seal: o.Seal,
		Files: o.Files, FileOrigin: o.FileOrigin,
	})
	if err != nil {
		return fmt.Errorf("open center: %w", err)
	}
	t.Knowledge = knowledge.New(knowledge.Rooms{
		Ledger: t.Ledger, Store: t.Store, Clock: o.Clock, Files: o.Files,
		Change: t.Office.Record,
	})
	return t.outside(ctx, o)
}

// outside opens what speaks with programs of others.
func (t *Tenant) outside(ctx context.Context, o Options) (err error) {
	t.Webhooks, err = webhook.New(ctx, webhook.Rooms{
		Ledger: t.Ledger, Store: t.Store, Clock: o.Clock, Log: o.Log, Seal: o.Seal, Client: o.Client,
		Change: t.Office.Change,
	})
	if err != nil {
		return fmt.Errorf("open webhooks: %w", err)
	}
	t.Integration, err = integration.New(ctx, integration.Rooms{
		Ledger: t.Ledger, Store: t.Store, Clock: o.Clock, Log: o.Log, Seal: o.Seal, CRMs: o.CRMs,
		Change: t.Office.Change,
	})
	if err != nil {
		return fmt.Errorf("open the CRMs: %w", err)
	}
	t.Center.OnTyping(func(typing center.Typing) {
		t.Webhooks.Typing(typing.Conversation, typing.By, typing.Until.After(o.Clock.Now()))
	})
	return nil
}

// Run serves the center until ctx ends, or until the database cannot be trusted
// any more: then the process must end.
func (t *Tenant) Run(ctx context.Context) error {
	group, ctx := errgroup.WithContext(ctx)
	group.Go(func() error { return t.Ledger.Run(ctx) })
	group.Go(func() error { return t.Office.Run(ctx) })
	group.Go(func() error { return t.Center.Sweep(ctx) })
	group.Go(func() error { return replay.Run(ctx, t.Store.View(), t.Ledger, t.log) })
	group.Go(func() error { return t.Records.Run(ctx, t.log) })
	group.Go(func() error { return t.Webhooks.Run(ctx) })
	group.Go(func() error { return t.Center.Run(ctx) })
	return group.Wait()
}

// Close closes the database. Call it when Run has returned.
func (t *Tenant) Close() error { return t.Store.Close() }
