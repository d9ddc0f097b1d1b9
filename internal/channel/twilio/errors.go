package twilio

import (
	"encoding/json"
	"strconv"

	"parley/internal/channel"
)

// class is what an error of Twilio means. The same numbers come in the answer to
// a call and in a status.
//
// Source: networks.md 5; https://www.twilio.com/docs/api/errors
func class(code int) channel.Code {
	switch code {
	case 20429, 14107, 21611, 30001, 30022, 63018:
		return channel.Throttled
	case 20500, 20503, 30008, 30017, 30410:
		return channel.Transient
	case 20003:
		return channel.Auth
	case 10001, 20005, 30002:
		return channel.Blocked
	case 21211, 21217, 21614, 30005, 30006:
		return channel.BadNumber
	case 21610:
		return channel.OptedOut
	case 21612, 30003:
		return channel.RecipientUnavailable
	case 21617:
		return channel.TooLong
	case 30004, 30007, 30038, 30039:
		return channel.Refused
	case 30023, 30027:
		return channel.Restricted
	case 0, 30009:
		return channel.Undeliverable // 0: it failed and nobody says why
	case 20006, 20008, 20404, 21212, 21402, 21408, 21606, 21608, 21659, 21660, 21703, 21712, 30010, 30024, 30032, 30034:
		return channel.Config
	case 21620, 30011, 30019:
		return channel.MediaFault
	case 63016:
		return channel.WindowClosed
	}
	return channel.BadRequest // 21602, 21603, 21604, 21609 and what is new
}

// refusal is Twilio's error document.
type refusal struct {
	Code    int    `json:"code"`
	Message string `json:"message"`
}

// verdict reads an answer that is no 2xx.
func verdict(a channel.Answer) *channel.SendError {
	e := a.Failed()
	var r refusal
	if json.Unmarshal(a.Body, &r) != nil || r.Code == 0 {
		return e
	}
	if e.Code != channel.UnknownOutcome {
		e.Code = class(r.Code)
	}
	e.Detail = channel.Words(strconv.Itoa(r.Code) + " " + r.Message)
	return e
}
