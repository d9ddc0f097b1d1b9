package messenger

import "parley/internal/channel"

// class is what an error of the Send API means.
//
// Source: networks.md 3; https://developers.facebook.com/documentation/business-messaging/messenger-platform/error-codes
func class(code, subcode, status int) channel.Code {
	switch subcode {
	case 2018278, 2534022:
		return channel.WindowClosed
	case 2018001, 1545041:
		return channel.RecipientUnavailable
	case 2018065, 2018108:
		return channel.Config
	case 2018300:
		return channel.Elsewhere
	case 2018022, 2018109:
		return channel.Throttled
	case 1893061:
		return channel.BadRequest // a tag that was retired
	case 2018007, 2018008, 2018047, 2018294, 2018320:
		return channel.MediaFault
	}
	switch code {
	case 0, 102, 190:
		return channel.Auth
	case 4, 17, 32, 80006, 613:
		return channel.Throttled
	case 1, 2, 1200:
		return channel.Transient
	case 551:
		return channel.RecipientUnavailable
	case 3, 10, 230:
		return channel.Config
	case 546: // a type of file it does not take
		return channel.MediaFault
	case 368:
		return channel.Blocked
	}
	switch {
	case code >= 200 && code <= 299:
		return channel.Config
	case status == 502 || status == 504:
		return channel.UnknownOutcome
	case status >= 500:
		return channel.Transient
	}
	return channel.BadRequest
}
