package office

import (
	"context"
	"encoding/base64"
	"unicode/utf8"

	"parley"
	"parley/internal/store"
)

// Pulse is how an entry point's network is doing.
//
// Unit: Unix milliseconds, 0 = never.
// Source: R-48, SOC-01.
type Pulse struct {
	ID          parley.EntryPointID `json:"id"`
	Paused      string              `json:"paused"`       // why nothing is sent, "" = it is
	HandshakeAt int64               `json:"handshake_at"` // the webhook's address was verified
	SignedAt    int64               `json:"signed_at"`    // a request with a good signature
	UnsignedAt  int64               `json:"unsigned_at"`  // one with a bad one
	ReceivedAt  int64               `json:"received_at"`
	SentAt      int64               `json:"sent_at"`
	ReceiptAt   int64               `json:"receipt_at"`
	TokenUntil  int64               `json:"token_until"` // 0 = it does not expire, or nobody knows
	ErrorAt     int64               `json:"error_at"`
	ErrorCode   string              `json:"error_code"` // "" = it works
	ErrorDetail string              `json:"error_detail"`
	Received    int64               `json:"received"`
	Sent        int64               `json:"sent"`
	Failed      int64               `json:"failed"`
	Odd         int64               `json:"odd"`
	Now         int64               `json:"now"`
}

// Writer is who wrote to an entry point of late: a test can go to them.
type Writer struct {
	Address parley.Address `json:"address"`
	Name    string         `json:"name"`
	At      int64          `json:"at"`
}

// OddEvent is a request that its network signed and we could not read whole.
type OddEvent struct {
	ID     string `json:"id"`
	At     int64  `json:"at"`
	Why    string `json:"why"`
	Body   string `json:"body"`   // as it came: never to be shown but as plain text
	Binary bool   `json:"binary"` // Body is in base64
}

// How much administrators are shown.
const (
	writersShown = 5
	oddShown     = 50
)

// Pulses returns how the network of every entry point is doing that has one.
//
// Errors: parley.ErrForbidden.
func (o *Office) Pulses(ctx context.Context, me parley.Actor) ([]Pulse, error) {
	if err := may(me, parley.MayAdminister); err != nil {
		return nil, err
	}
	v := o.store.View()
	points, err := v.EntryPoints(ctx)
	if err != nil {
		return nil, err
	}
	healths, err := v.Healths(ctx)
	of := map[parley.EntryPointID]store.Health{}
	for _, h := range healths {
		of[h.EntryPoint] = h
	}
	list := []Pulse{}
	for _, e := range points {
		if _, network := o.spec(e); network {
			list = append(list, o.pulse(e, of[e.ID]))
		}
	}
	return list, err
}

// Pulse returns how an entry point's network is doing.
//
// Errors: parley.ErrForbidden, ErrNotFound, also where there is no network.
func (o *Office) Pulse(ctx context.Context, me parley.Actor, id parley.EntryPointID) (Pulse, error) {
	e, err := o.networked(ctx, me, id)
	if err != nil {
		return Pulse{}, err
	}
	h, err := o.store.View().Health(ctx, id)
	return o.pulse(e, h), err
}

func (o *Office) pulse(e parley.EntryPoint, h store.Health) Pulse {
	return Pulse{
		ID: e.ID, Paused: e.Paused, HandshakeAt: parley.Millis(h.HandshakeAt), SignedAt: parley.Millis(h.SignedAt),
		UnsignedAt: parley.Millis(h.UnsignedAt), ReceivedAt: parley.Millis(h.ReceivedAt), SentAt: parley.Millis(h.SentAt),
		ReceiptAt: parley.Millis(h.ReceiptAt), TokenUntil: parley.Millis(h.TokenUntil), ErrorAt: parley.Millis(h.ErrorAt),
		ErrorCode: h.ErrorCode, ErrorDetail: h.ErrorDetail, Received: h.Received, Sent: h.Sent, Failed: h.Failed, Odd: h.Odd,
		Now: parley.Millis(o.clock.Now()),
	}
}

// Writers returns who began to write to an entry point of late, the newest first.
//
// Errors: parley.ErrForbidden, ErrNotFound.
func (o *Office) Writers(ctx context.Context, me parley.Actor, id parley.EntryPointID) ([]Writer, error) {
	if _, err := o.networked(ctx, me, id); err != nil {
		return nil, err
	}
	found, err := o.store.View().WritersOf(ctx, id, writersShown)
	list := make([]Writer, len(found))
	for i, c := range found {
		list[i] = Writer{c.Address, c.Visitor.Name, parley.Millis(c.CreatedAt)}
	}
	return list, err
}

// OddEvents returns what an entry point's network sent and we could not read
// whole, the newest first.
//
// Errors: parley.ErrForbidden, ErrNotFound.
// Source.
func (o *Office) OddEvents(ctx context.Context, me parley.Actor, id parley.EntryPointID) ([]OddEvent, error) {
	if _, err := o.networked(ctx, me, id); err != nil {
		return nil, err
	}
	found, err := o.store.View().RawOdd(ctx, id, oddShown)
	list := make([]OddEvent, len(found))
	for i, raw := range found {
		list[i] = OddEvent{ID: raw.ID, At: parley.Millis(raw.At), Why: raw.Odd, Body: string(raw.Body)}
		if !utf8.Valid(raw.Body) {
			list[i].Body, list[i].Binary = base64.StdEncoding.EncodeToString(raw.Body), true
		}
	}
	return list, err
}

// networked returns an entry point that is at a network.
//
// Errors: parley.ErrForbidden, ErrNotFound.
func (o *Office) networked(ctx context.Context, me parley.Actor, id parley.EntryPointID) (parley.EntryPoint, error) {
	if err := may(me, parley.MayAdminister); err != nil {
		return parley.EntryPoint{}, err
	}
	e, err := o.store.View().EntryPoint(ctx, id)
	if err != nil {
		return parley.EntryPoint{}, err
	}
	if _, network := o.spec(e); !network {
		return parley.EntryPoint{}, parley.ErrNotFound
	}
	return e, nil
}
