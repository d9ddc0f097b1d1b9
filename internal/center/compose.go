package center

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"parley"
	"parley/internal/channel"
	"parley/internal/courier"
	"parley/internal/ledger"
	"parley/internal/settings"
	"parley/internal/store"
)

// outlet is a conversation and the network a message to it would go over.
type outlet struct {
	*Center
	arrivals
	talk parley.Conversation
}

// compose checks what an agent wants to say against what its channel can carry,
// and makes it ready to be kept. Nothing is cut or left out silently.
//
// Source: CNV-03, CNV-07, SMS-04, SMS-05, SMS-09, WAP-05.
func (c *Center) compose(ctx context.Context, me parley.Actor, w *work, say *Words) error {
	e, err := c.composing(ctx, w.Conversation)
	if err != nil {
		return err
	}
	say.out = e.network != nil
	if say.files, err = c.uploaded(ctx, uploads(me), w.Conversation, say.Files); err != nil {
		return err
	}
	if err := e.fits(say.files); err != nil {
		return err
	}
	if say.Template != nil {
		err = e.fill(ctx, say)
	} else if say.Text, err = wording(say.Text, e.textLimit(me, w.Channel), len(say.files) > 0); err == nil && e.spec.PlainText && parley.HasEmoji(say.Text) {
		err = parley.ErrPlainTextOnly
	} else if err == nil {
		say.Text = e.sign(me, say.Text)
	}
	if err != nil {
		return err
	}
	if err := e.quotes(ctx, say.ReplyTo); err != nil {
		return err
	}
	say.content = contentOf(say)
	e.format(say)
	return e.writable(ctx, parley.Message{Sender: parley.FromAgent, Content: say.content})
}

// wording is a text as it is kept; beside a file it may be empty.
func wording(text string, limit int, mayBeEmpty bool) (string, error) {
	if mayBeEmpty && strings.TrimSpace(text) == "" {
		return "", nil
	}
	return clean("text", text, limit)
}

// contentOf is what a message carries besides its text, nil if nothing.
func contentOf(say *Words) *parley.Content {
	if len(say.files) == 0 && say.Template == nil && say.ReplyTo == "" {
		return nil
	}
	content := &parley.Content{Kind: parley.ContentText, ReplyTo: say.ReplyTo, Template: say.Template}
	for _, f := range say.files {
		content.Kind = f.Kind
		content.Files = append(content.Files, f.Attachment)
	}
	if say.Template != nil {
		content.Kind = parley.ContentTemplate
	}
	return content
}

// writable says why nobody can be written to there now, nil if they can.
func (e *outlet) writable(ctx context.Context, m parley.Message) error {
	if e.network == nil {
		return nil
	}
	if e.spec.Key == parley.KeyPhone && parley.ShortCode(string(e.talk.Address)) {
		return parley.ErrShortCode
	}
	if !e.book.sends().CountryOf(e.spec, e.talk.Address).Send {
		return parley.ErrCountryOff
	}
	if out, err := e.store.View().OptedOut(ctx, e.ID, e.talk.Address); err != nil || out {
		return errors.Join(err, parley.ErrOptedOut)
	}
	if courier.WindowAt(e.talk, e.clock.Now(), e.spec, m) == courier.WindowShut {
		return parley.ErrWindowClosed
	}
	return nil
}

// uploaded returns files that somebody uploaded for a conversation and has not
// sent. All others do not exist for them.
//
// Source: A-079.
func (c *Center) uploaded(ctx context.Context, who string, conversation parley.ConversationID, ids []parley.AttachmentID) ([]store.File, error) {
	var out []store.File
	for i, id := range ids {
		f, err := c.store.View().File(ctx, id)
		if unlessAbsent(err) != nil {
			return nil, err
		}
		theirs := f.Uploader == who && f.Conversation == conversation && f.Message == "" && f.State == parley.AttachmentReady
		if err != nil || !theirs || slices.Contains(ids[:i], id) {
			return nil, parley.ErrInvalid(parley.FieldError{Field: fmt.Sprintf("files[%d]", i), Code: "unknown"})
		}
		out = append(out, f)
	}
	return out, nil
}

// loose refuses files that went with another message meanwhile.
func loose(ctx context.Context, v ledger.View, files []store.File) error {
	for _, f := range files {
		now, err := v.File(ctx, f.ID)
		if err != nil {
			return err
		}
		if now.Message != "" {
			return parley.ErrConflict
		}
	}
	return nil
}

// fits refuses files that the network does not take.
func (e *outlet) fits(files []store.File) error {
	if e.network == nil {
		return nil
	}
	for _, f := range files {
		if e.spec.PlainText {
			return parley.ErrPlainTextOnly
		}
		if err := e.spec.Files.Fits(f.Kind, f.Type, f.Size); err != nil {
			return err
		}
	}
	return nil
}

// quotes refuses an answer to a message of somebody else's conversation.
func (e *outlet) quotes(ctx context.Context, id parley.MessageID) error {
	if id == "" {
		return nil
	}
	m, err := e.store.View().Message(ctx, id)
	if err == nil && m.Conversation == e.talk.ID {
		return nil
	}
	if unlessAbsent(err) != nil {
		return err
	}
	return parley.ErrInvalid(parley.FieldError{Field: "reply_to", Code: "unknown"})
}

// networkOf is what carries an entry point, nil on the web.
func (c *Center) networkOf(e parley.EntryPoint) channel.Channel { return c.channels[e.Provider] }

// composer tells an agent's browser what the network of a conversation takes, nil
// on the web.
//
// Source: CNV-03, CNV-07, WAP-05, SMS-09.
func (s scene) composer(t *talk) *Composer {
	entrance := s.book.entrance[t.EntryPoint]
	network := s.center.networkOf(entrance)
	if network == nil {
		return nil
	}
	e := &outlet{arrivals: arrivals{EntryPoint: entrance, network: network, spec: network.Spec(), book: s.book}}
	_, check := network.(channel.Resolver)
	made := &Composer{
		Limit: e.textLimit(s.me, t.Channel), Signature: e.signature(s.me), PartLimit: e.spec.Limit, Unit: e.spec.Unit, Segments: e.spec.Segments,
		PlainText: e.spec.PlainText, Files: some(e.spec.Files.Kinds), FileTypes: some(e.spec.Files.Types), FileMax: e.spec.Files.Max, FileSizes: e.spec.Files.Sizes, FileNever: some(e.spec.Files.Never),
		Reactions: some(e.spec.Reactions), Typing: e.spec.Typing, Receipts: e.spec.Receipts, Reads: e.spec.Reads, Templates: e.templates(),
		HumanUntil: parley.Millis(courier.HumanUntil(t.Conversation, e.spec)), Paused: s.center.courier.WaitsFor(entrance), OptedOut: t.optedOut, Check: check,
	}
	if price := s.book.sends().CountryOf(e.spec, t.Address).Price; price > 0 {
		made.Price, made.Currency = price, s.book.values.Text("sms.currency", settings.At{})
	}
	return made
}
