package courier

import (
	"fmt"

	"parley"
	"parley/internal/channel"
	"parley/internal/store"
)

// The states of a part that are not a network's word.
const (
	partTrying      = "trying" // it is on its way, and may have arrived
	partUnconfirmed = string(parley.DeliveryUnconfirmed)
	partFailed      = string(parley.DeliveryFailed)
)

// tryID stands for the network's id of a part until there is one.
func tryID(m parley.MessageID, part int) string { return fmt.Sprintf("try:%s:%d", m, part) }

// pieces are the messages of a network that one of ours becomes: its text, cut
// where it is too long, and each of its files. A text that fits goes as the
// caption of the only file.
//
// Source: CNV-05.
func pieces(m parley.Message, s channel.Spec) []parley.Outbound {
	var out []parley.Outbound
	content := m.Content
	if content == nil {
		content = &parley.Content{}
	}
	one := parley.Outbound{ID: m.ID, Human: m.Sender == parley.FromAgent, Options: content.Options}
	files := content.Files
	captioned := len(files) == 1 && channel.Size(m.Text, channel.CodePoints) <= s.Files.Text
	switch {
	case content.Template != nil:
		p := one
		p.Text, p.Template = m.Text, content.Template
		out = append(out, p)
	case m.Text != "" && !captioned:
		for _, text := range channel.Split(m.Text, limitOf(s), s.Unit) {
			p := one
			p.Text = text
			out = append(out, p)
		}
		for i := range len(out) - 1 {
			out[i].Options = nil // they stand below the last one
		}
	}
	for _, f := range files {
		p := one
		p.File, p.Options = &parley.OutFile{Kind: f.Kind, Name: f.Name, Type: f.Type}, nil
		if captioned {
			p.Text, p.Options = m.Text, content.Options
		}
		out = append(out, p)
	}
	for i := range out {
		out[i].Part, out[i].Parts = i, len(out)
	}
	return out
}

// limitOf is the longest text of one message of a network.
func limitOf(s channel.Spec) int {
	if s.Limit > 0 {
		return s.Limit
	}
	return 1 << 20
}

// partState is how a part stands.
func partState(x store.External) parley.DeliveryState {
	if x.State == partTrying {
		return parley.DeliveryPending
	}
	return parley.DeliveryState(x.State)
}

// lowness orders the states of parts: the lowest is how the message stands.
var lowness = map[parley.DeliveryState]int{
	parley.DeliveryFailed: 0, parley.DeliveryUnconfirmed: 1, parley.DeliveryPending: 2, parley.DeliverySent: 3,
	parley.DeliveryDelivered: 4, parley.DeliveryRead: 5, parley.DeliveryPlayed: 6,
}

// standing returns how a message stands that became so many parts.
func standing(total int, parts []store.External) parley.DeliveryState {
	lowest := parley.DeliveryPlayed
	if len(parts) < max(total, 1) {
		lowest = parley.DeliveryPending
	}
	for _, x := range parts {
		if s := partState(x); lowness[s] < lowness[lowest] {
			lowest = s
		}
	}
	return lowest
}

// nextPart returns the first part that has not gone, and whether one was left
// behind on its way by a process that is no more.
func nextPart(parts []store.External) (next int, left bool) {
	gone := map[int]bool{}
	for _, x := range parts {
		if x.State == partTrying {
			left = true
		}
		gone[x.Part] = true
	}
	for gone[next] {
		next++
	}
	return next, left
}
