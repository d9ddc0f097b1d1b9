package api

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
)

// randomToken returns prefix and size random bytes, in an alphabet that is safe
// in a header, a protocol name and a nonce.
//
// Unit of size: bytes.
func randomToken(prefix string, size int) string {
	b := make([]byte, size)
	_, _ = rand.Read(b) // never fails: crypto/rand ends the process instead
	return prefix + base64.RawURLEncoding.EncodeToString(b)
}

// digest is how a secret is kept in memory.
func digest(secret string) [sha256.Size]byte { return sha256.Sum256([]byte(secret)) }

// newNonce returns what marks the scripts and styles of one answer as ours.
func newNonce() string { return randomToken("", 16) }
