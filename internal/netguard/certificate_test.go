package netguard

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestCertificates A-130: a host whose certificate nobody vouches for is not
// spoken to, and nothing in the program can wave that through.
func TestCertificates(t *testing.T) {
	said := 0
	s := httptest.NewTLSServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { said++ }))
	defer s.Close()
	answer, err := New(Options{Loopback: true}).Get(s.URL)
	if err == nil {
		_ = answer.Body.Close()
	}
	var unknown x509.UnknownAuthorityError
	var unverified *tls.CertificateVerificationError
	if !errors.As(err, &unknown) && !errors.As(err, &unverified) {
		t.Errorf("its own word was good enough: %v", err)
	}
	if said != 0 {
		t.Error("the request was made")
	}
	rooms := 0
	err = filepath.WalkDir("../..", func(path string, entry os.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case entry.IsDir() && (entry.Name() == "node_modules" || entry.Name() == ".git"):
			return filepath.SkipDir
		}
		if !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") || strings.Contains(path, "socket.go") {
			return nil // a socket's option of that name is about origins, and only for doors
		}
		text, err := os.ReadFile(path)
		rooms++
		if strings.Contains(string(text), "InsecureSkipVerify") {
			t.Errorf("%s takes any certificate", path)
		}
		return err
	})
	if err != nil || rooms < 100 {
		t.Errorf("%d files looked at: %v", rooms, err)
	}
}
