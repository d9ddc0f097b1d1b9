package office

import (
	"context"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"time"
	_ "time/tzdata" // a zone is known or not whatever machine this is

	"parley"
	"parley/internal/channel"
	"parley/internal/identity"
	"parley/internal/ledger"
	"parley/internal/script"
	"parley/internal/seal"
	"parley/internal/settings"
	"parley/internal/store"
)

// EntryPointInput is what an administrator fills in. Which settings and secrets
// there are, the network's form says: see Providers.
type EntryPointInput struct {
	Channel        parley.Channel    `json:"channel" required:"false" doc:"of a new one; the provider's first"`
	Provider       string            `json:"provider" required:"false" doc:"of a new one: webchat or one of the list of providers"`
	Name           string            `json:"name"`
	Enabled        bool              `json:"enabled"`
	Queue          parley.QueueID    `json:"queue_id"`
	AllowedOrigins []string          `json:"allowed_origins" required:"false"` // https://shop.example
	Address        parley.Address    `json:"address" required:"false" doc:"our end on the network"`
	Country        string            `json:"country" required:"false" doc:"of a phone number, ISO 3166-1 alpha-2: it may be written as people write it there"`
	Settings       map[string]string `json:"settings" required:"false"`
	Secrets        map[string]string `json:"secrets,omitempty" required:"false" doc:"never shown again; one that is left out stays as it is"`
	Script         parley.Script     `json:"script"`
	Rev            int64             `json:"rev" required:"false"`
}

// EntryPoint is an entry point as administrators see one. It holds no secret.
type EntryPoint struct {
	ID parley.EntryPointID `json:"id"`
	EntryPointInput
	SecretsSet []string `json:"secrets_set" doc:"names"`
	Paused     string   `json:"paused" doc:"why nothing is sent: admin, auth, blocked"`
}

// auditedPoint is an entry point as the audit log keeps it: that a secret was
// replaced, never by what.
type auditedPoint struct {
	EntryPoint
	Renewed []string `json:"secrets_renewed,omitempty"`
}

// The bounds of an entry point.
//
// Unit: code points; rows.
// Source: parley.Script, SCR-05, SCR-06.
const (
	titleMax     = 30
	scriptText   = 2000
	originsMax   = 50
	intervalsMax = 70
	minutesDay   = 1440
)

// accent is the one form of a color: nothing else can reach a style.
var accent = regexp.MustCompile(`^#[0-9a-fA-F]{6}$`)

// formFields are what a pre-chat form may ask for.
//
// Source: SCR-05.
var formFields = []string{"name", "email", "phone", "account_number", "case_number", "question"}

// EntryPoints returns all entry points, by name.
func (o *Office) EntryPoints(ctx context.Context, me parley.Actor) ([]EntryPoint, error) {
	if err := may(me, parley.MayAdminister); err != nil {
		return nil, err
	}
	points, err := o.store.View().EntryPoints(ctx)
	list := make([]EntryPoint, len(points))
	for i, e := range points {
		list[i] = shownPoint(e)
	}
	return list, err
}

func shownPoint(e parley.EntryPoint) EntryPoint {
	if e.Channel == parley.SMS { // the product's own answer can be read and changed
		help := script.Help(e.Script)
		e.Script.Texts.Help = &help
	}
	return EntryPoint{ID: e.ID, SecretsSet: seal.Names(e.Sealed), Paused: e.Paused, EntryPointInput: EntryPointInput{
		Channel: e.Channel, Provider: or(e.Provider, string(parley.WebChat)), Name: e.Name, Enabled: e.Enabled, Queue: e.Queue,
		AllowedOrigins: append([]string{}, e.AllowedOrigins...), Address: e.Address, Country: identity.Country(string(e.Address)), Settings: e.Settings,
		Script: e.Script, Rev: e.Rev,
	}}
}

// CreateEntryPoint adds an entry point.
//
// Errors: parley.ErrForbidden, an Invalid one naming every field at fault.
func (o *Office) CreateEntryPoint(ctx context.Context, me parley.Actor, in EntryPointInput) (parley.EntryPointID, error) {
	return o.addEntryPoint(ctx, me, in, parley.EntryPointID(o.id("ent")))
}

