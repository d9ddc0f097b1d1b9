// Package auth holds the words of sign-in that every way of signing in shares:
// tokens, and what a person is told when a session ends.
package auth

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"time"
)

// SessionIdle is how long a session lives without use; SessionLife how long at
// most.
//
// Source: SEC-08, A-083.
const (
	SessionIdle = 12 * time.Hour
	SessionLife = 30 * 24 * time.Hour
)

// Why a session ended; Rescoped is no end: the rights changed, and whoever
// holds a connection must come back for them.
//
// Source: SEC-08, A-044.
const (
	SignedOut = "signed_out"
	TakenOver = "taken_over"
	Revoked   = "revoked" // by an administrator, or with a new password
	Disabled  = "disabled"
	Expired   = "expired"
	LoggedOut = "logged_out" // by a supervisor, or the link was lost for good
	Rescoped  = "rescoped"
)

// ErrWrongPassword is a password that does not fit. It is told to nobody: the
// doors say wrong_sign_in for every reason.
var ErrWrongPassword = errors.New("wrong password")

// NewToken returns a secret of 256 random bits and the hash to keep of it.
func NewToken(prefix string) (token, hash string) {
	var b [32]byte
	_, _ = rand.Read(b[:]) // never fails: crypto/rand ends the process instead
	token = prefix + "_" + base64.RawURLEncoding.EncodeToString(b[:])
	return token, Hash(token)
}

// Hash returns what is kept of a token. A token is random, so no salt is needed.
func Hash(token string) string {
	sum := sha256.Sum256([]byte(token))
	return hex.EncodeToString(sum[:])
}
