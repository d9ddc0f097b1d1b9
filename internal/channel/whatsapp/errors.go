package whatsapp

import (
	"errors"
	"time"

	"parley/internal/channel"
	"parley/internal/channel/meta"
)

// pairPause is how long the pair limit lasts: one message in six seconds to one person.
//
// Source: networks.md 2, error 131056.
const pairPause = 6 * time.Second

// class is what an error of the Cloud API means. The same numbers come in the
// answer to a call and in a status.
//
// Source: networks.md 2; https://developers.facebook.com/documentation/business-messaging/whatsapp/support/error-codes
func class(code int) channel.Code {
	switch code {
	case 0, 102, 190:
		return channel.Auth
	case 4, 80007, 130429, 131056, 133016:
		return channel.Throttled
	case 2, 131000, 131016, 133004, 135000:
		return channel.Transient
	case 131047:
		return channel.WindowClosed
	case 131050:
		return channel.OptedOut
	case 131026:
		return channel.Undeliverable
	case 130472, 131049:
		return channel.Refused
	case 131048, 131064:
		return channel.Restricted
	case 131031, 368, 130497:
		return channel.Blocked
	case 131052, 131053:
		return channel.MediaFault
	case 132000, 132001, 132005, 132007, 132008, 132012, 132015, 132016, 132068, 132069:
		return channel.TemplateFault
	case 137000:
		return channel.Identity
	case 131021:
		return channel.BadNumber
	case 3, 10, 33, 131005, 131030, 131042, 131045, 131057, 133000, 133005, 133006, 133010:
		return channel.Config
	}
	if code >= 200 && code <= 299 {
		return channel.Config
	}
	return channel.BadRequest // 100, 131008, 131009, 131051, 131062, 131063 and what is new
}

// verdict turns what a call came to into a SendError.
func verdict(err error) error {
	var e *meta.Error
	if !errors.As(err, &e) {
		return err
	}
	out := e.Verdict(class(e.Code))
	if e.Code == 131056 {
		out.Whom, out.After = channel.OneRecipient, max(out.After, pairPause)
	}
	return out
}
