package office

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"strconv"
	"strings"

	"parley"
	"parley/internal/store"
)

// title is what people call the subject of an audited change, in French only if
// it has a name of its own there; the zero title if it has none.
type title struct{ en, fr string }

// titles finds what subjects are called now, by the prefix of their ids.
var titles = map[string]func(ctx context.Context, v store.View, id string) (title, error){
	"agt": func(ctx context.Context, v store.View, id string) (title, error) {
		a, err := v.Agent(ctx, parley.AgentID(id))
		return title{en: a.DisplayName}, err
	},
	"blk": func(ctx context.Context, v store.View, id string) (title, error) {
		b, err := v.Block(ctx, id)
		if err != nil {
			return title{}, err
		}
		return title{en: string(b.Keys[0].Value)}, nil
	},
	"can": func(ctx context.Context, v store.View, id string) (title, error) {
		c, err := v.Canned(ctx, id)
		return title{en: c.Name}, err
	},
	"cas": func(ctx context.Context, v store.View, id string) (title, error) {
		c, err := v.Case(ctx, parley.CaseID(id))
		return title{en: "#" + strconv.FormatInt(c.Number, 10)}, err
	},
	"con": conversationTitle,
	"crm": func(ctx context.Context, v store.View, id string) (title, error) {
		c, err := v.Connection(ctx, id)
		return title{en: c.Name}, err
	},
	"ctr": func(ctx context.Context, v store.View, _ string) (title, error) {
		c, err := v.Center(ctx)
		return title{en: c.Name}, err
	},
	"cus": func(ctx context.Context, v store.View, id string) (title, error) {
		c, err := v.Customer(ctx, parley.CustomerID(id))
		return title{en: c.Name()}, err
	},
	"dsl": func(ctx context.Context, v store.View, id string) (title, error) {
		l, err := v.DispositionList(ctx, parley.ListID(id))
		return title{l.Name, l.NameFR}, err
	},
	"ent": func(ctx context.Context, v store.View, id string) (title, error) {
		p, err := v.EntryPoint(ctx, parley.EntryPointID(id))
		return title{en: p.Name}, err
	},
	"faq": func(ctx context.Context, v store.View, id string) (title, error) {
		f, err := v.FAQ(ctx, parley.FAQID(id))
		return asked(f.Draft), err
	},
	"fld": func(ctx context.Context, v store.View, id string) (title, error) {
		f, err := v.Field(ctx, parley.FieldID(id))
		return title{f.Label, f.LabelFR}, err
	},
	"fqc": func(ctx context.Context, v store.View, id string) (title, error) {
		c, err := v.FAQCategory(ctx, id)
		return title{c.Name, c.NameFR}, err
	},
	"grp": func(ctx context.Context, v store.View, id string) (title, error) {
		g, err := v.Group(ctx, parley.GroupID(id))
		return title{en: g.Name}, err
	},
	"int": func(ctx context.Context, v store.View, id string) (title, error) {
		i, err := v.Interaction(ctx, parley.InteractionID(id))
		if err != nil {
			return title{}, err
		}
		return conversationTitle(ctx, v, string(i.Conversation))
	},
	"key": func(ctx context.Context, v store.View, id string) (title, error) {
		k, err := v.APIKey(ctx, id)
		return title{en: k.Name}, err
	},
	"que": func(ctx context.Context, v store.View, id string) (title, error) {
		q, err := v.Queue(ctx, parley.QueueID(id))
		return title{en: q.Name}, err
	},
	"scr": func(ctx context.Context, v store.View, id string) (title, error) {
		s, err := v.Script(ctx, parley.ScriptID(id))
		return title{en: s.Name}, err
	},
	"ses": func(ctx context.Context, v store.View, id string) (title, error) {
		s, err := v.Session(ctx, id)
		if err != nil {
			return title{}, err
		}
		a, err := v.Agent(ctx, s.Agent)
		return title{en: a.DisplayName}, err
	},
	"skl": func(ctx context.Context, v store.View, id string) (title, error) {
		s, err := v.Skill(ctx, parley.SkillID(id))
		return title{en: s.Name}, err
	},
	"stc": func(ctx context.Context, v store.View, id string) (title, error) {
		c, err := v.StatusCode(ctx, parley.StatusCodeID(id))
		return title{c.Name, c.NameFR}, err
	},
	"tsk": func(ctx context.Context, v store.View, id string) (title, error) {
		t, err := v.Task(ctx, id)
		return title{en: t.Subject}, err
	},
	"whk": func(ctx context.Context, v store.View, id string) (title, error) {
		w, err := v.Webhook(ctx, id)
		return title{en: w.Name}, err
	},
}

// conversationTitle is who is at the other end.
func conversationTitle(ctx context.Context, v store.View, id string) (title, error) {
	c, err := v.Conversation(ctx, parley.ConversationID(id))
	if err != nil || c.Customer == "" {
		return title{}, err
	}
	customer, err := v.Customer(ctx, c.Customer)
	return title{en: customer.Name()}, err
}

// subjectTitle returns what people call the subject of an audited change: what
// it is called now; of a thing that is gone what it was called last. A customer
// and what a customer said have no name in the log, so that one who is erased
// stays nameless.
//
// Source: CFG-04.
func subjectTitle(ctx context.Context, v store.View, id string) (title, error) {
	prefix, _, _ := strings.Cut(id, "_")
	find := titles[prefix]
	if find == nil {
		return title{}, nil // there is one only, and people have a word for it
	}
	if found, err := find(ctx, v, id); err == nil || !errors.Is(err, parley.ErrNotFound) {
		return found, err
	}
	last, err := v.AuditTold(ctx, id)
	if err != nil {
		return title{}, err
	}
	return cmp.Or(titled(last.After), titled(last.Before)), nil
}

// titled reads the name of a thing as the audit log keeps it.
func titled(told string) title {
	var thing struct {
		DisplayName string           `json:"display_name"`
		Name        string           `json:"name"`
		NameFR      string           `json:"name_fr"`
		Label       string           `json:"label"`
		LabelFR     string           `json:"label_fr"`
		Texts       []parley.FAQText `json:"texts"`
	}
	if json.Unmarshal([]byte(told), &thing) != nil {
		return title{} // told of something else
	}
	return cmp.Or(
		title{thing.Label, thing.LabelFR}, asked(thing.Texts), title{cmp.Or(thing.DisplayName, thing.Name), thing.NameFR},
	)
}

// asked is the question of a FAQ, in the language it is first asked in if it is
// not in English.
func asked(texts []parley.FAQText) (t title) {
	for _, text := range texts {
		if text.Language == "en" {
			t.en = text.Question
		} else {
			t.fr = text.Question
		}
	}
	t.en = cmp.Or(t.en, t.fr)
	return t
}
