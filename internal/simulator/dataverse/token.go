package dataverse

import (
	"crypto"
	"crypto/hmac"
	"crypto/rsa"
	"crypto/sha1" //nolint:gosec // the older name of a certificate
	"crypto/sha256"
	"crypto/x509"
	"encoding/base64"
	"encoding/json"
	"encoding/pem"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"

	"parley/internal/simulator"
)

// token is an access token.
type token struct {
	until time.Time
	fresh bool // made while the older ones counted as expired
}

// Bounds of tokens.
const (
	tokenLives = 3_599 * time.Second
	tokensMax  = 1_000
	proofMost  = 24 * time.Hour // that a proof may be good for
	proofKind  = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
)

// token is Microsoft's token endpoint, for client credentials.
//
// Source: https://learn.microsoft.com/entra/identity-platform/v2-oauth2-client-creds-grant-flow
func (n *network) token(w http.ResponseWriter, r *http.Request) {
	tenant, _, _ := strings.Cut(strings.TrimPrefix(r.URL.Path, "/"), "/")
	if r.Method != http.MethodPost || r.ParseForm() != nil {
		entra(w, http.StatusBadRequest, "invalid_request", 900144, "The request body must contain the following parameter: 'grant_type'.")
		return
	}
	client := n.line.Setting("client_id")
	switch scope := r.PostForm.Get("scope"); {
	case tenant != n.line.Setting("tenant_id"):
		entra(w, http.StatusBadRequest, "invalid_request", 90002, "Tenant '"+tenant+"' not found.")
	case r.PostForm.Get("grant_type") != "client_credentials":
		entra(w, http.StatusBadRequest, "unsupported_grant_type", 70003, "The app requested an unsupported grant type.")
	case r.PostForm.Get("client_id") != client:
		entra(w, http.StatusBadRequest, "unauthorized_client", 700016, "Application with identifier was not found in the directory.")
	case !strings.HasSuffix(scope, "/"+n.line.Account().ID+"/.default"):
		entra(w, http.StatusBadRequest, "invalid_resource", 500011, "The resource principal was not found in the tenant.")
	default:
		n.issue(w, r)
	}
}

// entra is an error of the token endpoint.
func entra(w http.ResponseWriter, status int, code string, number int, words string) {
	simulator.WriteJSON(w, status, map[string]any{
		"error": code, "error_description": fmt.Sprintf("AADSTS%d: %s Trace ID: 1 Correlation ID: 2", number, words), "error_codes": []int{number},
	})
}

func (n *network) issue(w http.ResponseWriter, r *http.Request) {
	if assertion := r.PostForm.Get("client_assertion"); assertion != "" {
		if err := n.proves(r, assertion); err != nil {
			entra(w, http.StatusUnauthorized, "invalid_client", 700027, "Client assertion failed signature validation: "+err.Error())
			return
		}
	} else if want := n.line.Setting("client_secret"); want == "" || !hmac.Equal([]byte(want), []byte(r.PostForm.Get("client_secret"))) {
		entra(w, http.StatusUnauthorized, "invalid_client", 7000215, "Invalid client secret provided.")
		return
	}
	made := "eyJ0eXAiOiJKV1Qi." + strconv.FormatInt(n.line.Serial(), 36) + "." + strconv.FormatInt(n.line.Now().UnixNano(), 36)
	n.line.Hide(made)
	n.mu.Lock()
	if len(n.tokens) >= tokensMax {
		clear(n.tokens)
	}
	n.tokens[made] = token{until: n.line.Now().Add(tokenLives), fresh: n.line.Weather().TokenExpired}
	n.mu.Unlock()
	simulator.WriteJSON(w, http.StatusOK, map[string]any{"token_type": "Bearer", "expires_in": int(tokenLives.Seconds()), "ext_expires_in": int(tokenLives.Seconds()), "access_token": made})
}

