package office

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"log/slog"
	"maps"
	"net/http"
	"strings"
	"sync"
	"time"

	"parley"
	"parley/internal/auth"
	"parley/internal/auth/oidc"
	"parley/internal/settings"
)

// How long somebody may take at the identity provider, how many may be there at
// once, and for how long its configuration is believed.
const (
	ssoWithin    = 10 * time.Minute
	ssoMost      = 10_000
	discoveryFor = 10 * time.Minute
)

// sso is signing in by the organisation's identity provider. mu owns the rest.
type sso struct {
	client *http.Client // guarded

	mu       sync.Mutex
	flows    map[string]*ssoFlow // by the hash of their state
	provider *oidc.Provider
	read     time.Time
}

// ssoFlow is somebody on the way to the provider and back.
type ssoFlow struct {
	oidc.Flow
	challenge string // the hash of what only the page that began it knows
	surface   parley.Surface
	window    bool // a window of its own, which closes
	until     time.Time
	back      bool           // they have come back
	agent     parley.AgentID // who they are; "" = nobody we know
	failure   error          // why they did not get in: the page that began says it too
}

// SSO says how the page of sign-in calls the identity provider, "" if there is
// none.
func (o *Office) SSO(ctx context.Context) (string, error) {
	rows, err := o.store.View().Settings(ctx)
	if err != nil {
		return "", err
	}
	v, here := settings.New(rows), settings.At{}
	if v.Text("oidc.issuer", here) == "" || v.Text("oidc.client_id", here) == "" {
		return "", nil
	}
	return or(v.Text("oidc.name", here), "SSO"), nil
}

// GuardSSO gives the office the client identity providers are asked with.
func (o *Office) GuardSSO(client *http.Client) { o.sso.client = client }

// SSOBegin is a page that wants its person signed in.
type SSOBegin struct {
	Challenge string // base64url SHA-256 of a secret of the page
	Surface   parley.Surface
	Window    bool   // they leave in a window of its own; the page stays and asks
	Redirect  string // our address people are sent back to
}

// BeginSSO returns where the person signs in, and the state they must bring
// back.
//
// Errors: parley.ErrNotFound if no provider is set up, ErrSSOUnavailable if it
// does not answer, ErrBadRequest for a challenge that is none, ErrOverloaded.
// Source: A-086.
func (o *Office) BeginSSO(ctx context.Context, in SSOBegin) (url, state string, err error) {
	if sum, err := base64.RawURLEncoding.DecodeString(in.Challenge); err != nil || len(sum) != sha256.Size {
		return "", "", parley.ErrBadRequest
	}
	p, err := o.identityProvider(ctx, in.Redirect)
	f := &ssoFlow{Flow: oidc.NewFlow(), challenge: in.Challenge, surface: in.Surface, window: in.Window, until: o.clock.Now().Add(ssoWithin)}
	f.back, f.failure = err != nil, err
	if !o.sso.add(f, o.clock.Now()) {
		return "", "", parley.ErrOverloaded
	}
	if err != nil {
		return "", "", err
	}
	return p.URL(f.Flow), f.State, nil
}

func (s *sso) add(f *ssoFlow, now time.Time) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	maps.DeleteFunc(s.flows, func(_ string, had *ssoFlow) bool {
		return now.After(had.until) || had.challenge == f.challenge // of a page that tries again, the last counts
	})
	if len(s.flows) >= ssoMost {
		return false
	}
	s.flows[auth.Hash(f.State)] = f
	return true
}

// of returns the flow of a state, once.
func (s *sso) of(state string, now time.Time) (ssoFlow, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	f, ok := s.flows[auth.Hash(state)]
	if !ok || f.back || now.After(f.until) {
		return ssoFlow{}, false
	}
	f.back = true
	return *f, true
}

// identityProvider returns the provider of the settings.
func (o *Office) identityProvider(ctx context.Context, redirect string) (*oidc.Provider, error) {
	rows, err := o.store.View().Settings(ctx)
	if err != nil {
		return nil, err
	}
	v, here := settings.New(rows), settings.At{}
	c := oidc.Config{Issuer: v.Text("oidc.issuer", here), ClientID: v.Text("oidc.client_id", here), Redirect: redirect, Claim: v.Text("oidc.claim", here)}
	if c.Issuer == "" || c.ClientID == "" || o.sso.client == nil {
		return nil, parley.ErrNotFound
	}
	if c.Secret, err = o.openSecret("oidc.client_secret", v.Text("oidc.client_secret", here)); err != nil {
		return nil, err
	}
	now := o.clock.Now()
	o.sso.mu.Lock()
	had, read := o.sso.provider, o.sso.read
	o.sso.mu.Unlock()
	if had != nil && had.Config == c && now.Sub(read) < discoveryFor {
		return had, nil
	}
	p, err := oidc.Discover(ctx, o.sso.client, c, o.clock.Now)
	if err != nil {
		slog.WarnContext(ctx, "the identity provider does not answer", slog.Any("error", err))
		return nil, parley.ErrSSOUnavailable
	}
	o.sso.mu.Lock()
	defer o.sso.mu.Unlock()
	o.sso.provider, o.sso.read = p, now
	return p, nil
}

