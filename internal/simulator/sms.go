package simulator

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"
)

// Segments cuts a text as the SMS networks do: 160 septets alone or 153 a part,
// or 70 and 67 UTF-16 units where one character is in no GSM alphabet (unicode).
func Segments(text string) (parts []string, unicode bool) {
	alone, each := 160, 153
	cost := func(r rune) int { return len(septets[r]) }
	octets, gsm := GSMBytes(text)
	size := len(octets)
	if !gsm {
		alone, each, size = 70, 67, len(UCSBytes(text))/2
		cost = func(r rune) int { return len(UCSBytes(string(r))) / 2 }
	}
	if size <= alone {
		return []string{text}, !gsm
	}
	start, full := 0, 0
	for i, r := range text {
		if full+cost(r) > each {
			parts = append(parts, text[start:i])
			start, full = i, 0
		}
		full += cost(r)
	}
	return append(parts, text[start:]), !gsm
}

// Units is how long a text is in UTF-16, as the HTTP providers count.
func Units(text string) int { return len(UCSBytes(text)) / 2 }

var e164 = regexp.MustCompile(`^\+[1-9][0-9]{6,14}$`)

// E164 writes a number with its plus, whatever separators it came with; false
// where it is no international number.
func E164(number string) (string, bool) {
	n := "+" + strings.TrimPrefix(strings.NewReplacer(" ", "", "-", "", "(", "", ")", "", ".", "").Replace(number), "+")
	return n, e164.MatchString(n)
}

// Fate is what a message meets. The zero value: it arrives.
type Fate struct {
	Code string // the network's own
	Now  bool   // in the answer to the call, not in a status later
}

// Handsets is what an SMS network knows of its phones. The zero value is ready.
type Handsets struct {
	mu      sync.Mutex
	refuses map[string]Fate   // by number: what every message to it meets
	fails   map[string][]Fate // by number: what the next ones meet
	stopped map[string]bool   // who texted STOP
}

// Switch takes the kinds every phone has for itself: fail (what the next message
// to it meets: Options["code"], and at once with Options["now"]="true"), refuse
// (the same for all from now on) and accept. handled is false for anything else.
func (h *Handsets) Switch(in In) (handled bool, err error) {
	if in.Kind != "fail" && in.Kind != "refuse" && in.Kind != "accept" {
		return false, nil
	}
	fate := Fate{Code: in.Options["code"], Now: in.Options["now"] == "true"}
	if fate.Code == "" && in.Kind != "accept" {
		return true, fmt.Errorf("%w: %s needs the option code", ErrCannot, in.Kind)
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.refuses == nil || len(h.refuses)+len(h.fails) >= ThreadsMax {
		h.refuses, h.fails = map[string]Fate{}, map[string][]Fate{}
	}
	switch in.Kind {
	case "accept":
		delete(h.refuses, in.From)
		delete(h.fails, in.From)
	case "refuse":
		h.refuses[in.From] = fate
	default:
		h.fails[in.From] = append(h.fails[in.From][max(0, len(h.fails[in.From])-99):], fate)
	}
	return true, nil
}

// Next returns what the next message to a number meets, and that is then over.
func (h *Handsets) Next(number string) Fate {
	h.mu.Lock()
	defer h.mu.Unlock()
	waiting := h.fails[number]
	if len(waiting) == 0 {
		return h.refuses[number]
	}
	if h.fails[number] = waiting[1:]; len(waiting) == 1 {
		delete(h.fails, number)
	}
	return waiting[0]
}

// Known notes the name a phone gives, for whoever looks at its thread.
func (l *Line) Known(in In) {
	if in.Name != "" {
		l.Touch(in.From, func(t *Thread) { t.Name = in.Name })
	}
}

// Keyword is STOP, START or HELP where the text is one of the words networks
// listen for, and "" else.
//
// Source: www.twilio.com/docs: advanced opt-out, default keywords.
func Keyword(text string) string {
	word := strings.ToUpper(strings.TrimSpace(text))
	switch {
	case slices.Contains([]string{"STOP", "STOPALL", "UNSUBSCRIBE", "CANCEL", "END", "QUIT", "REVOKE", "OPTOUT"}, word):
		return "STOP"
	case slices.Contains([]string{"START", "YES", "UNSTOP"}, word):
		return "START"
	case word == "HELP" || word == "INFO":
		return "HELP"
	}
	return ""
}

// Word remembers what a keyword of Keyword means for the number that sent it.
func (h *Handsets) Word(number, keyword string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	switch keyword {
	case "STOP":
		if h.stopped == nil || len(h.stopped) >= ThreadsMax {
			h.stopped = map[string]bool{}
		}
		h.stopped[number] = true
	case "START":
		delete(h.stopped, number)
	}
}

// Clear forgets what every phone refuses and who stopped.
func (h *Handsets) Clear() {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.refuses, h.fails, h.stopped = nil, nil, nil
}

// Stopped reports whether a number texted STOP and not START since.
func (h *Handsets) Stopped(number string) bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.stopped[number]
}

// Hex returns 32 hexadecimal digits that no other call of this simulator got:
// what follows the letters in a provider's id.
func (l *Line) Hex() string {
	sum := sha256.Sum256(fmt.Appendf(nil, "%s %d %d", l.account.ID, l.sim.opts.Seed, l.Serial()))
	return hex.EncodeToString(sum[:16])
}

// UUID is Hex in the form of a UUID, version 4.
func (l *Line) UUID() string {
	h := []byte(l.Hex())
	h[12], h[16] = '4', '8'
	return fmt.Sprintf("%s-%s-%s-%s-%s", h[:8], h[8:12], h[12:16], h[16:20], h[20:])
}

// Begin is the first n characters of a text.
func Begin(text string, n int) string {
	if utf8.RuneCountInString(text) <= n {
		return text
	}
	return string([]rune(text)[:n])
}
