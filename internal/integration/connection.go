package integration

import (
	"cmp"
	"context"
	"errors"
	"maps"
	"regexp"
	"slices"
	"strings"

	"parley"
	"parley/internal/crm"
	"parley/internal/identity"
	"parley/internal/ledger"
	"parley/internal/seal"
	"parley/internal/store"
)

// CRMKind is a CRM that can be connected, with its form.
type CRMKind struct {
	Kind    string     `json:"kind"`
	Name    string     `json:"name"`
	Docs    string     `json:"docs" doc:"where an administrator finds the credentials"`
	Fields  []CRMField `json:"fields" doc:"the form, in order"`
	Objects []string   `json:"objects" doc:"the kinds of records that can be searched, the preferred first"`
	Frame   string     `json:"frame" doc:"the framework that can hold our panel, if there is one"`
}

// CRMField is one line of a form; the label's key is crms.field.<name>.
type CRMField struct {
	Name     string   `json:"name"`
	Secret   bool     `json:"secret" doc:"sealed, never shown again"`
	Required bool     `json:"required"`
	Lines    bool     `json:"lines" doc:"many lines"`
	Default  string   `json:"default"`
	Example  string   `json:"example" doc:"what it may look like"`
	Options  []string `json:"options"`
	Max      int      `json:"max" doc:"code points"`
}

// CRMConnection is a connection as administrators see one: never its secrets.
type CRMConnection struct {
	ID string `json:"id"`
	CRMInput
	HasSecrets []string `json:"has_secrets" doc:"names of the secrets that are set"`
	Paused     string   `json:"paused" doc:"why nothing is asked of it: admin, or auth if it does not let us in"`
	Heard      string   `json:"heard" doc:"what it last said of this set-up: ok, or why not; empty: nothing since the server began"`
	Pending    int      `json:"pending" doc:"logs that wait"`
	Failed     int      `json:"failed" doc:"logs that were refused"`
	Oldest     int64    `json:"oldest_pending" doc:"when the oldest that waits was made, 0 = none"`
	CreatedAt  int64    `json:"created_at"`
}

// CRMInput is what an administrator fills in.
type CRMInput struct {
	Kind     string            `json:"kind"`
	Name     string            `json:"name"`
	Settings map[string]string `json:"settings"`
	Secrets  map[string]string `json:"secrets" required:"false" doc:"those to set; the others stay"`
	Objects  []string          `json:"objects" maxItems:"10" doc:"what is searched, in order"`
	Rev      int64             `json:"rev" required:"false"`
}

// fieldMax bounds a field whose Spec does not.
//
// Unit: code points.
const fieldMax = 512

// connectionsMost is how many CRMs a center is connected to: each is asked at
// every offer.
const connectionsMost = 4

// keyLanguage names the setting that every connection has: the language logs are
// written in.
const keyLanguage = "language"

// form is a CRM's settings form, with what we ask of every connection.
func form(s crm.Spec) []crm.Field {
	return append(slices.Clip(s.Fields), crm.Field{Name: keyLanguage, Required: true, Default: "en", Options: []string{"en", "fr-CA"}})
}

// Kinds returns the CRMs that can be connected, by name. At first logs are to be
// written in the language of who connects one.
//
// Errors: parley.ErrForbidden.
func (i *Integration) Kinds(ctx context.Context, me parley.Actor) ([]CRMKind, error) {
	if !me.Has(parley.MayAdminister) {
		return nil, parley.ErrForbidden
	}
	who, err := i.Store.View().Agent(ctx, me.Agent)
	if err != nil && !errors.Is(err, parley.ErrNotFound) { // a key's has no agent
		return nil, err
	}
	out := []CRMKind{}
	for _, c := range i.CRMs {
		s := c.Spec()
		k := CRMKind{Kind: s.Kind, Name: s.Name, Docs: s.Docs, Fields: []CRMField{}, Objects: some(s.Objects), Frame: s.Frame}
		for _, f := range form(s) {
			if f.Name == keyLanguage {
				f.Default = cmp.Or(who.Language, f.Default)
			}
			k.Fields = append(k.Fields, CRMField{f.Name, f.Secret, f.Required, f.Lines, f.Default, f.Example, some(f.Options), most(f)})
		}
		out = append(out, k)
	}
	slices.SortFunc(out, func(a, b CRMKind) int { return strings.Compare(a.Name, b.Name) })
	return out, nil
}

func most(f crm.Field) int {
	if f.Max == 0 {
		return fieldMax
	}
	return f.Max
}

// All returns every connection, by name. Errors: parley.ErrForbidden.
func (i *Integration) All(ctx context.Context, me parley.Actor) ([]CRMConnection, error) {
	if !me.Has(parley.MayAdminister) {
		return nil, parley.ErrForbidden
	}
	v := i.Store.View()
	all, err := v.Connections(ctx)
	if err != nil {
		return nil, err
	}
	counts, err := v.CRMLogsOpen(ctx)
	out := make([]CRMConnection, len(all))
	for n, c := range all {
		out[n] = i.shown(c, counts)
	}
	return out, err
}

