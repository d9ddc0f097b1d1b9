package office

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"maps"
	"net/url"
	"strings"

	"parley"
	"parley/internal/ledger"
	"parley/internal/store"
)

// demoNetwork is an entry point of the demo center at a simulated network.
type demoNetwork struct {
	ID       parley.EntryPointID
	Provider string
	Channel  parley.Channel
	Name     string
	Queue    string
	Address  parley.Address
	Settings map[string]string
	Secrets  map[string]string // by name, the form it has: hex, bot or word
}

// The networks of the demo center. Their numbers belong to nobody.
var demoNetworks = []demoNetwork{
	{"ent_sms", "twilio", parley.SMS, "SMS", "Sales", "+15145550100",
		map[string]string{"account_sid": "AC" + strings.Repeat("5", 32), "status_callback": ""}, map[string]string{"auth_token": "hex"}},
	{"ent_whatsapp", "whatsapp", parley.WhatsApp, "WhatsApp", "Support", "+15145550190",
		map[string]string{"phone_number_id": "106540352242922", "business_account_id": "102290129340398", "app_id": "670843887433847"},
		map[string]string{"access_token": "word", "app_secret": "hex", "verify_token": "word"}},
	{"ent_messenger", "messenger", parley.Facebook, "Messenger", "Support", "1029384756",
		map[string]string{"app_id": "670843887433847"}, map[string]string{"access_token": "word", "app_secret": "hex", "verify_token": "word"}},
	{"ent_instagram", "instagram", parley.Instagram, "Instagram", "Support", "17841400000000001",
		map[string]string{"app_id": "670843887433847", "page_id": "1029384756"},
		map[string]string{"access_token": "word", "app_secret": "hex", "verify_token": "word"}},
	{"ent_x", "x", parley.X, "X", "Support", "2244994945",
		map[string]string{"auth": "oauth1", "consumer_key": "demo", "envelope": "xaa"},
		map[string]string{"consumer_secret": "word", "access_token": "word", "access_token_secret": "word", "bearer_token": "word"}},
	{"ent_telegram", "telegram", parley.Telegram, "Telegram", "Support", "7310550100", nil,
		map[string]string{"bot_token": "bot", "secret_token": "word"}},
}

// SeedNetworks gives the demo center an entry point at every network, whose API
// is the simulator's at our public address. What is there stays as it is, but for
// that address: the demo may listen elsewhere this time. The secrets are random
// and sealed as everybody's.
//
// Source.
func (o *Office) SeedNetworks(ctx context.Context, public string) error {
	ada, err := o.store.View().CredentialNamed(ctx, "ada")
	if err != nil {
		return fmt.Errorf("the administrator of the demo: %w", err)
	}
	s := seed{o: o, me: parley.Actor{Agent: ada.ID, Group: ada.Group, Role: ada.Role}}
	have, err := s.named(ctx)
	if err != nil {
		return err
	}
	for _, n := range demoNetworks {
		if have.point[n.ID] {
			if err := s.reseal(ctx, n); err != nil {
				return fmt.Errorf("renew the secrets of %s: %w", n.Name, err)
			}
			continue
		}
		e := parley.EntryPoint{
			ID: n.ID, Channel: n.Channel, Provider: n.Provider, Name: n.Name, Enabled: true, Queue: have.queue[n.Queue],
			Address: n.Address, Settings: maps.Clone(n.Settings), Sealed: o.seal.Secrets(string(n.ID), n.secrets()),
			Script: demoScript(), Rev: 1,
		}
		if e.Settings == nil {
			e.Settings = map[string]string{}
		}
		maps.Copy(e.Settings, simulated(public, e, string(e.ID)))
		if err := o.savePoint(ctx, s.me, "create_entry_point", nil, e); err != nil {
			return fmt.Errorf("seed %s: %w", n.Name, err)
		}
	}
	return nil
}

// reseal draws the secrets of a demo network anew if they do not open: the center
// was restored where its key is not. Nobody else has them.
func (s seed) reseal(ctx context.Context, n demoNetwork) error {
	e, err := s.o.store.View().EntryPoint(ctx, n.ID)
	if err != nil || simulatedAccount(e) == "" {
		return err
	}
	if _, err := s.o.seal.OpenSecrets(string(e.ID), e.Sealed); err == nil {
		return nil
	}
	old := e
	e.Sealed, e.Rev = s.o.seal.Secrets(string(e.ID), n.secrets()), e.Rev+1
	return s.o.savePoint(ctx, s.me, "renew_demo_secrets", &old, e)
}

