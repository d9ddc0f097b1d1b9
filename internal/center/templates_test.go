package center

import (
	"context"
	"errors"
	"testing"

	"parley"
	"parley/internal/channel"
	"parley/internal/store"
)

// printer is a wire whose network approves templates.
type printer struct {
	*wire
	asked int
	err   error
}

func (p *printer) Spec() channel.Spec {
	s := p.wire.Spec()
	s.Templates = true
	return s
}

func (p *printer) ListTemplates(context.Context, parley.EntryPoint) ([]parley.Template, error) {
	p.asked++
	return []parley.Template{{
		Name: "ready", Language: "en", Body: "Order {{1}}\nHello {{2}}, it is ready, {{2}}.",
		Slots: []parley.TemplateSlot{{Part: "header", Name: "order"}, {Part: "body", Name: "name"}},
	}}, p.err
}

// TestTemplates: WAP-05: approved templates are asked for once in ten minutes, a
// value is put where it belongs and is never read as a place itself, and one that
// is missing is told.
func TestTemplates(t *testing.T) {
	p := &printer{wire: newWire(t)}
	wiredBy(t, p.wire, p, func(t *testing.T, x *town, _ *wire, id parley.InteractionID) {
		p.asked, p.err = 0, nil
		x.do("templates", func(r *store.Rows) {
			r.SaveSetting(parley.Setting{Scope: parley.ScopeTenant, Key: "whatsapp.templates", Value: "true"})
			r.Entry(parley.Entry{Kind: parley.KindConfigChanged, Subject: "setting"})
		})
		send := func(values ...string) (Sent, error) {
			return x.Send(t.Context(), amy, id, Words{ClientID: x.client(), Template: &parley.Template{Name: "ready", Language: "en", Values: values}})
		}
		for range 2 {
			list, err := x.Templates(t.Context(), amy, id)
			x.must(err)
			if len(list) != 1 {
				t.Fatalf("WAP-05: templates: %+v", list)
			}
		}
		sent, err := send("{{2}}", "Zoe")
		x.must(err)
		m, err := x.s.View().Message(t.Context(), sent.ID)
		x.must(err)
		if m.Text != "Order {{2}}\nHello Zoe, it is ready, Zoe." || len(m.Content.Template.Slots) != 2 {
			t.Errorf("WAP-05: the customer reads %q, of %+v", m.Text, m.Content.Template)
		}
		_, err = send("7")
		x.refuses(err, parley.ErrInvalid())
		if p.asked != 1 {
			t.Errorf("WAP-05: the network was asked %d times", p.asked)
		}
		x.clock.pass(templatesFor)
		p.err = errors.New("away")
		if _, err := x.Templates(t.Context(), amy, id); !errors.Is(err, parley.ErrNetworkSilent) || p.asked != 2 {
			t.Errorf("WAP-05: ten minutes later it is asked again: %v, %d times", err, p.asked)
		}
	})
}