// Find returns one. Errors: parley.ErrForbidden, ErrNotFound.
func (i *Integration) Find(ctx context.Context, me parley.Actor, id string) (CRMConnection, error) {
	all, err := i.All(ctx, me)
	if err != nil {
		return CRMConnection{}, err
	}
	n := slices.IndexFunc(all, func(v CRMConnection) bool { return v.ID == id })
	if n < 0 {
		return CRMConnection{}, parley.ErrNotFound
	}
	return all[n], nil
}

// shown is a connection with what holds where nothing was filled in.
func (i *Integration) shown(c store.Connection, counts []store.CRMLogCount) CRMConnection {
	settings := map[string]string{}
	if one := i.CRMs[c.Kind]; one != nil {
		for _, f := range form(one.Spec()) {
			if !f.Secret {
				settings[f.Name] = f.Default
			}
		}
	}
	maps.Copy(settings, c.Settings)
	out := CRMConnection{
		ID: c.ID, CRMInput: CRMInput{Kind: c.Kind, Name: c.Name, Settings: settings, Objects: c.Objects, Rev: c.Rev},
		HasSecrets: some(seal.Names(c.Sealed)), Paused: c.Paused, Heard: i.hearing.last(c), CreatedAt: parley.Millis(c.CreatedAt),
	}
	for _, n := range counts {
		switch {
		case n.Connection != c.ID:
		case n.State == store.CRMPending:
			out.Pending, out.Oldest = n.Count, parley.Millis(n.Oldest)
		default:
			out.Failed = n.Count
		}
	}
	return out
}

// Connect adds a connection. Errors: parley.ErrForbidden, an Invalid one, also
// beyond connectionsMost.
func (i *Integration) Connect(ctx context.Context, me parley.Actor, in CRMInput) (string, error) {
	id := parley.NewID("crm", i.Clock.Now())
	return id, i.change(ctx, me, "connect_crm", func(ctx context.Context, v ledger.View) (ledger.Change, error) {
		all, err := v.Connections(ctx)
		if err == nil && len(all) >= connectionsMost {
			err = parley.ErrInvalid(parley.FieldError{Field: "kind", Code: "too_many"})
		}
		if err != nil {
			return ledger.Change{}, err
		}
		c := store.Connection{ID: id, Kind: in.Kind, CreatedAt: v.Now}
		return i.saves(in, c, nil, map[string]string{})
	})
}

// Save replaces a connection's settings; secrets that are not given stay. One
// that did not let us in is tried anew.
//
// Errors: parley.ErrForbidden, ErrNotFound, ErrConflict, an Invalid one.
func (i *Integration) Save(ctx context.Context, me parley.Actor, id string, in CRMInput) error {
	return i.change(ctx, me, "save_crm", func(ctx context.Context, v ledger.View) (ledger.Change, error) {
		c, err := there(ctx, v, id)
		if err == nil {
			err = ledger.Current(ctx, v, id, c.Rev, in.Rev)
		}
		if err != nil {
			return ledger.Change{}, err
		}
		had, err := i.Seal.OpenSecrets(id, c.Sealed)
		if err != nil && len(in.Secrets) == 0 { // what does not open must be given anew
			return ledger.Change{}, parley.ErrInvalid(parley.FieldError{Field: "secrets", Code: "required"})
		}
		in.Kind = c.Kind
		return i.saves(in, c, i.shown(c, nil), had)
	})
}

// there is a connection that was not removed.
func there(ctx context.Context, v ledger.View, id string) (store.Connection, error) {
	c, err := v.Connection(ctx, id)
	if err == nil && !c.RemovedAt.IsZero() {
		err = parley.ErrNotFound
	}
	return c, err
}

// saves checks what was filled in and puts it into a connection.
func (i *Integration) saves(in CRMInput, c store.Connection, before any, secrets map[string]string) (ledger.Change, error) {
	var f parley.Faults
	kind := i.CRMs[in.Kind]
	if kind == nil {
		f.Add("kind", "unknown")
		return ledger.Change{}, f.Err()
	}
	spec := kind.Spec()
	c.Name, c.Settings, c.Objects, c.Rev = identity.Text(in.Name), map[string]string{}, in.Objects, c.Rev+1
	f.Name("name", c.Name, 1, addressMax)
	secrets = keeps(spec, secrets, in.Secrets)
	for _, field := range form(spec) {
		if field.Secret {
			if given := strings.TrimSpace(in.Secrets[field.Name]); given != "" {
				secrets[field.Name] = given
			}
			fits(&f, "secrets."+field.Name, field, secrets[field.Name])
			continue
		}
		value := strings.TrimSpace(in.Settings[field.Name])
		if value == "" {
			value = field.Default
		}
		c.Settings[field.Name] = value
		fits(&f, "settings."+field.Name, field, value)
	}
	for _, field := range spec.Fields {
		if field.Instead != "" && secrets[field.Name] == "" && secrets[field.Instead] == "" {
			f.Add("secrets."+field.Name, "required")
		}
	}
	strangers(&f, "settings.", in.Settings, form(spec), false)
	strangers(&f, "secrets.", in.Secrets, form(spec), true)
	if len(c.Objects) == 0 {
		f.Add("objects", "required")
	}
	for n, o := range c.Objects {
		if !slices.Contains(spec.Objects, o) || slices.Contains(c.Objects[:n], o) {
			f.Add(parley.Index("objects", n, ""), "unknown")
		}
	}
	if err := f.Err(); err != nil {
		return ledger.Change{}, err
	}
	c.Sealed = i.Seal.Secrets(c.ID, secrets)
	anew := c.Paused == string(crm.Auth)
	if anew {
		c.Paused = ""
	}
	return ledger.Change{Subject: c.ID, Before: before, After: i.shown(c, nil), Rows: func(r *store.Rows) {
		r.SaveConnection(c)
		if anew {
			r.OutboxAnew(pushKind, c.ID)
		}
	}}, nil
}

