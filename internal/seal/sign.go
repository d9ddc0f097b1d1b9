package seal

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
)

// Sign returns a text that only we can make of another: it travels in an address
// and says that the address is ours.
//
// Source: A-021.
func (s *Seal) Sign(text string) string { return hex.EncodeToString(mac(s.keys[0].mac, text)) }

// Signed reports whether a signature is of a text, by any key that is here.
func (s *Seal) Signed(text, signature string) bool {
	given, err := hex.DecodeString(signature)
	if err != nil {
		return false
	}
	for _, k := range s.keys {
		if hmac.Equal(given, mac(k.mac, text)) {
			return true
		}
	}
	return false
}

func mac(key []byte, text string) []byte {
	h := hmac.New(sha256.New, key)
	h.Write([]byte(text))
	return h.Sum(nil)
}
