package crm

import (
	"fmt"
	"strings"
	"time"
	"unicode/utf16"
)

// Summary is what somebody reads of a log without opening its transcript.
//
// Source: DYN-06, CRM-08.
func (l Log) Summary() string {
	var b strings.Builder
	line := func(name, value string) {
		if value != "" {
			fmt.Fprintf(&b, "%s: %s\n", name, value)
		}
	}
	line("Channel", l.Channel)
	line("Queue", l.Queue)
	line("Agent", l.Agent)
	line("Phone", l.Phone)
	line("Initiated", moment(l.Initiated))
	line("Accepted", moment(l.Accepted))
	line("Ended", moment(l.Ended))
	line("Codes", strings.Join(l.Codes, ", "))
	line("Transaction", l.Transaction)
	if l.Origin != l.Transaction {
		line("Origin", l.Origin)
	}
	line("Notes", l.Notes)
	return strings.TrimSpace(b.String())
}

func moment(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format("2006-01-02 15:04:05 UTC")
}

// Began is when somebody began to answer, or else when the customer came.
func (l Log) Began() time.Time {
	if l.Accepted.IsZero() {
		return l.Initiated
	}
	return l.Accepted
}

// Lasted is how long that was, 0 if it is not known.
func (l Log) Lasted() time.Duration {
	if l.Began().IsZero() {
		return 0
	}
	return max(0, l.Ended.Sub(l.Began()))
}

// Cut returns the beginning of a text that a column of so many UTF-16 units holds.
// What is cut stands whole elsewhere.
func Cut(s string, most int) string {
	units := 0
	for i, r := range s {
		if units += max(1, utf16.RuneLen(r)); units > most {
			return s[:i]
		}
	}
	return s
}

// Column returns the column that a setting of lines "channel = column" names for a
// channel, "" if it names none.
func Column(setting, channel string) string {
	for line := range strings.Lines(setting) {
		of, name, _ := strings.Cut(line, "=")
		if strings.TrimSpace(of) == channel {
			return strings.TrimSpace(name)
		}
	}
	return ""
}
