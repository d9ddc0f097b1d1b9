package parley

import (
	"crypto/sha256"
	"encoding/hex"
	"time"
)

// Consent is what a visitor agreed to before their chat began.
//
// Source: issue 4, section 1.
type Consent struct {
	Version string // of the words: see ConsentVersion
	Text    string // as they read it
	At      time.Time
}

// ConsentVersion names a text of consent by its words alone: the same words have
// the same version, whenever and wherever they are asked, and others another one.
func ConsentVersion(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:8])
}
