// Package seal keeps secrets unreadable in the database: AES-256-GCM, with a key
// that is in a file beside it or in the environment, never in a backup.
//
// Source: A-095.
package seal

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
)

// KeyBytes is the length of a key.
const KeyBytes = 32

// The errors of Open.
var (
	ErrUnknownKey = errors.New("sealed with a key that is not here")
	ErrBroken     = errors.New("sealed for another place, or damaged")
)

// Seal seals and opens. The first of its keys seals; all of them open, so that a
// key can be replaced while both are here.
type Seal struct{ keys []key }

type key struct {
	id   string // the beginning of its SHA-256: tells keys apart, and nothing of them
	aead cipher.AEAD
	mac  []byte // what is signed with, made of the key
}

// New returns a Seal of one key or more.
func New(keys ...[]byte) (*Seal, error) {
	if len(keys) == 0 {
		return nil, errors.New("no key to seal with")
	}
	s := &Seal{}
	for _, raw := range keys {
		if len(raw) != KeyBytes {
			return nil, fmt.Errorf("a key has %d bytes, not %d", KeyBytes, len(raw))
		}
		block, err := aes.NewCipher(raw)
		if err != nil {
			return nil, fmt.Errorf("key: %w", err)
		}
		aead, err := cipher.NewGCM(block)
		if err != nil {
			return nil, fmt.Errorf("key: %w", err)
		}
		sum := sha256.Sum256(raw)
		s.keys = append(s.keys, key{hex.EncodeToString(sum[:4]), aead, mac(raw, "parley signs")})
	}
	return s, nil
}

// NewKey returns a fresh key.
func NewKey() []byte {
	raw := make([]byte, KeyBytes)
	_, _ = rand.Read(raw) // never fails: crypto/rand ends the process instead
	return raw
}

// version begins what this package seals.
const version = "s1"

// Text seals a text for one place. Moved anywhere else it does not open.
func (s *Seal) Text(place, plain string) string {
	k := s.keys[0]
	nonce := make([]byte, k.aead.NonceSize())
	_, _ = rand.Read(nonce) // never fails
	sealed := k.aead.Seal(nonce, nonce, []byte(plain), []byte(place))
	return strings.Join([]string{version, k.id, base64.RawStdEncoding.EncodeToString(sealed)}, ".")
}

// Open is the inverse of Text. Errors: ErrUnknownKey, ErrBroken.
func (s *Seal) Open(place, sealed string) (string, error) {
	parts := strings.Split(sealed, ".")
	if len(parts) != 3 || parts[0] != version {
		return "", ErrBroken
	}
	i := slices.IndexFunc(s.keys, func(k key) bool { return k.id == parts[1] })
	if i < 0 {
		return "", fmt.Errorf("key %s: %w", parts[1], ErrUnknownKey)
	}
	raw, err := base64.RawStdEncoding.DecodeString(parts[2])
	aead := s.keys[i].aead
	if err != nil || len(raw) < aead.NonceSize() {
		return "", ErrBroken
	}
	plain, err := aead.Open(nil, raw[:aead.NonceSize()], raw[aead.NonceSize():], []byte(place))
	if err != nil {
		return "", ErrBroken
	}
	return string(plain), nil
}

// Sealed reports whether a text looks like one of Text's.
func Sealed(text string) bool {
	return strings.HasPrefix(text, version+".") && strings.Count(text, ".") == 2
}

// Current reports whether a text was sealed with the key that seals now.
func (s *Seal) Current(sealed string) bool {
	return strings.HasPrefix(sealed, version+"."+s.keys[0].id+".")
}

// Secrets seals the secrets of an owner, each for its name there.
func (s *Seal) Secrets(owner string, secrets map[string]string) []byte {
	if len(secrets) == 0 {
		return nil
	}
	sealed := make(map[string]string, len(secrets))
	for name, plain := range secrets {
		sealed[name] = s.Text(owner+" "+name, plain)
	}
	out, _ := json.Marshal(sealed) // strings always can
	return out
}

// AllCurrent is Current for what Secrets sealed.
func (s *Seal) AllCurrent(sealed []byte) bool {
	var kept map[string]string
	if json.Unmarshal(sealed, &kept) != nil {
		return false
	}
	for _, text := range kept {
		if !s.Current(text) {
			return false
		}
	}
	return true
}

// OpenSecrets is the inverse of Secrets. What does not open is left out.
// Errors: ErrUnknownKey, ErrBroken, each with the secret's name.
func (s *Seal) OpenSecrets(owner string, sealed []byte) (map[string]string, error) {
	if len(sealed) == 0 {
		return map[string]string{}, nil
	}
	var kept map[string]string
	if err := json.Unmarshal(sealed, &kept); err != nil {
		return nil, ErrBroken
	}
	out := make(map[string]string, len(kept))
	var errs []error
	for name, text := range kept {
		plain, err := s.Open(owner+" "+name, text)
		if err != nil {
			errs = append(errs, fmt.Errorf("%s: %w", name, err))
			continue
		}
		out[name] = plain
	}
	return out, errors.Join(errs...)
}
