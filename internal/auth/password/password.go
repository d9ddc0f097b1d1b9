// Package password keeps and checks passwords with argon2id.
package password

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"encoding/base64"
	"fmt"
	"runtime"
	"strings"
	"unicode/utf8"

	"golang.org/x/crypto/argon2"
	"golang.org/x/text/unicode/norm"

	"parley/internal/auth"
)

// LengthMin and LengthMax bound a password.
//
// Unit: code points.
// Source: A-091, NIST SP 800-63B.
const (
	LengthMin = 8
	LengthMax = 256
)

// The cost of one hash: 19 MiB, two passes, one lane.
//
// Source: OWASP Password Storage Cheat Sheet.
const (
	memoryKiB = 19 * 1024
	passes    = 2
	lanes     = 1
	keyBytes  = 32
	saltBytes = 16
)

// Hasher hashes as many passwords at once as there are cores, so that a rush of
// sign-ins leaves the rest of the program its share.
type Hasher struct {
	free  chan struct{} // one token per hash that may run
	dummy string
}

// New returns a Hasher.
func New() *Hasher {
	h := &Hasher{free: make(chan struct{}, runtime.GOMAXPROCS(0))}
	h.dummy = encode(make([]byte, saltBytes), make([]byte, keyBytes))
	return h
}

// Check says what is wrong with a new password, "" if nothing: too_short or
// too_long.
func Check(password string) string {
	switch n := utf8.RuneCountInString(password); {
	case n < LengthMin:
		return "too_short"
	case n > LengthMax:
		return "too_long"
	}
	return ""
}

// Hash returns what is kept of a password.
func (h *Hasher) Hash(ctx context.Context, password string) (string, error) {
	salt := make([]byte, saltBytes)
	_, _ = rand.Read(salt) // never fails
	key, err := h.key(ctx, password, salt)
	if err != nil {
		return "", err
	}
	return encode(salt, key), nil
}

// Verify compares a password with what is kept of it. An empty kept takes as
// long and fits nothing, so that nobody learns which names exist.
//
// Errors: auth.ErrWrongPassword.
// Source: A-081.
func (h *Hasher) Verify(ctx context.Context, kept, password string) error {
	known := kept != ""
	if !known {
		kept = h.dummy
	}
	salt, want, err := decode(kept)
	if err != nil {
		return err
	}
	if len(password) > 4*LengthMax { // longer than any password can be: not worth a hash
		return auth.ErrWrongPassword
	}
	got, err := h.key(ctx, password, salt)
	if err != nil {
		return err
	}
	if subtle.ConstantTimeCompare(got, want) != 1 || !known {
		return auth.ErrWrongPassword
	}
	return nil
}

func (h *Hasher) key(ctx context.Context, password string, salt []byte) ([]byte, error) {
	select {
	case h.free <- struct{}{}:
		defer func() { <-h.free }()
	case <-ctx.Done():
		return nil, fmt.Errorf("wait to hash: %w", ctx.Err())
	}
	secret := norm.NFKC.String(password)
	return argon2.IDKey([]byte(secret), salt, passes, memoryKiB, lanes, keyBytes), nil
}

// form is the PHC string format of argon2id.
//
// Source: https://github.com/P-H-C/phc-string-format
const form = "$argon2id$v=%d$m=%d,t=%d,p=%d$"

func encode(salt, key []byte) string {
	b := base64.RawStdEncoding
	return fmt.Sprintf(form, argon2.Version, memoryKiB, passes, lanes) + b.EncodeToString(salt) + "$" + b.EncodeToString(key)
}

func decode(kept string) (salt, key []byte, err error) {
	rest, ok := strings.CutPrefix(kept, fmt.Sprintf(form, argon2.Version, memoryKiB, passes, lanes))
	if !ok {
		return nil, nil, fmt.Errorf("a password is kept in an unknown form")
	}
	first, second, _ := strings.Cut(rest, "$")
	if salt, err = base64.RawStdEncoding.DecodeString(first); err != nil {
		return nil, nil, fmt.Errorf("read the salt of a password: %w", err)
	}
	if key, err = base64.RawStdEncoding.DecodeString(second); err != nil {
		return nil, nil, fmt.Errorf("read the hash of a password: %w", err)
	}
	return salt, key, nil
}
