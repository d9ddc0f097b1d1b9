package conformance

import (
	"encoding/json"
	"testing"

	"parley"
	"parley/internal/channel"
)

// ask puts one question of a recording to the channel.
type ask func(t *testing.T, ch channel.Channel, in parley.EntryPoint, raw string) (any, error)

// asks are the sections that ask something of a channel.
var asks = map[string]ask{
	"send.json": func(t *testing.T, ch channel.Channel, in parley.EntryPoint, raw string) (any, error) {
		id, err := ch.Send(background, in, decode[parley.Outbound](t, raw))
		return map[string]any{"id": id}, err
	},
	"fetch.json": func(t *testing.T, ch channel.Channel, in parley.EntryPoint, raw string) (any, error) {
		a := decode[struct{ Kind, Name, Type, Ref, SHA256 string }](t, raw)
		f, err := as[channel.Fetcher](t, ch).Fetch(background, in, parley.Attachment{
			Kind: parley.ContentKind(a.Kind), Name: a.Name, Type: a.Type, Ref: a.Ref, SHA256: a.SHA256,
		})
		if err != nil {
			return nil, err
		}
		return body(f)
	},
	"mark.json": func(t *testing.T, ch channel.Channel, in parley.EntryPoint, raw string) (any, error) {
		m := decode[struct {
			To     parley.Keys
			Newest string
			What   channel.Mark
		}](t, raw)
		return map[string]any{}, as[channel.Marker](t, ch).Mark(background, in, m.To, m.Newest, m.What)
	},
	"react.json": func(t *testing.T, ch channel.Channel, in parley.EntryPoint, raw string) (any, error) {
		return map[string]any{}, as[channel.Reactor](t, ch).React(background, in, decode[channel.Reaction](t, raw))
	},
	"profile.json": func(t *testing.T, ch channel.Channel, in parley.EntryPoint, raw string) (any, error) {
		p, err := as[channel.Profiler](t, ch).Profile(background, in, decode[parley.Keys](t, raw))
		return show(p), err
	},
	"check.json": func(t *testing.T, ch channel.Channel, in parley.EntryPoint, _ string) (any, error) {
		h, err := as[channel.Checker](t, ch).Check(background, in)
		return show(h), err
	},
	"resolve.json": func(t *testing.T, ch channel.Channel, in parley.EntryPoint, raw string) (any, error) {
		s, found, err := as[channel.Resolver](t, ch).Resolve(background, in, decode[parley.Outbound](t, raw))
		return map[string]any{"found": found, "status": show(s)}, err
	},
	"templates.json": func(t *testing.T, ch channel.Channel, in parley.EntryPoint, _ string) (any, error) {
		list, err := as[channel.Templater](t, ch).ListTemplates(background, in)
		return show(list), err
	},
	"register.json": func(t *testing.T, ch channel.Channel, in parley.EntryPoint, raw string) (any, error) {
		address := decode[struct{ Webhook string }](t, raw).Webhook
		return map[string]any{}, as[channel.Registrar](t, ch).Register(background, in, address)
	},
}

func decode[T any](t *testing.T, raw string) T {
	t.Helper()
	var v T
	if err := json.Unmarshal([]byte(raw), &v); err != nil {
		t.Fatalf("%v in\n%s", err, raw)
	}
	return v
}

func as[T any](t *testing.T, ch channel.Channel) T {
	t.Helper()
	v, ok := ch.(T)
	if !ok {
		t.Fatalf("%T cannot do that", ch)
	}
	return v
}
