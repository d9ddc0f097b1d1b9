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
	} else if say.Text, err = wording(say.Text, e.textLimit(me, w.Channel), len(say.files) > 0); err == nil && e.spec.PlainText && emoji(say.Text) {
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
	if e.spec.Key == parley.KeyPhone && shortCode(string(e.talk.Address)) {
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

// shortCodeMax is how many digits a short code has at most; numbers have more.
const shortCodeMax = 6

// shortCode reports whether a phone number is a short code.
//
// Source: SMS-04.
func shortCode(number string) bool {
	digits := strings.TrimPrefix(number, "+")
	return digits != "" && len(digits) <= shortCodeMax && strings.Trim(digits, "0123456789") == ""
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
	allowed := e.spec.Files
	for _, f := range files {
		switch {
		case e.spec.PlainText:
			return parley.ErrPlainTextOnly
		case !slices.Contains(allowed.Kinds, f.Kind), len(allowed.Types) > 0 && !slices.Contains(allowed.Types, f.Type),
			allowed.Max > 0 && f.Size > allowed.Max:
			return parley.ErrFileNotAllowed.With(map[string]any{"limit": allowed.Max})
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

// pictured are the characters below U+1F000 that are shown as pictures unless a
// text asks otherwise.
//
// Source: Unicode 16, emoji-data.txt, Emoji_Presentation.
var pictured = []rune{
	0x231a, 0x231b, 0x23e9, 0x23ea, 0x23eb, 0x23ec, 0x23f0, 0x23f3, 0x25fd, 0x25fe, 0x2614, 0x2615, 0x2648, 0x2649, 0x264a,
	0x264b, 0x264c, 0x264d, 0x264e, 0x264f, 0x2650, 0x2651, 0x2652, 0x2653, 0x267f, 0x2693, 0x26a1, 0x26aa, 0x26ab, 0x26bd,
	0x26be, 0x26c4, 0x26c5, 0x26ce, 0x26d4, 0x26ea, 0x26f2, 0x26f3, 0x26f5, 0x26fa, 0x26fd, 0x2705, 0x270a, 0x270b, 0x2728,
	0x274c, 0x274e, 0x2753, 0x2754, 0x2755, 0x2757, 0x2795, 0x2796, 0x2797, 0x27b0, 0x27bf, 0x2b1b, 0x2b1c, 0x2b50, 0x2b55,
}

// emoji reports whether a text holds a picture among its letters.
//
// Source: CNV-07.
func emoji(text string) bool {
	return strings.ContainsFunc(text, func(r rune) bool {
		if r == 0xfe0f || r == 0x20e3 || r >= 0x1f000 && r <= 0x1faff {
			return true
		}
		_, found := slices.BinarySearch(pictured, r)
		return found
	})
}

// networkOf is what carries an entry point, nil on the web.
func (c *Center) networkOf(e parley.EntryPoint) channel.Channel { return c.channels[e.Provider] }

// composer tells an agent's browser what the network of a conversation takes, nil
// on the web.
//
// Source: ux.md 6, CNV-03, CNV-07, WAP-05, SMS-09.
func (s scene) composer(t *talk) *Composer {
	entrance := s.book.entrance[t.EntryPoint]
	network := s.network(entrance)
	if network == nil {
		return nil
	}
	e := &outlet{arrivals: arrivals{EntryPoint: entrance, network: network, spec: network.Spec(), book: s.book}}
	_, check := network.(channel.Resolver)
	made := &Composer{
		Limit: e.textLimit(s.me, t.Channel), Signature: e.signature(s.me), PartLimit: e.spec.Limit, Unit: e.spec.Unit, Segments: e.spec.Segments,
		PlainText: e.spec.PlainText, Files: some(e.spec.Files.Kinds), FileTypes: some(e.spec.Files.Types), FileMax: e.spec.Files.Max,
		Typing: e.spec.Typing, Receipts: e.spec.Receipts, Reads: e.spec.Reads, Templates: e.templates(),
		HumanUntil: parley.Millis(courier.HumanUntil(t.Conversation, e.spec)), Paused: entrance.Paused, OptedOut: t.optedOut, Check: check,
	}
	if price := s.book.sends().CountryOf(e.spec, t.Address).Price; price > 0 {
		made.Price, made.Currency = price, s.book.values.Text("sms.currency", settings.At{})
	}
	return made
}
