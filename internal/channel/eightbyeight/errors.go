package eightbyeight

import (
	"encoding/json"
	"strconv"

	"parley/internal/channel"
)

// class is what an error of the API means.
//
// Source: https://developer.8x8.com/connect/docs/api-error-codes; networks.md 7,
// 15: the list is not public in full.
func class(code int) channel.Code {
	switch code {
	case 1002:
		return channel.BadNumber
	case 1200, 1201, 1202:
		return channel.Auth
	case 1001, 1300:
		return channel.Config
	case 1400:
		return channel.Throttled
	case 2000:
		return channel.Transient
	case 3006:
		return channel.TooLong
	}
	return channel.BadRequest // 1000, 1003, 1004, 3005, 3009, 3011, 3020 and what is new
}

// receiptClass is what an error of a delivery receipt means.
//
// Source: https://developer.8x8.com/connect/docs/delivery-receipts-error-codes
func receiptClass(code int) channel.Code {
	switch code {
	case 1, 21, 32, 36, 45, 46, 47:
		return channel.RecipientUnavailable // absent, full, roaming, expired, busy, not reachable
	case 2, 8, 34, 41, 43:
		return channel.Refused // content, denied, screened, rejected, spam
	case 13, 15:
		return channel.BadNumber
	case 17:
		return channel.TooLong
	case 42:
		return channel.Config // no credit
	case 11, 50:
		return channel.Throttled
	case 4, 5, 14, 22, 23, 35, 40, 48, 49, 51:
		return channel.Transient // deferred, congested, or failed inside
	case 26:
		return channel.Blocked
	}
	return channel.Undeliverable // 0: nobody says why
}

// verdict reads an answer that is no 2xx.
func verdict(a channel.Answer) *channel.SendError {
	e := a.Failed()
	var r struct {
		Code    int    `json:"code"`
		Message string `json:"message"`
	}
	if json.Unmarshal(a.Body, &r) != nil || r.Code == 0 {
		return e
	}
	if e.Code == channel.BadRequest {
		e.Code = class(r.Code)
	}
	e.Detail = channel.Words(strconv.Itoa(r.Code) + " " + r.Message)
	return e
}
