package dynamics

import (
	"bytes"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"errors"
	"maps"
	"math/big"
	"strings"
	"sync"
	"testing"
	"time"

	"parley/internal/crm"
	"parley/internal/simulator"
	"parley/internal/simulator/simtest"
)

// certified makes a key, its certificate alone, and the file that has both.
func certified(t *testing.T) (certificate, file string) {
	t.Helper()
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	like := &x509.Certificate{SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "parley"}, NotAfter: simtest.Morning.AddDate(2, 0, 0)}
	raw, err := x509.CreateCertificate(rand.Reader, like, like, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	pkcs8, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		t.Fatal(err)
	}
	var both bytes.Buffer
	public := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: raw})
	both.Write(pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: pkcs8}))
	both.Write(public)
	return string(public), both.String()
}

// meet opens an organization and a connection to it.
func meet(t *testing.T, settings, secrets map[string]string) (*simtest.Rig, *Dynamics, crm.Connection) {
	t.Helper()
	h := held()
	maps.Copy(h.Settings, settings)
	r := simtest.New(t, h.Provider, h.Settings)
	to := h.To(r.Account)
	to.ID, to.Now, to.Secrets = "crm_1", r.Now, secrets
	return r, h.CRM.(*Dynamics), to
}

// TestCertificate DYN-09: a certificate proves who we are, each time anew.
func TestCertificate(t *testing.T) {
	public, file := certified(t)
	r, d, to := meet(t, map[string]string{"certificate": public, "client_secret": ""}, map[string]string{"certificate": file})
	h, err := d.Check(t.Context(), to)
	if err != nil || !strings.HasPrefix(h.Detail, "SHA-256 ") || h.Until.Format(time.DateOnly) != "2028-03-02" {
		t.Fatalf("%+v, %v", h, err)
	}
	r.Advance(2 * time.Hour)
	if _, err := d.Check(t.Context(), to); err != nil {
		t.Fatal(err)
	}
	if n := asked(r, "/oauth2/v2.0/token"); n != 2 {
		t.Errorf("%d tokens were asked for, not 2", n)
	}
	_, another := certified(t)
	for name, broken := range map[string]string{"another's": another, "no key": public, "nonsense": "-----BEGIN", "two that do not fit": strings.Split(another, "-----BEGIN CERTIFICATE")[0] + public} {
		to.Secrets = map[string]string{"certificate": broken}
		_, err := d.Search(t.Context(), to, crm.Query{Email: "marie@example.com"})
		if e := (*crm.Error)(nil); !errors.As(err, &e) || e.Code != crm.Auth {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// asked counts the calls of a path.
func asked(r *simtest.Rig, path string) int {
	n := 0
	for _, one := range r.Requests("acc", 0) {
		if strings.Contains(one.URL, path) {
			n++
		}
	}
	return n
}

// TestOneToken: many at once ask for one token; a changed secret for another.
func TestOneToken(t *testing.T) {
	r, d, to := meet(t, nil, map[string]string{"client_secret": "s3cret"})
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			if _, err := d.Search(t.Context(), to, crm.Query{Phone: "+15145550101"}); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	if n := asked(r, "/oauth2/v2.0/token"); n != 1 {
		t.Errorf("%d tokens were asked for", n)
	}
	to.Secrets = map[string]string{"client_secret": "another"}
	_, err := d.Search(t.Context(), to, crm.Query{Phone: "+15145550101"})
	if e := (*crm.Error)(nil); !errors.As(err, &e) || e.Code != crm.Auth || !strings.Contains(e.Detail, "AADSTS7000215") || strings.Contains(e.Detail, "another") {
		t.Errorf("%v", err)
	}
}

// TestLimits: the platform says when to come again, and is believed.
func TestLimits(t *testing.T) {
	r, d, to := meet(t, map[string]string{"requests": "6"}, map[string]string{"client_secret": "s3cret"})
	for range 2 {
		if _, err := d.Search(t.Context(), to, crm.Query{Phone: "+15145550101"}); err != nil {
			t.Fatal(err)
		}
	}
	_, err := d.Search(t.Context(), to, crm.Query{Phone: "+15145550101"})
	var e *crm.Error
	if !errors.As(err, &e) || e.Code != crm.Throttled || e.After < 4*time.Minute {
		t.Fatalf("%+v", err)
	}
	r.Advance(10 * time.Minute)
	if _, err := d.Search(t.Context(), to, crm.Query{Phone: "+15145550101"}); err != nil {
		t.Error(err)
	}
}

// TestNobodyIsNamed: what went over the line stays out of errors.
func TestNobodyIsNamed(t *testing.T) {
	r, d, to := meet(t, map[string]string{"user": "none"}, map[string]string{"client_secret": "s3cret"})
	_, err := d.Search(t.Context(), to, crm.Query{Email: "marie@example.com"})
	if e := (*crm.Error)(nil); !errors.As(err, &e) || e.Code != crm.Forbidden || strings.Contains(err.Error(), "marie") {
		t.Errorf("%v", err)
	}
	if err := r.SetWeather("acc", simulator.Weather{Fail: 1}); err != nil {
		t.Fatal(err)
	}
	_, err = d.Search(t.Context(), to, crm.Query{Email: "marie@example.com"})
	if e := (*crm.Error)(nil); !errors.As(err, &e) || e.Code != crm.Transient || strings.Contains(err.Error(), "marie") {
		t.Errorf("%v", err)
	}
}