// keeps are the secrets that stay beside those given: one given instead of
// another takes its place.
func keeps(spec crm.Spec, had, given map[string]string) map[string]string {
	out := maps.Clone(had)
	for _, f := range spec.Fields {
		switch one, other := strings.TrimSpace(given[f.Name]) != "", strings.TrimSpace(given[f.Instead]) != ""; {
		case f.Instead == "" || one == other:
		case one:
			delete(out, f.Instead)
		default:
			delete(out, f.Name)
		}
	}
	return out
}

// strangers notes what a form does not ask for: a name mistyped is a value lost.
func strangers(f *parley.Faults, at string, given map[string]string, fields []crm.Field, secret bool) {
	for _, name := range slices.Sorted(maps.Keys(given)) {
		if !slices.ContainsFunc(fields, func(field crm.Field) bool { return field.Name == name && field.Secret == secret }) {
			f.Add(at+name, "unknown")
		}
	}
}

// fits notes if a value does not fit its field.
func fits(f *parley.Faults, name string, field crm.Field, value string) {
	least := 0
	if field.Required {
		least = 1
	}
	f.Text(name, value, least, most(field))
	switch {
	case value == "":
	case len(field.Options) > 0 && !slices.Contains(field.Options, value):
		f.Add(name, "unknown")
	case field.Pattern != "" && !regexp.MustCompile(field.Pattern).MatchString(value), field.Fits != nil && !field.Fits(value):
		f.Add(name, "wrong_form")
	}
}

// Pause lets a connection rest: nobody is looked up, and logs wait.
//
// Errors: parley.ErrForbidden, ErrNotFound.
func (i *Integration) Pause(ctx context.Context, me parley.Actor, id string) error {
	return i.rest(ctx, me, "pause_crm", id, "admin")
}

// Resume lets it go on: what waited is pushed, in its order.
//
// Errors: parley.ErrForbidden, ErrNotFound.
func (i *Integration) Resume(ctx context.Context, me parley.Actor, id string) error {
	return i.rest(ctx, me, "resume_crm", id, "")
}

func (i *Integration) rest(ctx context.Context, me parley.Actor, name, id, why string) error {
	return i.change(ctx, me, name, func(ctx context.Context, v ledger.View) (ledger.Change, error) {
		c, err := there(ctx, v, id)
		if err != nil {
			return ledger.Change{}, err
		}
		before := i.shown(c, nil)
		c.Paused, c.Rev = why, c.Rev+1
		return ledger.Change{Subject: id, Before: before, After: i.shown(c, nil), Rows: func(r *store.Rows) {
			r.SaveConnection(c)
			if why == "" {
				r.OutboxAnew(pushKind, id)
			}
		}}, nil
	})
}

// Remove takes a connection away, with its settings and secrets. Its logs stay,
// so that people see where they went; those that wait fail.
//
// Errors: parley.ErrForbidden, ErrNotFound.
func (i *Integration) Remove(ctx context.Context, me parley.Actor, id string) error {
	return i.change(ctx, me, "remove_crm", func(ctx context.Context, v ledger.View) (ledger.Change, error) {
		c, err := there(ctx, v, id)
		if err != nil {
			return ledger.Change{}, err
		}
		before := i.shown(c, nil)
		c.Settings, c.Sealed, c.RemovedAt, c.Rev = map[string]string{}, nil, v.Now, c.Rev+1
		return ledger.Change{Subject: id, Before: before, Rows: func(r *store.Rows) {
			r.SaveConnection(c)
			r.OutboxAnew(pushKind, id)
		}}, nil
	})
}

// change hands in a command and knows the connections anew when it returns. It
// does not end with ctx: a commit that nobody waits for would leave the writer
// with the connections of before.
func (i *Integration) change(ctx context.Context, me parley.Actor, name string, plan func(context.Context, ledger.View) (ledger.Change, error)) error {
	ctx = context.WithoutCancel(ctx)
	i.changing.Add(1)
	defer i.changing.Add(-1)
	if err := i.Change(ctx, me, name, plan); err != nil {
		return err
	}
	return i.load(ctx)
}
