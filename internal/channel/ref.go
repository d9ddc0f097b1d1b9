package channel

import (
	"strconv"
	"strings"

	"parley"
)

// Ref is what a network is given to tell our messages by, where it gives it
// back: the message's id, and the part where there are several. ParseRef reads it.
func Ref(m parley.Outbound) string {
	if m.Parts <= 1 {
		return string(m.ID)
	}
	return string(m.ID) + ":" + strconv.Itoa(m.Part)
}

// PartReaction stands in place of a part: the word is on our reaction to a
// customer's message.
const PartReaction = -1

// RefReaction is what a network is given to tell our reaction to a message by.
func RefReaction(id parley.MessageID) string { return string(id) + ":r" }

// ParseRef returns the message's id and the part; "" if it is not one of ours.
func ParseRef(s string) (id string, part int) {
	id, tail, several := strings.Cut(s, ":")
	if !strings.HasPrefix(id, "msg_") || len(id) > 64 {
		return "", 0
	}
	if !several {
		return id, 0
	}
	if tail == "r" {
		return id, PartReaction
	}
	n, err := strconv.ParseUint(tail, 10, 15)
	if err != nil {
		return "", 0
	}
	return id, int(n)
}