func (o *Office) addEntryPoint(ctx context.Context, me parley.Actor, in EntryPointInput, id parley.EntryPointID) (parley.EntryPointID, error) {
	return id, o.change(ctx, me, "create_entry_point", func(ctx context.Context, v ledger.View) (change, error) {
		if in.Rev != 0 {
			return change{}, parley.ErrConflict
		}
		fresh := parley.EntryPoint{ID: id, Channel: in.Channel, Provider: or(in.Provider, string(parley.WebChat))}
		if fresh.Channel == "" {
			fresh.Channel = parley.WebChat
			if spec, ok := o.spec(fresh); ok {
				fresh.Channel = spec.Channels[0]
			}
		}
		return o.savedPoint(ctx, v.View, in, fresh)
	})
}

// SaveEntryPoint replaces an entry point; its channel and provider stay. Who is
// waiting stays in the line (SCR-03).
//
// Errors: parley.ErrForbidden, ErrNotFound, ErrConflict, an Invalid one.
func (o *Office) SaveEntryPoint(ctx context.Context, me parley.Actor, id parley.EntryPointID, in EntryPointInput) error {
	return o.change(ctx, me, "save_entry_point", func(ctx context.Context, v ledger.View) (change, error) {
		old, err := v.EntryPoint(ctx, id)
		if err != nil {
			return change{}, err
		}
		if err := ledger.Current(ctx, v, string(id), old.Rev, in.Rev); err != nil {
			return change{}, err
		}
		return o.savedPoint(ctx, v.View, in, old)
	}, string(id)) // a token may be refreshed meanwhile
}

// pausedByAuth is the pause of a network that did not know us.
const pausedByAuth = string(channel.Auth)

// savedPoint plans that an entry point becomes what was filled in.
func (o *Office) savedPoint(ctx context.Context, v store.View, in EntryPointInput, old parley.EntryPoint) (change, error) {
	queues, err := v.Queues(ctx)
	if err != nil {
		return change{}, err
	}
	var f parley.Faults
	e := old
	e.Name, e.Enabled, e.Queue, e.Rev = identity.Text(in.Name), in.Enabled, in.Queue, old.Rev+1
	e.AllowedOrigins, e.Script = checkOrigins(&f, in.AllowedOrigins), checkScript(&f, in.Script)
	f.Name("name", e.Name, 1, nameMax)
	if e.Queue == "" {
		f.Add("queue_id", "required")
	} else if !knows(queues, e.Queue, queueID) {
		f.Add("queue_id", "unknown")
	}
	renewed, err := o.connected(ctx, v, &f, in, &e)
	if err != nil {
		return change{}, err
	}
	c := change{subject: string(e.ID), after: auditedPoint{shownPoint(e), renewed}, rows: func(r *store.Rows) {
		r.SaveEntryPoint(e)
		if old.Paused == pausedByAuth && len(renewed) > 0 { // what waited is tried with the new ones
			r.SavePaused(e.ID, "")
		}
		if len(renewed) > 0 || e.Address != old.Address || !maps.Equal(e.Settings, old.Settings) {
			r.SaveTrouble(e.ID, "", "") // it was the old connection's
		}
	}}
	if old.Rev > 0 {
		c.before = shownPoint(old)
	}
	return c, f.Err()
}

// connected checks what an entry point is connected to: a network, or one of our
// own pages.
func (o *Office) connected(ctx context.Context, v store.View, f *parley.Faults, in EntryPointInput, e *parley.EntryPoint) ([]string, error) {
	spec, network := o.spec(*e)
	if !network {
		if e.Provider == string(parley.WebChat) {
			parley.OneOf(f, "channel", e.Channel, parley.WebChat, parley.SupportCenter)
		} else if e.Rev == 1 {
			f.Add("provider", "unknown")
		} // else it is left as it is: this version does not know its network
		return nil, nil
	}
	a := account{Faults: f, spec: spec, in: in}
	var err error
	if a.others, err = v.EntryPoints(ctx); err != nil {
		return nil, err
	}
	rows, err := v.Settings(ctx)
	if err != nil {
		return nil, err
	}
	values := settings.New(rows)
	a.country, a.countries = values.Text("phone.default_country", settings.At{}), values.List("sms.number_countries", settings.At{})
	if a.old, err = o.unsealed(*e); err != nil && len(in.Secrets) == 0 {
		return nil, err // what does not open could only be lost by saving
	}
	return o.fill(a, e), nil
}

// RemoveEntryPoint removes an entry point nobody came in by.
//
// Errors: parley.ErrForbidden, ErrNotFound, ErrInUse: disable it instead.
func (o *Office) RemoveEntryPoint(ctx context.Context, me parley.Actor, id parley.EntryPointID) error {
	return o.change(ctx, me, "remove_entry_point", func(ctx context.Context, v ledger.View) (change, error) {
		old, err := v.EntryPoint(ctx, id)
		if err != nil {
			return change{}, err
		}
		uses, err := v.EntryPointUses(ctx, id)
		if err != nil {
			return change{}, err
		}
		return change{subject: string(id), before: shownPoint(old), rows: func(r *store.Rows) { r.RemoveEntryPoint(id) }}, inUse(uses)
	})
}

