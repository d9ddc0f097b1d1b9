package eightbyeight

import (
	"errors"
	"net/http"
	"net/url"
	"os"
	"testing"

	"parley"
	"parley/internal/channel"
	"parley/internal/channel/conformance"
)

// sign shows the key as 8x8 does where its webhook was given a header.
func sign(in parley.EntryPoint, r *channel.Request) {
	r.Header.Set("Authorization", "Bearer "+in.Setting("webhook_key"))
}

func TestRecordings(t *testing.T) { conformance.Play(t, New(conformance.Client()), sign) }

func entryPoint(t testing.TB) parley.EntryPoint {
	raw, err := os.ReadFile("testdata/entrypoint.json")
	if err != nil {
		t.Fatal(err)
	}
	return conformance.EntryPoint(t, string(raw))
}

func TestHeld(t *testing.T) {
	address := func(in parley.EntryPoint, r *channel.Request) {
		r.Query = url.Values{"key": {in.Setting("webhook_key")}}
	}
	t.Run("header", conformance.Held{Channel: New(nil), In: entryPoint(t), Sign: sign}.Hold)
	t.Run("address", conformance.Held{Channel: New(nil), In: entryPoint(t), Sign: address}.Hold)
}

func FuzzReceive(f *testing.F) {
	in := entryPoint(f)
	for _, r := range conformance.Requests(f, in, sign) {
		f.Add(r.Body)
	}
	ch := New(nil)
	f.Fuzz(func(t *testing.T, body []byte) {
		r := channel.Request{Method: "POST", Header: http.Header{}, Body: body, Now: conformance.Day}
		sign(in, &r)
		got, err := ch.Receive(in, r)
		if err != nil {
			t.Fatalf("whoever knows the key is believed: %v", err)
		}
		for _, m := range got.Messages {
			if m.ExternalID == "" || m.Kind == "" {
				t.Fatalf("a message without id or kind: %+v", m)
			}
		}
		for _, s := range got.Statuses {
			if s.ExternalID == "" || s.State == "" {
				t.Fatalf("a status of nothing: %+v", s)
			}
		}
	})
}

func TestClass(t *testing.T) {
	// Source: providers.md 7 and the pages named in errors.go.
	conformance.Classes(t, class, map[channel.Code][]int{
		channel.BadNumber: {1002}, channel.Auth: {1200}, channel.Config: {1001, 1300}, channel.Throttled: {1400},
		channel.Transient: {2000}, channel.TooLong: {3006}, channel.BadRequest: {0, 1000, 1003, 3009, 4711},
	})
	conformance.Classes(t, receiptClass, map[channel.Code][]int{
		channel.RecipientUnavailable: {1, 21, 36, 46, 47}, channel.Refused: {2, 8, 43}, channel.BadNumber: {13, 15}, channel.TooLong: {17},
		channel.Config: {42}, channel.Throttled: {11, 50}, channel.Transient: {14, 23, 35}, channel.Blocked: {26}, channel.Undeliverable: {0, 7, 27, 999},
	})
}

func TestRefusedBeforeItGoes(t *testing.T) {
	for want, m := range map[channel.Code]parley.Outbound{
		channel.BadNumber:  {ID: "msg_1", Text: "Hi", To: parley.Keys{{Kind: parley.KeyPhone, Value: "32665"}}},
		channel.MediaFault: {ID: "msg_1", File: &parley.OutFile{}, To: parley.Keys{{Kind: parley.KeyPhone, Value: "+15550142233"}}},
	} {
		var e *channel.SendError
		if _, err := New(nil).Send(t.Context(), entryPoint(t), m); !errors.As(err, &e) || e.Code != want {
			t.Errorf("SMS-04, SMS-05: %v, want %s", err, want)
		}
	}
}