// SSOBack is somebody who comes back from the provider.
type SSOBack struct {
	State    string // as the address says
	Browser  string // as the cookie of the browser that left says
	Code     string
	Redirect string
}

// EndSSO finds out who came back. The session is made when the page that began
// asks for it: only that page can. It returns whether they came back in a window
// of its own.
//
// Errors: parley.ErrSSOFailed if state, code or token do not fit, ErrSSOUnknown
// if we know nobody of that name, ErrSSOUnavailable.
// Source: A-086.
func (o *Office) EndSSO(ctx context.Context, in SSOBack) (window bool, err error) {
	if in.State == "" || auth.Hash(in.State) != auth.Hash(in.Browser) {
		return false, parley.ErrSSOFailed
	}
	f, ok := o.sso.of(in.State, o.clock.Now())
	if !ok {
		return false, parley.ErrSSOFailed
	}
	agent, err := o.cameBack(ctx, f.Flow, in)
	o.sso.mu.Lock()
	defer o.sso.mu.Unlock()
	if f, ok := o.sso.flows[auth.Hash(in.State)]; ok {
		f.agent, f.failure = agent, err
	}
	return f.window, err
}

// cameBack asks the provider who came back, and returns whom we know them as.
//
// Errors: parley.ErrSSOFailed, ErrSSOUnknown, ErrSSOUnavailable.
func (o *Office) cameBack(ctx context.Context, f oidc.Flow, in SSOBack) (parley.AgentID, error) {
	p, err := o.identityProvider(ctx, in.Redirect)
	if err != nil {
		return "", err
	}
	who, err := p.Redeem(ctx, f, in.Code)
	if err != nil {
		slog.WarnContext(ctx, "a sign-in by the identity provider failed", slog.Any("error", err))
		if errors.Is(err, oidc.ErrRefused) {
			return "", parley.ErrSSOFailed
		}
		return "", parley.ErrSSOUnavailable
	}
	return o.whoIs(ctx, who)
}

// whoIs returns the agent of an identity. Who comes for the first time is found
// by name, and known by the provider's own id from then on.
//
// Errors: parley.ErrSSOUnknown.
func (o *Office) whoIs(ctx context.Context, who oidc.Identity) (parley.AgentID, error) {
	v := o.store.View()
	known, err := v.Identity(ctx, who.Issuer, who.Subject)
	if err == nil {
		return known.Agent, nil
	}
	if !absent(err) {
		return "", err
	}
	if who.Name == "" {
		return "", parley.ErrSSOUnknown
	}
	found, err := v.CredentialsOf(ctx, who.Name)
	if err != nil {
		return "", err
	}
	if len(found) != 1 || !found[0].Enabled {
		return "", parley.ErrSSOUnknown
	}
	return found[0].ID, o.linkIdentity(ctx, who, found[0].ID)
}

// SSOSignIn is the page that began, asking for its session.
type SSOSignIn struct {
	Verifier string // the secret whose hash was the challenge
	SignIn          // without name and password
}

// SignInSSO opens the session of whoever came back.
//
// Errors: parley.ErrSSOPending if nobody has yet, ErrSSOFailed if there is no
// such sign-in or it is too old; those of BeginSSO, EndSSO and SignIn.
func (o *Office) SignInSSO(ctx context.Context, in SSOSignIn) (SignedIn, error) {
	state, f, ok := o.sso.begun(in.Verifier, in.Surface, o.clock.Now())
	switch {
	case !ok:
		return SignedIn{}, parley.ErrSSOFailed
	case f.failure != nil:
		return SignedIn{}, f.failure
	case f.agent == "": // on the way, or being asked after
		return SignedIn{}, parley.ErrSSOPending
	}
	who, err := o.store.View().Credential(ctx, f.agent)
	if err != nil {
		return SignedIn{}, err
	}
	if !who.Enabled {
		return SignedIn{}, parley.ErrUnknownSignIn
	}
	got, err := o.open(ctx, who, in.SignIn)
	if err == nil {
		o.sso.mu.Lock()
		delete(o.sso.flows, state)
		o.sso.mu.Unlock()
	}
	return got, err
}

// begun returns the flow that the holder of a verifier began.
func (s *sso) begun(verifier string, at parley.Surface, now time.Time) (string, ssoFlow, bool) {
	sum := sha256.Sum256([]byte(verifier))
	challenge := base64.RawURLEncoding.EncodeToString(sum[:])
	s.mu.Lock()
	defer s.mu.Unlock()
	for state, f := range s.flows {
		if f.challenge == challenge && f.surface == at && !now.After(f.until) {
			return state, *f, true
		}
	}
	return "", ssoFlow{}, false
}

// PanelOrigins returns the sites that may frame the panel.
//
// Source: A-110.
func (o *Office) PanelOrigins(ctx context.Context) ([]string, error) {
	rows, err := o.store.View().Settings(ctx)
	if err != nil {
		return nil, err
	}
	list := strings.Fields(settings.New(rows).Text("panel.origins", settings.At{}))
	for i, s := range list {
		list[i], _ = parley.Origin(s) // checked when it was set
	}
	return list, nil
}
