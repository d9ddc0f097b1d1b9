package people

import (
	"context"
	"fmt"
	"maps"
	"net"
	"net/http"
	"time"

	"parley"
	"parley/internal/simulator"
	"parley/internal/simulator/all"
)

// Phones is a simulator outside of the server, so that it outlives a kill: what
// customers were shown is known there and nowhere else.
type Phones struct {
	*simulator.Simulator
	url  string
	door *http.Server
}

// phonesPath keeps a server's own simulator from taking these for its accounts.
const phonesPath = "/phones"

// hookPatience is how long a network waits for an answer.
const hookPatience = 20 * time.Second

// NewPhones starts a simulator whose webhooks are tried again hurry times sooner
// than the networks would. It runs until ctx ends.
func NewPhones(ctx context.Context, hurry int) (*Phones, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	p := &Phones{url: "http://" + l.Addr().String() + phonesPath}
	p.Simulator = simulator.New(simulator.Options{
		Providers: all.Providers(), Now: time.Now, Seed: 1, URL: p.url, Hurry: hurry,
		Client: &http.Client{Timeout: hookPatience, Transport: &http.Transport{MaxIdleConnsPerHost: 256}},
	})
	p.door = &http.Server{Handler: http.StripPrefix(phonesPath, p.Handler()), ReadHeaderTimeout: hookPatience}
	go func() { _ = p.door.Serve(l) }() // it ends with ctx
	go p.Run(ctx)
	context.AfterFunc(ctx, func() { _ = p.door.Close() }) // nobody is left to tell
	return p, nil
}

// Network is an account of a provider: what both sides know of it.
type Network struct {
	Provider string
	Address  string            // our end
	Settings map[string]string // of the entry point
	Secrets  map[string]string
	Theirs   map[string]string // what only the network knows
}

// Networks are an account of every network; their numbers belong to nobody. SMPP
// is reached on a port of its own.
var Networks = []Network{
	{"twilio", "+15145550300", map[string]string{"account_sid": "AC77777777777777777777777777777777"},
		map[string]string{"auth_token": "0123456789abcdef0123456789abcdef"}, nil},
	{"vonage", "+15145550302", map[string]string{"api_key": "abcd1234", "signature_method": "sha512"},
		map[string]string{"api_secret": "secret-of-vonage", "signature_secret": "sign-0123456789"}, nil},
	{"eightbyeight", "+15145550303", map[string]string{"subaccount_id": "tea_hq"},
		map[string]string{"api_key": "api-key-of-8x8", "webhook_key": "k-0123456789abcdef"},
		map[string]string{"webhook_header": "Authorization: Bearer k-0123456789abcdef"}},
	{"whatsapp", "+15145550301", map[string]string{"phone_number_id": "106540352242999", "business_account_id": "102290129340398", "app_id": "670843887433847"},
		map[string]string{"access_token": "token-of-whatsapp", "app_secret": "0123456789abcdef0123456789abcdef", "verify_token": "word-of-whatsapp"}, nil},
	{"messenger", "1029384799", map[string]string{"app_id": "670843887433847"},
		map[string]string{"access_token": "token-of-messenger", "app_secret": "0123456789abcdef0123456789abcdef", "verify_token": "word-of-messenger"}, nil},
	{"instagram", "17841400000000099", map[string]string{"app_id": "670843887433847", "page_id": "1029384798"},
		map[string]string{"access_token": "token-of-instagram", "app_secret": "0123456789abcdef0123456789abcdef", "verify_token": "word-of-instagram"},
		map[string]string{"instagram_id": "17841400000000099"}},
	{"smpp", "+15145550304", map[string]string{"system_id": "parley"}, map[string]string{"password": "secret"}, nil},
	{"x", "2244994999", map[string]string{"consumer_key": "consumer-key", "app_id": "268000"},
		map[string]string{"consumer_secret": "consumer-secret", "access_token": "2244994999-token", "access_token_secret": "token-secret", "bearer_token": "bearer-of-x"},
		map[string]string{"sends_per_window": "100000", "reads_per_window": "100000"}},
	{"telegram", "7310550199", nil, map[string]string{"bot_token": "7310550199:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw", "secret_token": "word-of-telegram"}, nil},
}

// Account is the name of the network's account at the simulator.
func (n Network) Account() string { return "acc-" + n.Provider }

// Connect lets an administrator set up an entry point by its form, and opens the
// account it leads to.
func (p *Phones) Connect(ctx context.Context, ada *Agent, n Network, queue string) (entryPoint string, err error) {
	ours := maps.Clone(n.Settings)
	if ours == nil {
		ours = map[string]string{}
	}
	theirs := map[string]string{"address": n.Address, "page_id": n.Address, "phone_number": n.Address, "user_id": n.Address}
	for _, known := range []map[string]string{ours, n.Secrets, n.Theirs} {
		maps.Copy(theirs, known)
	}
	account := simulator.Account{ID: n.Account(), Network: n.Provider, Settings: theirs}
	if n.Provider == "smpp" { // it is called by us, on a port it tells
		if account, err = p.Open(account); err != nil {
			return "", err
		}
		ours["host"], ours["port"] = account.Settings["host"], account.Settings["port"]
	} else {
		ours["base_url"] = p.url + "/sim/api/" + n.Provider + "/" + n.Account()
	}
	in := map[string]any{
		"provider": n.Provider, "name": n.Provider, "enabled": true, "queue_id": queue, "address": n.Address, "settings": ours, "secrets": n.Secrets,
		"script": parley.Script{Schedule: parley.Schedule{Zone: "UTC", Hours: []parley.Interval{}}, Form: []parley.Field{}, Language: "en", Accent: "#1a5fb4"},
	}
	var made struct{ ID string }
	if err := ada.Do(ctx, "POST", "/api/admin/entry-points", in, &made); err != nil {
		return "", fmt.Errorf("set up %s: %w", n.Provider, err)
	}
	if n.Provider == "smpp" {
		return made.ID, nil
	}
	maps.Copy(account.Settings, ours)
	account.Webhook = ada.Base + "/in/" + n.Provider + "/" + made.ID
	_, err = p.Open(account)
	return made.ID, err
}

// Sees returns what a phone shows of an account.
func (p *Phones) Sees(account, who string) []simulator.Message {
	thread, _ := p.Thread(account + "/" + who)
	return thread.Messages
}
