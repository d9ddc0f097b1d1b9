package center

import (
	"context"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"sync"
	"time"

	"parley"
	"parley/internal/channel"
	"parley/internal/settings"
)

// blank is where a value goes in a template's text.
var blank = regexp.MustCompile(`\{\{(\d+)\}\}`)

// fill makes a message of an approved template: its text is what the customer
// will read.
//
// Source: WAP-05.
func (e *outlet) fill(ctx context.Context, say *Words) error {
	if !e.templates() || len(say.files) > 0 {
		return parley.ErrUnknownTemplate
	}
	approved, err := e.approved(ctx)
	if err != nil {
		return err
	}
	i := slices.IndexFunc(approved, func(t parley.Template) bool {
		return t.Name == say.Template.Name && t.Language == say.Template.Language
	})
	if i < 0 {
		return parley.ErrUnknownTemplate
	}
	t := approved[i]
	t.Values = make([]string, len(say.Template.Values))
	for n, value := range say.Template.Values {
		if value, err = normal(fmt.Sprintf("template.values[%d]", n), value); err != nil {
			return err
		}
		if value == "" || length(value) > NameMax {
			return parley.ErrInvalid(parley.FieldError{Field: fmt.Sprintf("template.values[%d]", n), Code: "out_of_range"})
		}
		t.Values[n] = value
	}
	missing := false
	text := blank.ReplaceAllStringFunc(t.Body, func(hole string) string {
		n, err := strconv.Atoi(blank.FindStringSubmatch(hole)[1])
		if err != nil || n < 1 || n > len(t.Values) {
			missing = true
			return hole
		}
		return t.Values[n-1]
	})
	if missing {
		return parley.ErrInvalid(parley.FieldError{Field: "template.values", Code: "required"})
	}
	say.Template, say.Text = &t, text
	return nil
}

// templates reports whether approved templates can be sent.
func (e *outlet) templates() bool {
	_, ok := e.network.(channel.Templater)
	return ok && e.spec.Templates && e.book.values.Bool("whatsapp.templates", settings.At{})
}

// templatesFor is how long a network's answer about its templates counts: it may
// take one back at any time, and refuses it then.
const templatesFor = 10 * time.Minute

// approvals are the templates of each entry point, as they were told of late.
type approvals struct {
	mu sync.Mutex // of
	of map[parley.EntryPointID]approval
}

type approval struct {
	until time.Time
	rev   int64 // of the entry point: another account has others
	list  []parley.Template
}

func (a *approvals) get(e parley.EntryPoint, now time.Time) ([]parley.Template, bool) {
	a.mu.Lock()
	defer a.mu.Unlock()
	had, ok := a.of[e.ID]
	return had.list, ok && had.rev == e.Rev && now.Before(had.until)
}

func (a *approvals) put(e parley.EntryPoint, now time.Time, list []parley.Template) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.of == nil {
		a.of = map[parley.EntryPointID]approval{}
	}
	a.of[e.ID] = approval{now.Add(templatesFor), e.Rev, list}
}

// approved returns the network's templates, asking it if that was long ago.
func (e *outlet) approved(ctx context.Context) ([]parley.Template, error) {
	lister, ok := e.network.(channel.Templater)
	if !ok {
		return []parley.Template{}, nil
	}
	now := e.clock.Now()
	if had, ok := e.approvals.get(e.arrivals.EntryPoint, now); ok {
		return had, nil
	}
	open, err := e.courier.Unsealed(e.arrivals.EntryPoint)
	if err != nil {
		return nil, err
	}
	list, err := lister.ListTemplates(ctx, open)
	if err != nil {
		return nil, parley.ErrNetworkSilent
	}
	list = some(list)
	e.approvals.put(e.arrivals.EntryPoint, now, list)
	return list, nil
}

// Templates lists the approved templates an agent may send in an interaction of
// theirs.
//
// Errors: parley.ErrNotFound, ErrNetworkSilent.
// Source: WAP-05.
func (c *Center) Templates(ctx context.Context, me parley.Actor, id parley.InteractionID) ([]parley.Template, error) {
	w, err := c.mine(ctx, me, id)
	if err != nil {
		return nil, err
	}
	e, err := c.composing(ctx, w.Conversation)
	if err != nil || !e.templates() {
		return []parley.Template{}, err
	}
	return e.approved(ctx)
}
