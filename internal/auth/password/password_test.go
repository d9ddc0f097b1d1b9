package password

import (
	"context"
	"errors"
	"strings"
	"testing"

	"parley/internal/auth"
)

func TestVerify(t *testing.T) {
	h, ctx := New(), context.Background()
	kept, err := h.Hash(ctx, "correct horse")
	if err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(kept, "$argon2id$v=19$m=19456,t=2,p=1$") {
		t.Errorf("A-095: kept as %s", kept)
	}
	if err := h.Verify(ctx, kept, "correct horse"); err != nil {
		t.Errorf("the right password: %v", err)
	}
	for name, try := range map[string][2]string{
		"a wrong password":                  {kept, "correct house"},
		"A-081: an unknown name":            {"", "correct horse"},
		"A-091: a password of a megabyte":   {kept, strings.Repeat("x", 1<<20)},
		"A-081: the dummy fits nothing":     {"", ""},
		"A-081: the dummy's own zero bytes": {"", string(make([]byte, 16))},
	} {
		if err := h.Verify(ctx, try[0], try[1]); !errors.Is(err, auth.ErrWrongPassword) {
			t.Errorf("%s: got %v", name, err)
		}
	}
	if other, _ := h.Hash(ctx, "correct horse"); other == kept {
		t.Error("two people with one password have one hash")
	}
}

func TestVerifyWaits(t *testing.T) {
	h := New()
	for range cap(h.free) {
		h.free <- struct{}{}
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if err := h.Verify(ctx, "", "x"); !errors.Is(err, context.Canceled) {
		t.Errorf("no more hashes than cores at once: got %v", err)
	}
}

func TestCheck(t *testing.T) {
	for in, want := range map[string]string{
		"demo":                                "too_short",
		"12345678":                            "",
		strings.Repeat("\u00e9", LengthMax):   "",
		strings.Repeat("\u00e9", LengthMax+1): "too_long",
	} {
		if got := Check(in); got != want {
			t.Errorf("A-091: %d bytes: got %q, want %q", len(in), got, want)
		}
	}
}
