package crm

import (
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf16"

	"parley"
)

// labels are the words of a summary.
type labels struct {
	channel, queue, agent, phone, initiated, accepted, ended, codes, transaction, origin, notes string
}

// labelsOf are those of a language. A French colon has a no-break space before it.
func labelsOf(language string) labels {
	if strings.HasPrefix(language, "fr") {
		return labels{
			"Canal\u00a0", "File\u00a0", "Agent\u00a0", "T\u00e9l\u00e9phone\u00a0", "D\u00e9but\u00a0", "Acceptation\u00a0", "Fin\u00a0", "Codes\u00a0",
			"Transaction\u00a0", "Transaction d'origine\u00a0", "Notes\u00a0",
		}
	}
	return labels{"Channel", "Queue", "Agent", "Phone", "Initiated", "Accepted", "Ended", "Codes", "Transaction", "Origin", "Notes"}
}

// Summary is what somebody reads of a log without opening its transcript.
//
// Source: DYN-06, CRM-08.
func (l Log) Summary() string {
	var b strings.Builder
	w := labelsOf(l.Language)
	line := func(name, value string) {
		if value != "" {
			fmt.Fprintf(&b, "%s: %s\n", name, value)
		}
	}
	line(w.channel, l.Channel)
	line(w.queue, l.Queue)
	line(w.agent, l.Agent)
	line(w.phone, l.Phone)
	line(w.initiated, moment(l.Initiated))
	line(w.accepted, moment(l.Accepted))
	line(w.ended, moment(l.Ended))
	line(w.codes, strings.Join(l.Codes, ", "))
	line(w.transaction, l.Transaction)
	if l.Origin != l.Transaction {
		line(w.origin, l.Origin)
	}
	line(w.notes, l.Notes)
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

// messenger is what people call Facebook's channel.
const messenger = "messenger"

// networks are the channels that know people by a handle or an id.
var networks = []parley.Channel{parley.Facebook, parley.Instagram, parley.X, parley.WhatsApp, parley.Telegram, parley.Open, messenger}

// Column returns the column that a setting of lines "channel = column" names for a
// channel, "" if it names none.
func Column(setting, channel string) string {
	for line := range strings.Lines(setting) {
		of, name, _ := strings.Cut(line, "=")
		of = strings.TrimSpace(of)
		if of == channel || of == messenger && channel == string(parley.Facebook) {
			return strings.TrimSpace(name)
		}
	}
	return ""
}

// Columns reports whether every line of such a setting begins with a channel that
// there is: one mistyped would never be asked about.
func Columns(setting string) bool {
	for line := range strings.Lines(setting) {
		of, _, named := strings.Cut(line, "=")
		if named && !slices.Contains(networks, parley.Channel(strings.TrimSpace(of))) {
			return false
		}
	}
	return true
}