// MoveSimulated tells every entry point whose network is this server's simulator
// where that is now.
func (o *Office) MoveSimulated(ctx context.Context, public string) error {
	points, err := o.store.View().EntryPoints(ctx)
	if err != nil {
		return err
	}
	for _, e := range points {
		account := simulatedAccount(e)
		if account == "" || e.Provider == smppProvider {
			continue
		}
		old := e
		e.Settings = maps.Clone(e.Settings)
		maps.Copy(e.Settings, simulated(public, e, account))
		if !maps.Equal(old.Settings, e.Settings) {
			e.Rev++
			if err := o.savePoint(ctx, parley.Actor{}, "move_simulated", &old, e); err != nil {
				return err
			}
		}
	}
	return nil
}

// Simulated returns the entry points whose network is the simulator at our public
// address, with their accounts there. One whose secrets do not open is left out: it
// is told of at the start like every other.
func (o *Office) Simulated(ctx context.Context, public string) ([]SimulatedPoint, error) {
	points, err := o.store.View().EntryPoints(ctx)
	if err != nil {
		return nil, err
	}
	var list []SimulatedPoint
	for _, e := range points {
		account := simulatedAccount(e)
		if account == "" || e.Provider != smppProvider && e.Settings[baseURL] != public+simulatedPath(e.Provider)+account {
			continue
		}
		if e.Secrets, err = o.seal.OpenSecrets(string(e.ID), e.Sealed); err == nil {
			list = append(list, SimulatedPoint{e, account})
		}
	}
	return list, nil
}

// SimulatedPoint is an entry point with its secrets open, and the name of its
// account at the simulator.
type SimulatedPoint struct {
	parley.EntryPoint
	Account string
}

// simulated are the settings of an entry point that lead to the simulator.
func simulated(public string, e parley.EntryPoint, account string) map[string]string {
	out := map[string]string{"base_url": public + simulatedPath(e.Provider) + account}
	if _, told := e.Settings["status_callback"]; told {
		out["status_callback"] = public + "/in/" + e.Provider + "/" + string(e.ID)
	}
	return out
}

func simulatedPath(provider string) string { return "/sim/api/" + provider + "/" }

// smppProvider is the one network that has no address of an API: a message center
// of this machine is the simulator's.
const (
	smppProvider  = "smpp"
	simulatedHost = "127.0.0.1"
)

// simulatedAccount returns the account of an entry point at a simulator, "" if
// its network is a real one.
func simulatedAccount(e parley.EntryPoint) string {
	if e.Provider == smppProvider {
		if !ourMachine(e.Settings["host"]) {
			return ""
		}
		return smppProvider + "-" + e.Settings["port"]
	}
	u, err := url.Parse(e.Settings[baseURL])
	if err != nil {
		return ""
	}
	account, ok := strings.CutPrefix(u.Path, simulatedPath(e.Provider))
	if !ok || strings.Contains(account, "/") {
		return ""
	}
	return account
}

// savePoint adds an entry point or replaces one, for whoever starts the server.
func (o *Office) savePoint(ctx context.Context, me parley.Actor, name string, old *parley.EntryPoint, e parley.EntryPoint) error {
	return o.do(ctx, me, name, func(ctx context.Context, v ledger.View) (change, error) {
		c := change{subject: string(e.ID), after: shownPoint(e), rows: func(r *store.Rows) { r.SaveEntryPoint(e) }}
		if old != nil {
			now, err := v.EntryPoint(ctx, e.ID)
			if err = errors.Join(err, ledger.Current(ctx, v, string(e.ID), now.Rev, old.Rev)); err != nil {
				return change{}, err
			}
			c.before = shownPoint(*old)
		}
		return c, nil
	})
}

// secrets draws the network's secrets, each in the form the network gives them.
func (n demoNetwork) secrets() map[string]string {
	out := map[string]string{}
	for name, form := range n.Secrets {
		switch form {
		case "hex":
			raw := make([]byte, 16)
			_, _ = rand.Read(raw) // never fails
			out[name] = hex.EncodeToString(raw)
		case "bot":
			out[name] = string(n.Address) + ":" + rand.Text()
		default:
			out[name] = rand.Text()
		}
	}
	return out
}

// demoScript takes everybody in at any hour, and says nothing by itself.
func demoScript() parley.Script {
	return checkScript(new(parley.Faults), parley.Script{Schedule: parley.Schedule{Zone: "America/Toronto"}})
}