// proves checks what an app signed with its certificate's key.
//
// Source: https://learn.microsoft.com/entra/identity-platform/certificate-credentials
func (n *network) proves(r *http.Request, assertion string) error {
	block, _ := pem.Decode([]byte(n.line.Setting("certificate")))
	if block == nil {
		return errors.New("the app has no certificate")
	}
	certificate, err := x509.ParseCertificate(block.Bytes)
	if err != nil {
		return err
	}
	key, ok := certificate.PublicKey.(*rsa.PublicKey)
	parts := strings.Split(assertion, ".")
	if !ok || len(parts) != 3 || r.PostForm.Get("client_assertion_type") != proofKind {
		return errors.New("no JWT")
	}
	var head struct {
		Algorithm string `json:"alg"`
		SHA256    string `json:"x5t#S256"`
		SHA1      string `json:"x5t"`
	}
	var claims struct {
		Audience string `json:"aud"`
		Issuer   string `json:"iss"`
		Subject  string `json:"sub"`
		ID       string `json:"jti"`
		Expires  int64  `json:"exp"`
		From     int64  `json:"nbf"`
	}
	if err := errors.Join(decode(parts[0], &head), decode(parts[1], &claims)); err != nil {
		return err
	}
	long, short := sha256.Sum256(block.Bytes), sha1.Sum(block.Bytes) //nolint:gosec // see above
	if head.SHA256 != base64.RawURLEncoding.EncodeToString(long[:]) && head.SHA1 != base64.RawURLEncoding.EncodeToString(short[:]) {
		return errors.New("the key was not found")
	}
	signature, err := base64.RawURLEncoding.DecodeString(parts[2])
	if err != nil {
		return err
	}
	sum := sha256.Sum256([]byte(parts[0] + "." + parts[1]))
	switch head.Algorithm {
	case "PS256":
		err = rsa.VerifyPSS(key, crypto.SHA256, sum[:], signature, nil)
	case "RS256":
		err = rsa.VerifyPKCS1v15(key, crypto.SHA256, sum[:], signature)
	default:
		err = errors.New("an algorithm that is not allowed")
	}
	if err != nil {
		return err
	}
	now := n.line.Now()
	until := time.Unix(claims.Expires, 0)
	if claims.Issuer != n.line.Setting("client_id") || claims.Subject != claims.Issuer || claims.Audience != n.line.Called(r) || claims.ID == "" {
		return errors.New("it is for somebody else")
	}
	if !now.Before(until) || until.After(now.Add(proofMost)) || now.Before(time.Unix(claims.From, 0).Add(-5*time.Minute)) {
		return errors.New("it is not within its valid time range")
	}
	n.mu.Lock()
	defer n.mu.Unlock()
	for id, until := range n.proofs {
		if !now.Before(until) {
			delete(n.proofs, id)
		}
	}
	if _, used := n.proofs[claims.ID]; used {
		return errors.New("it was used before")
	}
	n.proofs[claims.ID] = until
	return nil
}

func decode(part string, into any) error {
	raw, err := base64.RawURLEncoding.DecodeString(part)
	if err != nil {
		return err
	}
	return json.Unmarshal(raw, into)
}

// allowed checks who calls, and how often; if they may not, it has answered.
func (n *network) allowed(w http.ResponseWriter, r *http.Request) bool {
	given, ok := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
	n.mu.Lock()
	t, known := n.tokens[given]
	n.mu.Unlock()
	if !ok || !known || !n.line.Now().Before(t.until) || n.line.Weather().TokenExpired && !t.fresh {
		w.Header().Set("WWW-Authenticate", `Bearer authorization_uri="`+n.line.URL("/"+n.line.Setting("tenant_id")+"/oauth2/authorize")+`", resource_id="`+n.line.URL("")+`"`)
		w.WriteHeader(http.StatusUnauthorized)
		return false
	}
	if n.line.Setting("user") == "none" {
		problem{http.StatusForbidden, "0x80072560", "The user is not a member of the organization."}.answer(w)
		return false
	}
	if wait := n.spend(); wait > 0 {
		w.Header().Set("Retry-After", strconv.Itoa(int(wait.Seconds())))
		throttled.answer(w)
		return false
	}
	return true
}
