package eightbyeight

import (
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

// held is what 8x8 is held to.
func held(t testing.TB) conformance.Held {
	return conformance.Held{Channel: New(nil), In: entryPoint(t), Sign: sign, Nobody: true}
}

func TestHeld(t *testing.T) {
	t.Run("header", held(t).Hold)
	address := held(t)
	address.Sign = func(in parley.EntryPoint, r *channel.Request) {
		r.Query = url.Values{"knock": {in.Setting("webhook_key")}}
	}
	t.Run("address", address.Hold)
}

func FuzzReceive(f *testing.F) { held(f).Fuzz(f) }

func TestClass(t *testing.T) {
	// Source: networks.md 7 and the pages named in errors.go.
	conformance.Classes(t, class, map[channel.Code][]int{
		channel.BadNumber: {1002}, channel.Auth: {1200}, channel.Config: {1001, 1300}, channel.Throttled: {1400},
		channel.Transient: {2000}, channel.TooLong: {3006}, channel.BadRequest: {0, 1000, 1003, 3009, 4711},
	})
	conformance.Classes(t, receiptClass, map[channel.Code][]int{
		channel.RecipientUnavailable: {1, 21, 36, 46, 47}, channel.Refused: {2, 8, 43}, channel.BadNumber: {13, 15}, channel.TooLong: {17},
		channel.Config: {42}, channel.Throttled: {11, 50}, channel.Transient: {14, 23, 35}, channel.Blocked: {26}, channel.Undeliverable: {0, 7, 27, 999},
	})
}
