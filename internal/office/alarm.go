package office

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"parley"
	"parley/internal/channel"
	"parley/internal/ledger"
	"parley/internal/mail"
	"parley/internal/settings"
	"parley/internal/store"
)

// alarmKind is the kind of the outbox rows that tell whoever keeps the center
// running of an entry point. Their data names it, why, and which address of
// mail.maintenance is told.
const alarmKind = "alarm"

// tokenSoon is how early a token that ends is told of.
const tokenSoon = 7 * 24 * time.Hour

type alarm struct {
	EntryPoint parley.EntryPointID `json:"entry_point"`
	Webhook    string              `json:"webhook"` // of one of a webhook that was given up
	Why        string              `json:"why"`
	To         int                 `json:"to"`
}

// alarm mails one address. The network's own words stay out of it: they may hold
// what is not for a mailbox.
//
// Source: SOC-01, R-48.
func (o *Office) alarm(ctx context.Context, row store.Outbox) error {
	var a alarm
	if err := json.Unmarshal([]byte(row.Data), &a); err != nil {
		return fmt.Errorf("an alarm nobody can read: %w", errors.Join(ledger.ErrGiveUp, err))
	}
	v := o.store.View()
	rows, err := v.Settings(ctx)
	if err != nil {
		return err
	}
	values := settings.New(rows)
	list := strings.Fields(values.Text("mail.maintenance", settings.At{}))
	if a.To >= len(list) {
		return nil // the list became shorter
	}
	letter, err := a.letter(ctx, v)
	if errors.Is(err, parley.ErrNotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	letter.To, letter.ID = list[a.To], row.ID
	server, err := o.mailSettings(values)
	if err != nil {
		return err
	}
	err = o.send(ctx, server, letter)
	switch {
	case err == nil:
		return nil
	case errors.Is(err, mail.ErrNotSet):
		return &ledger.Retry{After: mailPause, Err: mail.ErrNotSet}
	case errors.Is(err, mail.ErrRefused):
		return errors.Join(ledger.ErrGiveUp, mail.ErrRefused)
	}
	return errors.New("the mail server did not take the alarm")
}

// letter writes the mail. Errors: parley.ErrNotFound if what it is about is gone.
func (a alarm) letter(ctx context.Context, v store.View) (mail.Message, error) {
	if a.Webhook == "" {
		e, err := v.EntryPoint(ctx, a.EntryPoint)
		return alarmMail(e, a.Why), err
	}
	h, err := v.Webhook(ctx, a.Webhook)
	return mail.Message{
		Subject: "Parley: " + h.Name,
		Text: fmt.Sprintf("The webhook %s was turned off: %s.\nLe crochet Web %s a \u00e9t\u00e9 d\u00e9sactiv\u00e9 : %s.\n\n/admin/webhooks/%s\n",
			h.Name, a.Why, h.Name, a.Why, h.ID),
	}, err
}

// alarmWords are what is wrong with an entry point, in English and in French.
var alarmWords = map[string][2]string{
	"token": {
		"its access ends within days. Renew it before: nothing can be sent afterwards",
		"son acc\u00e8s expire dans quelques jours. Renouvelez-le avant\u00a0: rien ne pourra partir ensuite",
	},
	string(channel.Auth): {
		"the network no longer accepts its credentials. Nothing is sent until they are renewed",
		"le r\u00e9seau n\u2019accepte plus ses identifiants. Rien ne part tant qu\u2019ils ne sont pas renouvel\u00e9s",
	},
	string(channel.Blocked): {
		"the network blocks the account. Nothing is sent until that is settled",
		"le r\u00e9seau bloque le compte. Rien ne part tant que ce n\u2019est pas r\u00e9gl\u00e9",
	},
	string(channel.Config): {
		"it is not set up right, or the network does not know the account",
		"la configuration n\u2019est pas bonne, ou le r\u00e9seau ne conna\u00eet pas le compte",
	},
	string(channel.Restricted): {
		"the network restricts the account",
		"le r\u00e9seau limite le compte",
	},
}

// alarmMail says in both languages which entry point needs attention.
func alarmMail(e parley.EntryPoint, why string) mail.Message {
	words, known := alarmWords[why]
	if !known {
		words = [2]string{why, why}
	}
	return mail.Message{
		Subject: "Parley: " + e.Name,
		Text: fmt.Sprintf("%s (%s) needs attention: %s.\n%s (%s) demande votre attention\u00a0: %s.\n\n/admin/entry-points/%s\n",
			e.Name, e.Channel, words[0], e.Name, e.Channel, words[1], e.ID),
	}
}

// ill finds entry points whose network does not work, or soon will not.
//
// Source: R-48, SOC-01.
func ill(ctx context.Context, v store.View, w *world) (list []Ailment, err error) {
	points, err := v.EntryPoints(ctx)
	if err != nil {
		return nil, err
	}
	for _, e := range points {
		h, err := v.Health(ctx, e.ID)
		if err != nil {
			return nil, err
		}
		switch {
		case !e.Enabled:
		case e.Paused != "" && e.Paused != "admin":
			list = append(list, Ailment{"channel_paused", string(e.ID), e.Name})
		case e.Paused != "":
			list = append(list, Ailment{"channel_held", string(e.ID), e.Name})
		case h.ErrorCode != "":
			list = append(list, Ailment{"channel_trouble", string(e.ID), e.Name})
		case !h.TokenUntil.IsZero() && h.TokenUntil.Sub(w.now) < tokenSoon:
			list = append(list, Ailment{"channel_token", string(e.ID), e.Name})
		}
	}
	return list, nil
}
