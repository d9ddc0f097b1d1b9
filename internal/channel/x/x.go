// Package x speaks X's direct messages: webhooks of the X Activity API and of the
// older Account Activity API, and version 2 of the messages API.
//
// Source: https://docs.x.com/x-api/direct-messages/manage/introduction
package x

import (
	"net/http"
	"regexp"
	"strings"
	"sync"

	"parley"
	"parley/internal/channel"
)

// X is the network for one client.
type X struct {
	client *http.Client
	clock  parley.Clock
	mu     sync.Mutex                          // kept
	kept   map[parley.EntryPointID]*safekeeper // who keeps an entry point's token alive
}

// New returns the channel; client reaches the network.
func New(client *http.Client) *X {
	return &X{client: client, clock: parley.NewSystemClock(), kept: map[parley.EntryPointID]*safekeeper{}}
}

// baseURL is X's API.
const baseURL = "https://api.x.com"

// fileBytesMax is the largest picture in a direct message.
//
// Source: https://docs.x.com/x-api/media/quickstart/best-practices
const fileBytesMax = 5 << 20

// Spec says what X can do. How many messages it takes is told with each answer:
// its pages say 15 and 200 in 15 minutes, so that we ask it rather than know.
//
// Source: networks.md 4, 10, 14.
func (*X) Spec() channel.Spec {
	const first, second = "auth=oauth1", "auth=oauth2"
	const token = "^[A-Za-z0-9%_.:=~+/-]{1,512}$"
	return channel.Spec{
		Provider: "x",
		Channels: []parley.Channel{parley.X},
		Name:     "X",
		Docs:     "https://docs.x.com/x-api/direct-messages/quickstart",
		Fields: []channel.Field{
			{Name: "auth", Options: []string{"oauth1", "oauth2"}, Default: "oauth1"},
			{Name: "consumer_secret", Secret: true, Required: true, Pattern: token}, // it signs what comes, either way
			{Name: "consumer_key", Required: true, Pattern: token, When: first},
			{Name: "access_token", Secret: true, Required: true, Pattern: token, When: first},
			{Name: "access_token_secret", Secret: true, Required: true, Pattern: token, When: first},
			{Name: "client_id", Required: true, Pattern: token, When: second},
			{Name: "client_secret", Secret: true, Pattern: token, When: second},
			{Name: "oauth2_token", Secret: true, Required: true, Pattern: token, When: second},
			{Name: "refresh_token", Secret: true, Pattern: token, When: second},
			{Name: "bearer_token", Secret: true, Pattern: token},
			{Name: "app_id", Pattern: "^[0-9]{1,20}$"}, // of an echo: it tells our own messages from a colleague's in X's app
			{Name: "envelope", Options: []string{"xaa", "aaa"}, Default: "xaa"},
		},
		Address: channel.Field{Name: "user_id", Required: true, Pattern: "^[0-9]{1,20}$"},
		Webhook: true,
		Limit:   10_000,
		Unit:    channel.UTF16,
		Files: channel.Files{
			Kinds: []parley.ContentKind{parley.ContentImage},
			Max:   fileBytesMax,
			Types: []string{"image/jpeg", "image/png", "image/gif", "image/webp"},
			Text:  10_000,
		},
		Reads:       true,
		NewCustomer: "auto_create",
		MediaHosts:  []string{"ton.twitter.com", "ton.x.com", ".twimg.com"},
		Key:         parley.KeyX,
		BaseURL:     baseURL,
	}
}

// base is where the API is.
func base(in parley.EntryPoint) string {
	if b := in.Setting("base_url"); b != "" {
		return strings.TrimRight(b, "/")
	}
	return baseURL
}

var numeric = regexp.MustCompile(`^[0-9]{1,20}$`)

// keys is somebody's address: their number, as text. It does not fit a float.
func keys(id string) parley.Keys {
	if !numeric.MatchString(id) {
		return nil
	}
	return parley.Keys{{Kind: parley.KeyX, Value: parley.Address(id)}}
}
