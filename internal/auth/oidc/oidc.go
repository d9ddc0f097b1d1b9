// Package oidc lets people in by the organisation's own identity provider:
// OpenID Connect, authorization code with PKCE.
package oidc

import (
	"context"
	"crypto/subtle"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"time"

	"github.com/coreos/go-oidc/v3/oidc"
	"golang.org/x/oauth2"

	"parley/internal/auth"
)

// Config is how the provider knows us.
type Config struct {
	Issuer   string // https://login.example
	ClientID string
	Secret   string
	Redirect string // our address the provider sends people back to
	Claim    string // what people are found by: email or preferred_username
}

// Provider is an identity provider whose configuration we have read.
type Provider struct {
	Config
	client   *http.Client
	provider *oidc.Provider
	oauth    oauth2.Config
	verifier *oidc.IDTokenVerifier
}

// Identity is who the provider says somebody is.
type Identity struct {
	Issuer  string
	Subject string // the provider's own id: never given to somebody else
	Name    string // what the configured claim says, in lower case; "" if nobody vouches for it
}

// ErrRefused says that an answer of the provider is not to be believed.
var ErrRefused = errors.New("the identity provider's answer does not fit")

// Discover reads the provider's configuration. The client is the guarded one: it
// follows no redirect. now is what tokens are held against.
func Discover(ctx context.Context, client *http.Client, c Config, now func() time.Time) (*Provider, error) {
	p, err := oidc.NewProvider(oidc.ClientContext(ctx, client), c.Issuer)
	if err != nil {
		return nil, fmt.Errorf("the identity provider %s: %w", c.Issuer, err)
	}
	return &Provider{
		Config: c, client: client, provider: p,
		oauth: oauth2.Config{
			ClientID: c.ClientID, ClientSecret: c.Secret, RedirectURL: c.Redirect, Endpoint: p.Endpoint(),
			Scopes: []string{oidc.ScopeOpenID, "profile", "email"},
		},
		// Keys are fetched later, whenever the provider changes them: by the same client.
		verifier: p.VerifierContext(oidc.ClientContext(context.WithoutCancel(ctx), client), &oidc.Config{ClientID: c.ClientID, Now: now}),
	}, nil
}

// Flow is what one sign-in must bring back.
type Flow struct {
	State    string
	Nonce    string
	Verifier string // of PKCE
}

// NewFlow returns a flow nobody can guess.
func NewFlow() Flow {
	state, _ := auth.NewToken("st")
	nonce, _ := auth.NewToken("no")
	return Flow{State: state, Nonce: nonce, Verifier: oauth2.GenerateVerifier()}
}

// URL is where somebody signs in.
func (p *Provider) URL(f Flow) string {
	return p.oauth.AuthCodeURL(f.State, oidc.Nonce(f.Nonce), oauth2.S256ChallengeOption(f.Verifier))
}

// Redeem turns the code somebody came back with into who they are.
//
// Errors: ErrRefused for an answer that is not to be believed; any other may
// pass.
// Source: A-086.
func (p *Provider) Redeem(ctx context.Context, f Flow, code string) (Identity, error) {
	ctx = oidc.ClientContext(ctx, p.client)
	tokens, err := p.oauth.Exchange(ctx, code, oauth2.VerifierOption(f.Verifier))
	var refused *oauth2.RetrieveError
	if errors.As(err, &refused) {
		return Identity{}, fmt.Errorf("%w: %s", ErrRefused, refused.ErrorCode)
	}
	if err != nil {
		return Identity{}, fmt.Errorf("ask the identity provider: %w", err)
	}
	raw, ok := tokens.Extra("id_token").(string)
	if !ok {
		return Identity{}, fmt.Errorf("%w: no id_token", ErrRefused)
	}
	token, err := p.verifier.Verify(ctx, raw)
	if err != nil {
		return Identity{}, fmt.Errorf("%w: %w", ErrRefused, err)
	}
	if subtle.ConstantTimeCompare([]byte(token.Nonce), []byte(f.Nonce)) != 1 {
		return Identity{}, fmt.Errorf("%w: nonce", ErrRefused)
	}
	return p.identity(ctx, token, tokens)
}

// claims are what we read of a token or of the userinfo endpoint.
type claims struct {
	Email    string `json:"email"`
	Verified flag   `json:"email_verified"`
	Username string `json:"preferred_username"`
}

// flag is a boolean that some providers write as a text.
type flag bool

// UnmarshalJSON reads true and "true".
func (f *flag) UnmarshalJSON(b []byte) error {
	*f = flag(strings.Trim(string(b), `"`) == "true")
	return nil
}

// identity reads the claims; what is not in the token is asked for.
func (p *Provider) identity(ctx context.Context, token *oidc.IDToken, tokens *oauth2.Token) (Identity, error) {
	var c claims
	if err := token.Claims(&c); err != nil {
		return Identity{}, fmt.Errorf("%w: %w", ErrRefused, err)
	}
	if p.claim(c) == "" {
		if more, err := p.more(ctx, token.Subject, tokens); err != nil {
			return Identity{}, err
		} else if more != nil {
			c = *more
		}
	}
	return Identity{Issuer: token.Issuer, Subject: token.Subject, Name: strings.ToLower(p.claim(c))}, nil
}

// claim is what people are found by. An address counts only if the provider has
// checked it.
func (p *Provider) claim(c claims) string {
	switch {
	case p.Claim == "preferred_username":
		return c.Username
	case bool(c.Verified):
		return c.Email
	}
	return ""
}

// more asks the userinfo endpoint; nil if there is none. An answer about
// somebody else is refused.
func (p *Provider) more(ctx context.Context, subject string, tokens *oauth2.Token) (*claims, error) {
	if p.provider.UserInfoEndpoint() == "" {
		return nil, nil //nolint:nilnil // a provider may have none
	}
	info, err := p.provider.UserInfo(ctx, oauth2.StaticTokenSource(tokens))
	if err != nil {
		return nil, fmt.Errorf("ask the identity provider who it is: %w", err)
	}
	if info.Subject != subject {
		return nil, fmt.Errorf("%w: userinfo is about somebody else", ErrRefused)
	}
	var c claims
	if err := info.Claims(&c); err != nil {
		return nil, fmt.Errorf("%w: %w", ErrRefused, err)
	}
	return &c, nil
}
