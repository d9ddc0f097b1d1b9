package auth

import (
	"strings"
	"testing"
)

func TestNewToken(t *testing.T) {
	one, hash := NewToken("ses")
	other, _ := NewToken("ses")
	if one == other {
		t.Error("A-083: two sessions have one token")
	}
	if !strings.HasPrefix(one, "ses_") || len(one) < 4+43 {
		t.Errorf("A-083: %d characters hold no 256 bits", len(one))
	}
	if hash != Hash(one) || strings.Contains(hash, one) || len(hash) != 64 {
		t.Error("A-083: what is kept is the SHA-256 of the token")
	}
}
