package smpp

import (
	"fmt"
	"regexp"
	"strings"

	"parley"
	"parley/internal/channel"
)

// classReceipt is the esm_class of a delivery receipt.
const classReceipt byte = 0x04

// receiptField finds one field of a receipt's text.
//
// Source: SMPP 3.4, appendix B.
var receiptField = regexp.MustCompile(`(?i)\b(id|stat|err):\s*([^\s]{1,65})`)

// receipt reads what became of a message, out of the text or the parameters that
// say the same better. ids says how the network writes ids.
func receipt(m short, ids string) channel.Received {
	id, stat, fault := "", "", ""
	for _, f := range receiptField.FindAllStringSubmatch(beforeText(string(m.octets())), -1) {
		switch strings.ToLower(f[1]) {
		case "id":
			id = f[2]
		case "stat":
			stat = strings.ToUpper(f[2])
		case "err":
			fault = f[2]
		}
	}
	state := states[stat]
	if value, ok := m.tlvs[tagMessageID]; ok {
		id = strings.TrimRight(string(value), "\x00")
	}
	if value := m.tlvs[tagState]; len(value) == 1 {
		state = value[0]
	}
	if value := m.tlvs[tagError]; len(value) == 3 && fault == "" {
		fault = fmt.Sprintf("%03d", int(value[1])<<8|int(value[2]))
	}
	id = canonical(id, ids == "dec_hex")
	if id == "" || len(id) > 64 || state == 0 {
		return channel.Received{Odd: "no_id"}
	}
	s := parley.Status{ExternalID: id}
	var code channel.Code
	if s.State, code = reached(state); s.State == "" {
		return channel.Received{}
	}
	if s.State == parley.DeliveryFailed {
		s.Code, s.Detail = string(code), channel.Words(strings.TrimSpace(fmt.Sprintf("%s %s", stateName(state), fault)))
	}
	return channel.Received{Statuses: []parley.Status{s}}
}

// beforeText cuts the words of the message off a receipt: they are the customer's
// and may look like fields.
func beforeText(s string) string {
	if i := strings.Index(strings.ToLower(s), "text:"); i >= 0 {
		return s[:i]
	}
	return s
}

func stateName(state byte) string {
	for name, s := range states {
		if s == state {
			return name
		}
	}
	return fmt.Sprint(state)
}
