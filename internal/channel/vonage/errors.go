package vonage

import (
	"regexp"
	"strconv"
	"strings"
	"time"

	"parley/internal/channel"
)

// class is what a status of the answer means; words tell which parameter it is about.
//
// Source: networks.md 6; https://developer.vonage.com/en/api-errors/sms
func class(status, words string) channel.Code {
	switch status {
	case "1":
		return channel.Throttled
	case "5", "10":
		return channel.Transient
	case "4":
		return channel.Auth
	case "3":
		if strings.HasSuffix(words, ": to") {
			return channel.BadNumber
		}
		return channel.BadRequest
	case "6", "33":
		return channel.BadNumber
	case "7":
		return channel.RecipientUnavailable
	case "8":
		return channel.Blocked
	case "9", "11", "14", "15", "23", "29":
		return channel.Config // no credit, not enabled, sender, callback, trial
	case "12":
		return channel.TooLong
	}
	return channel.BadRequest // 2, 22 and what is new
}

// receiptClass is what the err-code of a delivery receipt means.
//
// Source: https://developer.vonage.com/en/messaging/sms/guides/delivery-receipts#dlr-error-codes
func receiptClass(code string) channel.Code {
	switch code {
	case "2", "7", "12":
		return channel.RecipientUnavailable
	case "3", "5", "9", "11":
		return channel.BadNumber
	case "4", "53":
		return channel.OptedOut // barred by the user, no consent
	case "6", "10", "13", "14", "50", "51", "52", "54":
		return channel.Refused
	case "8":
		return channel.Transient
	case "15", "16":
		return channel.Config
	}
	return channel.Undeliverable // 1, 99: nobody says why
}

var pause = regexp.MustCompile(`\[ *([0-9]{1,6}) *\]`)

// verdict is what a row of the answer means that is no yes.
func verdict(status, words string) *channel.SendError {
	e := &channel.SendError{Code: class(status, words), Detail: channel.Words(strings.TrimSpace(status + " " + words))}
	if found := pause.FindStringSubmatch(words); found != nil && e.Code == channel.Throttled {
		ms, _ := strconv.Atoi(found[1]) // digits they are
		e.After = time.Duration(ms) * time.Millisecond
	}
	return e
}
