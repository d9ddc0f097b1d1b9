package oidc_test

import (
	"crypto/rand"
	"crypto/rsa"
	"encoding/json"
	"errors"
	"net/http"
	"net/http/httptest"
	"net/url"
	"testing"
	"time"

	"github.com/go-jose/go-jose/v4"

	"parley/internal/auth/oidc"
)

var now = time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)

// provider is an identity provider that says what a test wants it to.
type provider struct {
	*httptest.Server
	key    *rsa.PrivateKey
	claims map[string]any // of the next token
	info   map[string]any // what userinfo says
	asked  url.Values     // the last token request
	signed *rsa.PrivateKey
}

func newProvider(t *testing.T) *provider {
	t.Helper()
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	p := &provider{key: key, signed: key}
	mux := http.NewServeMux()
	say := func(w http.ResponseWriter, v any) {
		w.Header().Set("Content-Type", "application/json")
		_ = json.NewEncoder(w).Encode(v)
	}
	mux.HandleFunc("/.well-known/openid-configuration", func(w http.ResponseWriter, _ *http.Request) {
		say(w, map[string]any{
			"issuer": p.URL, "authorization_endpoint": p.URL + "/auth", "token_endpoint": p.URL + "/token",
			"jwks_uri": p.URL + "/keys", "userinfo_endpoint": p.URL + "/me", "id_token_signing_alg_values_supported": []string{"RS256"},
		})
	})
	mux.HandleFunc("/keys", func(w http.ResponseWriter, _ *http.Request) {
		say(w, jose.JSONWebKeySet{Keys: []jose.JSONWebKey{{Key: key.Public(), KeyID: "1", Algorithm: "RS256", Use: "sig"}}})
	})
	mux.HandleFunc("/me", func(w http.ResponseWriter, _ *http.Request) { say(w, p.info) })
	mux.HandleFunc("/token", func(w http.ResponseWriter, r *http.Request) {
		_ = r.ParseForm()
		p.asked = r.PostForm
		if r.PostForm.Get("code") != "good" {
			w.WriteHeader(http.StatusBadRequest)
			say(w, map[string]string{"error": "invalid_grant"})
			return
		}
		say(w, map[string]any{"access_token": "at", "token_type": "Bearer", "id_token": p.token(t)})
	})
	p.Server = httptest.NewServer(mux)
	t.Cleanup(p.Close)
	return p
}

func (p *provider) token(t *testing.T) string {
	signer, err := jose.NewSigner(jose.SigningKey{Algorithm: jose.RS256, Key: jose.JSONWebKey{Key: p.signed, KeyID: "1"}}, nil)
	if err != nil {
		t.Error(err)
		return ""
	}
	body, _ := json.Marshal(p.claims)
	signed, err := signer.Sign(body)
	if err != nil {
		t.Error(err)
		return ""
	}
	raw, _ := signed.CompactSerialize()
	return raw
}

func (p *provider) discover(t *testing.T, claim string) *oidc.Provider {
	t.Helper()
	got, err := oidc.Discover(t.Context(), p.Client(), oidc.Config{
		Issuer: p.URL, ClientID: "parley", Secret: "s", Redirect: "https://parley.example/sso/callback", Claim: claim,
	}, func() time.Time { return now })
	if err != nil {
		t.Fatal(err)
	}
	return got
}

func (p *provider) says(f oidc.Flow) map[string]any {
	return map[string]any{
		"iss": p.URL, "sub": "sub-amy", "aud": "parley", "nonce": f.Nonce, "iat": now.Unix(), "exp": now.Add(time.Minute).Unix(),
		"email": "Amy@Example.com", "email_verified": true, "preferred_username": "AMY",
	}
}

func TestWhoIsSaid(t *testing.T) {
	p := newProvider(t)
	for _, c := range []struct {
		name, claim string
		change      func(map[string]any)
		info        map[string]any
		want        string
	}{
		{"A-086: a checked address", "email", func(map[string]any) {}, nil, "amy@example.com"},
		{"A-086: an address nobody checked is nobody's", "email", func(c map[string]any) { c["email_verified"] = false }, map[string]any{"sub": "sub-amy"}, ""},
		{"some say it as a text", "email", func(c map[string]any) { c["email_verified"] = "true" }, nil, "amy@example.com"},
		{"the user name", "preferred_username", func(map[string]any) {}, nil, "amy"},
		{
			"what the token lacks is asked for", "email", func(c map[string]any) { delete(c, "email"); delete(c, "email_verified") },
			map[string]any{"sub": "sub-amy", "email": "amy@work.example", "email_verified": true}, "amy@work.example",
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			f := oidc.NewFlow()
			p.claims, p.info = p.says(f), c.info
			c.change(p.claims)
			got, err := p.discover(t, c.claim).Redeem(t.Context(), f, "good")
			if err != nil || got.Name != c.want || got.Subject != "sub-amy" || got.Issuer != p.URL {
				t.Errorf("%+v, %v", got, err)
			}
			if p.asked.Get("code_verifier") != f.Verifier {
				t.Error("A-086: no PKCE")
			}
		})
	}
}

func TestWhatIsNotBelieved(t *testing.T) {
	p := newProvider(t)
	other, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	for name, change := range map[string]func(map[string]any){
		"another's nonce":         func(c map[string]any) { c["nonce"] = oidc.NewFlow().Nonce },
		"no nonce":                func(c map[string]any) { delete(c, "nonce") },
		"for another client":      func(c map[string]any) { c["aud"] = "somebody" },
		"of another issuer":       func(c map[string]any) { c["iss"] = "https://evil.example" },
		"too old":                 func(c map[string]any) { c["exp"] = now.Add(-time.Hour).Unix() },
		"signed with another key": func(map[string]any) { p.signed = other },
		"userinfo of somebody else": func(c map[string]any) {
			delete(c, "email")
			p.info = map[string]any{"sub": "sub-bob", "email": "bob@example.com"}
		},
		"a code that was used or not": nil,
	} {
		t.Run("A-086: "+name, func(t *testing.T) {
			f, code := oidc.NewFlow(), "good"
			p.claims, p.info, p.signed = p.says(f), map[string]any{"sub": "sub-amy"}, p.key
			if change == nil {
				code = "used"
			} else {
				change(p.claims)
			}
			if got, err := p.discover(t, "email").Redeem(t.Context(), f, code); !errors.Is(err, oidc.ErrRefused) {
				t.Errorf("%+v, %v", got, err)
			}
		})
	}
}
