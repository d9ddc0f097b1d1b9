package office

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"time"

	"parley"
	"parley/internal/channel"
	"parley/internal/settings"
)

// The settings every network has besides its own: where its API is, and which
// version of it is spoken.
const (
	baseURL    = "base_url"
	apiVersion = "api_version"
)

// Provider is a network as whoever sets up an entry point sees it: what there is
// to fill in, and what it can do.
type Provider struct {
	Provider   string           `json:"provider"`
	Channels   []parley.Channel `json:"channels"`
	Name       string           `json:"name"`
	Docs       string           `json:"docs"`    // where the credentials are found
	Fields     []ProviderField  `json:"fields"`  // in order
	Address    ProviderField    `json:"address"` // our end
	BaseURL    string           `json:"base_url"`
	BaseURLs   []string         `json:"base_urls"`   // others the network has
	APIVersion string           `json:"api_version"` // "" = it has none
	Webhook    bool             `json:"webhook"`     // it calls us
	Register   bool             `json:"register"`    // we can tell it our webhook's address
	Check      bool             `json:"check"`       // it can be asked whether the set-up works
	Receipts   bool             `json:"receipts"`
	Segments   bool             `json:"segments"`  // paid by SMS segments, by country
	WindowS    int64            `json:"window_s"`  // in which it lets us answer, 0 = always
	Countries  []string         `json:"countries"` // in which our number may be, by code; none: no matter
	Simulator  string           `json:"simulator" doc:"where a simulated account of it is: this and a name of your own; for smpp the host; empty without a simulator"`
}

// ProviderField is a line of the form.
type ProviderField struct {
	Name     string   `json:"name"`
	Secret   bool     `json:"secret"`
	Ours     bool     `json:"ours"` // we choose it: a random one will do
	Required bool     `json:"required"`
	Default  string   `json:"default"`
	Options  []string `json:"options"`
	Pattern  string   `json:"pattern"`
	Max      int      `json:"max"`
	When     string   `json:"when" doc:"auth=oauth2: asked for, and required, only where that is chosen"`
}

// fieldMax is how long a line may be whose network sets no limit.
//
// Unit: code points.
const fieldMax = 512

// Connect hands in the networks, by provider. Call it before anybody comes in.
func (o *Office) Connect(networks map[string]channel.Channel) { o.networks = networks }

// Providers returns every network an entry point can be at, by name. Where the center
// has a simulator, it stands at an address of ours.
//
// Errors: parley.ErrForbidden.
// Source: SMS-01, SOC-01.
func (o *Office) Providers(ctx context.Context, me parley.Actor, simulator string) ([]Provider, error) {
	if err := may(me, parley.MayAdminister); err != nil {
		return nil, err
	}
	rows, err := o.store.View().Settings(ctx)
	if err != nil {
		return nil, err
	}
	list := []Provider{}
	for _, network := range o.networks {
		p := shownProvider(network)
		if p.Segments {
			p.Countries = settings.New(rows).List("sms.number_countries", settings.At{})
		}
		switch {
		case simulator == "":
		case p.BaseURL != "":
			p.Simulator = simulator + simulatedPath(p.Provider)
		case p.Provider == smppProvider:
			p.Simulator = simulatedHost
		}
		list = append(list, p)
	}
	slices.SortFunc(list, func(a, b Provider) int { return cmp.Compare(a.Name, b.Name) })
	return list, nil
}

func shownProvider(network channel.Channel) Provider {
	s := network.Spec()
	_, register := network.(channel.Registrar)
	_, check := network.(channel.Checker)
	p := Provider{
		Provider: s.Provider, Channels: s.Channels, Name: s.Name, Docs: s.Docs, Address: shownField(s.Address),
		Fields: []ProviderField{}, BaseURL: s.BaseURL, BaseURLs: []string{}, APIVersion: s.APIVersion,
		Webhook: s.Webhook, Register: register, Check: check, Receipts: s.Receipts, Segments: s.Segments,
		WindowS: int64(s.Window / time.Second), Countries: []string{},
	}
	for _, f := range s.Fields {
		if f.Name == baseURL {
			p.BaseURLs = append(p.BaseURLs, f.Options...)
			continue
		}
		p.Fields = append(p.Fields, shownField(f))
	}
	return p
}

func shownField(f channel.Field) ProviderField {
	return ProviderField{
		Name: f.Name, Secret: f.Secret, Ours: f.Ours, Required: f.Required, Default: f.Default,
		Options: append([]string{}, f.Options...), Pattern: f.Pattern, Max: cmp.Or(f.Max, fieldMax), When: f.When,
	}
}

// spec returns what an entry point's network can do; not ok on the web, whose
// pages are ours.
func (o *Office) spec(e parley.EntryPoint) (channel.Spec, bool) {
	network, ok := o.networks[e.Provider]
	if !ok {
		return channel.Spec{}, false
	}
	return network.Spec(), true
}

// unsealed returns an entry point with its secrets open.
func (o *Office) unsealed(e parley.EntryPoint) (parley.EntryPoint, error) {
	var err error
	e.Settings = maps.Clone(e.Settings)
	e.Secrets, err = o.seal.OpenSecrets(string(e.ID), e.Sealed)
	return e, err
}
