package smpp

import (
	"fmt"
	"time"

	"parley"
	"parley/internal/channel"
)

// pause is how long we wait where a network says it is too much.
const pause = time.Second

// class is what a command_status means.
//
// Source: SMPP 3.4, section 5.1.3; networks.md 8.
func class(status uint32) channel.Code {
	switch status {
	case 0x14, 0x58:
		return channel.Throttled // queue full, throttled
	case 0x04, 0x05, 0x08, 0x0d, 0x45, 0x64:
		return channel.Transient // bind state, already bound, system error, bind failed, submit failed, not now
	case 0x0e, 0x0f:
		return channel.Auth
	case 0x0a, 0x48, 0x49, 0x53:
		return channel.Config // our number, its type, our system type
	case 0x0b, 0x50, 0x51:
		return channel.BadNumber
	case 0x01:
		return channel.TooLong
	case 0x65, 0x66:
		return channel.Refused
	case 0xfe, 0xff:
		return channel.Undeliverable
	}
	if status >= 0x400 && status <= 0x4ff {
		return channel.Refused // the network's own
	}
	return channel.BadRequest
}

// verdict is a command_status as an error; nil for none.
func verdict(status uint32) *channel.SendError {
	if status == 0 {
		return nil
	}
	e := &channel.SendError{Code: class(status), Detail: fmt.Sprintf("command_status 0x%02x", status)}
	if e.Code == channel.Throttled {
		e.After = pause
	}
	return e
}

// states are those of a receipt.
//
// Source: SMPP 3.4, section 5.2.28 and appendix B.
var states = map[string]byte{"ENROUTE": 1, "DELIVRD": 2, "EXPIRED": 3, "DELETED": 4, "UNDELIV": 5, "ACCEPTD": 6, "UNKNOWN": 7, "REJECTD": 8}

// reached is what a receipt's state means; "" for one that changes nothing.
func reached(state byte) (parley.DeliveryState, channel.Code) {
	switch state {
	case 1, 6:
		return parley.DeliverySent, ""
	case 2:
		return parley.DeliveryDelivered, ""
	case 3:
		return parley.DeliveryFailed, channel.RecipientUnavailable
	case 4, 5:
		return parley.DeliveryFailed, channel.Undeliverable
	case 8:
		return parley.DeliveryFailed, channel.Refused
	}
	return "", ""
}