// checkOrigins returns origins as browsers send them: scheme, host and port.
func checkOrigins(f *parley.Faults, in []string) []string {
	out := []string{}
	if len(in) > originsMax {
		f.Add("allowed_origins", "too_many")
	}
	for i, s := range in {
		origin, ok := parley.Origin(s)
		if !ok {
			f.Add(parley.Index("allowed_origins", i, ""), "not_an_origin")
			continue
		}
		out = append(out, origin)
	}
	return out
}

// checkScript returns the script as kept.
//
// Source: SCR-01 to SCR-07, A-010.
func checkScript(f *parley.Faults, s parley.Script) parley.Script {
	s.Language = or(s.Language, languages[0])
	s.Accent = or(s.Accent, "#1a5fb4")
	parley.OneOf(f, "script.language", s.Language, languages...)
	if !accent.MatchString(s.Accent) {
		f.Add("script.accent", "not_a_color")
	}
	for _, t := range []struct {
		field string
		text  *parley.Text
		most  int
	}{
		{"script.title", &s.Title, titleMax}, {"script.greeting", &s.Greeting, scriptText}, {"script.closed", &s.Closed, scriptText},
		{"script.texts.joined", &s.Texts.Joined, scriptText}, {"script.texts.transferred", &s.Texts.Transferred, scriptText},
		{"script.texts.away", &s.Texts.Away, scriptText}, {"script.texts.ended", &s.Texts.Ended, scriptText},
	} {
		t.text.EN, t.text.FR = identity.Text(t.text.EN), identity.Text(t.text.FR)
		f.Text(t.field+".en", t.text.EN, 0, t.most)
		f.Text(t.field+".fr", t.text.FR, 0, t.most)
	}
	if help := s.Texts.Help; help != nil {
		s.Texts.Help = &parley.Text{EN: identity.Text(help.EN), FR: identity.Text(help.FR)}
		f.Text("script.texts.help.en", help.EN, 0, scriptText)
		f.Text("script.texts.help.fr", help.FR, 0, scriptText)
	}
	s.Consent.EN, s.Consent.FR = identity.Text(s.Consent.EN), identity.Text(s.Consent.FR)
	// Nobody agrees to what they cannot read: both languages or none.
	f.Text("script.consent.en", s.Consent.EN, min(1, len(s.Consent.FR)), scriptText)
	f.Text("script.consent.fr", s.Consent.FR, min(1, len(s.Consent.EN)), scriptText)
	form := []parley.Field{}
	for i, field := range s.Form {
		parley.OneOf(f, parley.Index("script.form", i, "name"), field.Name, formFields...)
		if slices.ContainsFunc(form, func(other parley.Field) bool { return other.Name == field.Name }) {
			f.Add(parley.Index("script.form", i, "name"), "repeated")
		}
		form = append(form, field)
	}
	s.Form = form
	s.Schedule = checkSchedule(f, s.Schedule)
	return s
}

// checkSchedule refuses unknown zones and hours that are none.
//
// Source: SCR-06.
func checkSchedule(f *parley.Faults, s parley.Schedule) parley.Schedule {
	s.Zone = or(s.Zone, "UTC")
	if !knownZone(s.Zone) {
		f.Add("script.schedule.zone", "unknown")
	}
	if len(s.Hours) > intervalsMax {
		f.Add("script.schedule.hours", "too_many")
	}
	hours := []parley.Interval{}
	for i, h := range s.Hours {
		field := fmt.Sprintf("script.schedule.hours[%d]", i)
		switch {
		case h.Day < time.Sunday || h.Day > time.Saturday:
			f.Add(field+".day", "out_of_range")
		case h.From < 0 || h.To > minutesDay || h.From >= h.To:
			f.Add(field+".from", "out_of_range")
		case slices.ContainsFunc(hours, func(o parley.Interval) bool { return o.Day == h.Day && o.From < h.To && h.From < o.To }):
			f.Add(field+".from", "overlaps")
		}
		hours = append(hours, h)
	}
	s.Hours = hours
	return s
}

// knownZone reports whether a name is of an IANA zone. "Local" is none: it
// means another one on each machine.
func knownZone(name string) bool {
	_, err := time.LoadLocation(name)
	return err == nil && name != "" && name != "Local"
}
