// Package all lists the networks. Only main and tests import it: a channel does
// not know its neighbors.
package all

import (
	"net/http"

	"parley/internal/channel"
	"parley/internal/channel/eightbyeight"
	"parley/internal/channel/messenger"
	"parley/internal/channel/open"
	"parley/internal/channel/smpp"
	"parley/internal/channel/telegram"
	"parley/internal/channel/twilio"
	"parley/internal/channel/vonage"
	"parley/internal/channel/whatsapp"
	"parley/internal/channel/x"
)

// New returns every network by its provider's name. client is how they reach it;
// dial is for those that do not speak HTTP.
func New(client *http.Client, dial smpp.Dial) map[string]channel.Channel {
	all := map[string]channel.Channel{}
	for _, c := range list(client, dial) {
		all[c.Spec().Provider] = c
	}
	return all
}

// list has a line for each.
func list(client *http.Client, dial smpp.Dial) []channel.Channel {
	return []channel.Channel{
		whatsapp.New(client),
		messenger.New(client),
		messenger.NewInstagram(client),
		x.New(client),
		telegram.New(client),
		twilio.New(client),
		eightbyeight.New(client),
		vonage.New(client),
		smpp.New(dial),
		open.New(client),
	}
}
