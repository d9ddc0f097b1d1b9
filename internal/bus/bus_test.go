package bus

import (
	"context"
	"errors"
	"slices"
	"testing"
)

var _ Bus = (*Memory)(nil)

func TestMemory(t *testing.T) {
	b := NewMemory()
	var heard []string
	hear := func(who string) func([]byte) []byte {
		return func(data []byte) []byte {
			heard = append(heard, who+" "+string(data))
			return []byte(who)
		}
	}
	if _, err := b.Request(t.Context(), "typing", nil); !errors.Is(err, ErrNobody) {
		t.Fatalf("a request nobody hears: %v, want %v", err, ErrNobody)
	}
	stopAmy, _ := b.Subscribe("typing", hear("amy"))
	_, _ = b.Subscribe("typing", hear("bob"))
	_, _ = b.Subscribe("viewing", hear("sam"))
	_ = b.Publish("typing", []byte("1"))
	stopAmy()
	_ = b.Publish("typing", []byte("2"))
	if want := []string{"amy 1", "bob 1", "bob 2"}; !slices.Equal(heard, want) {
		t.Errorf("heard %v, want %v", heard, want)
	}
	if got, err := b.Request(t.Context(), "typing", []byte("3")); err != nil || string(got) != "bob" {
		t.Errorf("request: %q, %v; want bob's answer", got, err)
	}
	over, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := b.Request(over, "typing", nil); !errors.Is(err, context.Canceled) {
		t.Errorf("a request whose asker is gone: %v", err)
	}
}
