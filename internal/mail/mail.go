// Package mail sends letters by SMTP.
package mail

import (
	"context"
	"errors"
	"fmt"
	"net"
	"time"

	gomail "github.com/wneessen/go-mail"
)

// Settings say through whom letters go.
type Settings struct {
	Host     string // "" = mail is not set up
	Port     int
	TLS      string // starttls, tls or none
	User     string // "" = without signing in
	Password string
	From     string
}

// Message is one letter, in plain text.
type Message struct {
	To      string
	Subject string
	Text    string
	ID      string // the same letter sent again has the same id
}

// ErrNotSet says that there is no server to send through.
var ErrNotSet = errors.New("mail is not set up")

// ErrRefused says that the server will never take this letter.
var ErrRefused = errors.New("the mail server refuses the letter")

// sendTime is how long one letter may take.
const sendTime = 30 * time.Second

// Send sends a letter. Errors: ErrNotSet, ErrRefused; any other may pass.
func Send(ctx context.Context, s Settings, m Message) error {
	if s.Host == "" || s.From == "" {
		return ErrNotSet
	}
	letter := gomail.NewMsg(gomail.WithNoDefaultUserAgent()) // customers need not know our libraries
	if err := letter.From(s.From); err != nil {
		return fmt.Errorf("the sender's address: %w", errors.Join(ErrNotSet, err))
	}
	if err := letter.To(m.To); err != nil {
		return fmt.Errorf("the recipient's address: %w", errors.Join(ErrRefused, err))
	}
	letter.Subject(m.Subject)
	letter.SetMessageIDWithValue(m.ID + "@" + s.Host)
	letter.SetBodyString(gomail.TypeTextPlain, m.Text)
	client, err := gomail.NewClient(s.Host, s.options()...)
	if err != nil {
		return fmt.Errorf("the mail server %s: %w", net.JoinHostPort(s.Host, fmt.Sprint(s.Port)), err)
	}
	if err := client.DialAndSendWithContext(ctx, letter); err != nil {
		return sorted(err)
	}
	return nil
}

func (s Settings) options() []gomail.Option {
	o := []gomail.Option{gomail.WithTimeout(sendTime)}
	switch s.TLS {
	case "tls":
		o = append(o, gomail.WithSSL())
	case "none":
		o = append(o, gomail.WithTLSPolicy(gomail.NoTLS))
	default:
		o = append(o, gomail.WithTLSPolicy(gomail.TLSMandatory))
	}
	o = append(o, gomail.WithPort(s.Port))
	if s.User != "" {
		o = append(o, gomail.WithSMTPAuth(gomail.SMTPAuthAutoDiscover), gomail.WithUsername(s.User), gomail.WithPassword(s.Password))
	}
	return o
}

// sorted tells a refusal for good from what may pass.
func sorted(err error) error {
	var failed *gomail.SendError
	if errors.As(err, &failed) && !failed.IsTemp() && failed.ErrorCode() >= 500 {
		return errors.Join(ErrRefused, err)
	}
	return fmt.Errorf("send a letter: %w", err)
}
