package dynamics

import (
	"cmp"
	"context"
	"crypto"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/x509"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"encoding/pem"
	"errors"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/google/uuid"
	"golang.org/x/oauth2"
	"golang.org/x/oauth2/clientcredentials"

	"parley/internal/crm"
)

// Bounds of tokens: how long before its end one is no longer used, how long it
// lasts where nobody says, and how long a signed proof is good.
const (
	before      = 2 * time.Minute
	lastsLeast  = 5 * time.Minute
	proofLasts  = 5 * time.Minute
	proofMethod = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
)

// who says whose token is meant: others, or changed ones, have their own.
func (d *Dynamics) who(to crm.Connection) crm.Credentials {
	now := to.Now()
	return crm.Credentials{
		Parts: []string{to.ID, base(to), authority(to), to.Settings["tenant_id"], to.Settings["client_id"], to.Secrets["client_secret"], to.Secrets["certificate"]}, Now: now,
		Fetch: func(ctx context.Context) (string, time.Duration, error) {
			config, err := credentials(to, now)
			if err != nil {
				return "", 0, err
			}
			got, err := config.Token(context.WithValue(ctx, oauth2.HTTPClient, d.client))
			if err != nil {
				return "", 0, denied(err)
			}
			return got.AccessToken, lasts(got) - before, nil
		},
	}
}

// lasts is how long a token is good for.
func lasts(t *oauth2.Token) time.Duration {
	seconds, _ := t.Extra("expires_in").(float64)
	return max(lastsLeast, time.Duration(seconds)*time.Second)
}

func authority(to crm.Connection) string {
	return strings.TrimRight(cmp.Or(to.Settings["authority"], Authority), "/")
}

// credentials are what we prove ourselves with: a secret, or (if there is one) a
// certificate, which is the stronger.
//
// Source: https://learn.microsoft.com/entra/identity-platform/v2-oauth2-client-creds-grant-flow
func credentials(to crm.Connection, now time.Time) (*clientcredentials.Config, error) {
	c := &clientcredentials.Config{
		ClientID: to.Settings["client_id"], ClientSecret: to.Secrets["client_secret"],
		TokenURL:  authority(to) + "/" + url.PathEscape(to.Settings["tenant_id"]) + "/oauth2/v2.0/token",
		Scopes:    []string{base(to) + "/.default"},
		AuthStyle: oauth2.AuthStyleInParams,
	}
	if to.Secrets["certificate"] == "" {
		return c, nil
	}
	proof, err := proof(to.Secrets["certificate"], c.ClientID, c.TokenURL, now)
	if err != nil {
		return nil, &crm.Error{Code: crm.Auth, Detail: crm.BadCertificate}
	}
	c.ClientSecret = ""
	c.EndpointParams = url.Values{"client_assertion_type": {proofMethod}, "client_assertion": {proof}}
	return c, nil
}

// proof signs that we are the client, with the key that stands beside its
// certificate in a PEM file.
//
// Source: https://learn.microsoft.com/entra/identity-platform/certificate-credentials
func proof(file, client, audience string, now time.Time) (string, error) {
	key, certificate, err := pair(file)
	if err != nil {
		return "", err
	}
	mark := sha256.Sum256(certificate)
	head, err := json.Marshal(map[string]string{"alg": "PS256", "typ": "JWT", "x5t#S256": base64.RawURLEncoding.EncodeToString(mark[:])})
	if err != nil {
		return "", err
	}
	body, err := json.Marshal(map[string]any{
		"aud": audience, "iss": client, "sub": client, "jti": uuid.NewString(),
		"nbf": now.Add(-time.Minute).Unix(), "iat": now.Unix(), "exp": now.Add(proofLasts).Unix(),
	})
	if err != nil {
		return "", err
	}
	signed := base64.RawURLEncoding.EncodeToString(head) + "." + base64.RawURLEncoding.EncodeToString(body)
	sum := sha256.Sum256([]byte(signed))
	signature, err := rsa.SignPSS(rand.Reader, key, crypto.SHA256, sum[:], &rsa.PSSOptions{SaltLength: rsa.PSSSaltLengthEqualsHash})
	if err != nil {
		return "", err
	}
	return signed + "." + base64.RawURLEncoding.EncodeToString(signature), nil
}

// pair reads an RSA key and its certificate, in any order.
func pair(file string) (*rsa.PrivateKey, []byte, error) {
	var key *rsa.PrivateKey
	var certificates [][]byte
	for block, rest := pem.Decode([]byte(file)); block != nil; block, rest = pem.Decode(rest) {
		switch block.Type {
		case "CERTIFICATE":
			certificates = append(certificates, block.Bytes)
		case "RSA PRIVATE KEY":
			k, err := x509.ParsePKCS1PrivateKey(block.Bytes)
			if err != nil {
				return nil, nil, errors.New("the key cannot be read")
			}
			key = k
		case "PRIVATE KEY":
			k, err := x509.ParsePKCS8PrivateKey(block.Bytes)
			found, ok := k.(*rsa.PrivateKey)
			if err != nil || !ok {
				return nil, nil, errors.New("the key is no RSA key that can be read")
			}
			key = found
		}
	}
	if key == nil {
		return nil, nil, errors.New("no private key")
	}
	for _, raw := range certificates {
		c, err := x509.ParseCertificate(raw)
		if err == nil && key.PublicKey.Equal(c.PublicKey) {
			return key, raw, nil
		}
	}
	return nil, nil, errors.New("no certificate of that key")
}

// isPair reports whether a file holds a key and its certificate.
func isPair(file string) bool {
	_, _, err := pair(file)
	return err == nil
}

// denied is what a refused token means.
//
// Source: https://learn.microsoft.com/entra/identity-platform/reference-error-codes
func denied(err error) error {
	var no *oauth2.RetrieveError
	if !errors.As(err, &no) || no.Response == nil {
		return crm.NoToken(err)
	}
	a := crm.Answer{Status: no.Response.StatusCode, Header: no.Response.Header, Body: no.Body}
	number, words, _ := strings.Cut(no.ErrorDescription, ":")
	code := a.Failed().Code
	switch {
	case number == "AADSTS90002" || number == "AADSTS900023" || number == "AADSTS500011" || number == "AADSTS1002012":
		code = crm.Config // no such tenant, no such organisation
	case a.Status == http.StatusBadRequest || a.Status == http.StatusUnauthorized || a.Status == http.StatusForbidden:
		code = crm.Auth
	}
	words, _, _ = strings.Cut(words, "Trace ID")
	return a.Refused(code, cmp.Or(number, no.ErrorCode, strconv.Itoa(a.Status)), words)
}

// shown is what an administrator compares with the certificate at Microsoft, and
// until when it is good.
func shown(file string) (string, time.Time) {
	_, raw, err := pair(file)
	if err != nil {
		return "", time.Time{}
	}
	certificate, err := x509.ParseCertificate(raw)
	if err != nil {
		return "", time.Time{}
	}
	sum := sha256.Sum256(raw)
	return "SHA-256 " + strings.ToUpper(hex.EncodeToString(sum[:8])), certificate.NotAfter
}
