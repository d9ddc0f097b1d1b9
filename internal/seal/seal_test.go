package seal

import (
	"encoding/base64"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func made(t *testing.T, keys ...[]byte) *Seal {
	t.Helper()
	s, err := New(keys...)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestSeal(t *testing.T) {
	s := made(t, NewKey())
	sealed := s.Text("ent_1 auth_token", "hunter2")
	if strings.Contains(sealed, "hunter2") || !Sealed(sealed) || sealed == s.Text("ent_1 auth_token", "hunter2") {
		t.Errorf("A-095: sealed it is %q", sealed)
	}
	if plain, err := s.Open("ent_1 auth_token", sealed); err != nil || plain != "hunter2" {
		t.Errorf("A-095: opened it is %q, %v", plain, err)
	}
	if _, err := s.Open("ent_2 auth_token", sealed); !errors.Is(err, ErrBroken) {
		t.Errorf("A-095: at another entry point it opens: %v", err)
	}
	if _, err := s.Open("ent_1 auth_token", sealed[:len(sealed)-2]+"AA"); !errors.Is(err, ErrBroken) {
		t.Errorf("A-095: changed it opens: %v", err)
	}
	if _, err := made(t, NewKey()).Open("ent_1 auth_token", sealed); !errors.Is(err, ErrUnknownKey) {
		t.Errorf("A-095: another key opens it: %v", err)
	}
	for _, odd := range []string{"", "s1", "s1..", "plain", "s1.x.y.z", strings.Join(strings.Split(sealed, ".")[:2], ".") + ".A"} {
		if _, err := s.Open("ent_1 auth_token", odd); err == nil {
			t.Errorf("A-095: %q opens", odd)
		}
	}
}

// TestRotation replaces a key while both are here.
func TestRotation(t *testing.T) {
	old, fresh := NewKey(), NewKey()
	before := made(t, old).Text("p", "x")
	both := made(t, fresh, old)
	if plain, err := both.Open("p", before); err != nil || plain != "x" {
		t.Errorf("A-095: the old one opens as %q, %v", plain, err)
	}
	after := both.Text("p", "x")
	if both.Current(before) || !both.Current(after) {
		t.Error("A-095: which key sealed it is not told")
	}
	if _, err := made(t, fresh).Open("p", after); err != nil {
		t.Errorf("A-095: without the old key: %v", err)
	}
}

func TestSecrets(t *testing.T) {
	s := made(t, NewKey())
	sealed := s.Secrets("ent_1", map[string]string{"a": "1", "b": "2"})
	got, err := s.OpenSecrets("ent_1", sealed)
	if err != nil || got["a"] != "1" || got["b"] != "2" || len(got) != 2 {
		t.Errorf("A-095: %v, %v", got, err)
	}
	if _, err := s.OpenSecrets("ent_2", sealed); err == nil {
		t.Error("A-095: another entry point's secrets open")
	}
	if got, err := s.OpenSecrets("ent_1", nil); err != nil || len(got) != 0 {
		t.Errorf("A-095: none are %v, %v", got, err)
	}
}

func TestLoad(t *testing.T) {
	path := filepath.Join(t.TempDir(), "secret.key")
	first, err := Load("", path)
	if err != nil {
		t.Fatal(err)
	}
	info, err := os.Stat(path)
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("A-095: the key file is %v, %v", info.Mode(), err)
	}
	again, err := Load("", path)
	if err != nil {
		t.Fatal(err)
	}
	if plain, err := again.Open("p", first.Text("p", "x")); err != nil || plain != "x" {
		t.Errorf("A-095: after a restart %q, %v", plain, err)
	}
	if err := os.Chmod(path, 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := Load("", path); err == nil {
		t.Error("A-095: a key everybody may read is taken")
	}
	given, err := Load(base64.StdEncoding.EncodeToString(NewKey()), path)
	if err != nil || given.keys[0].id == first.keys[0].id {
		t.Errorf("A-095: what the environment says does not count: %v", err)
	}
	for _, odd := range []string{"short", "AAAA", "not base64!"} {
		if _, err := Load(odd, path); err == nil || strings.Contains(err.Error(), odd) {
			t.Errorf("A-095: %q gives %v", odd, err)
		}
	}
}

func TestSign(t *testing.T) {
	old, fresh := NewKey(), NewKey()
	before, both, other := made(t, old), made(t, fresh, old), made(t, NewKey())
	signature := before.Sign("att_1 1772445600000")
	if !before.Signed("att_1 1772445600000", signature) || !both.Signed("att_1 1772445600000", signature) {
		t.Error("A-021: our own signature does not count")
	}
	for _, bad := range []string{"", "00", "zz", signature[2:], signature + "00"} {
		if before.Signed("att_1 1772445600000", bad) {
			t.Errorf("A-021: %q counts", bad)
		}
	}
	if before.Signed("att_2 1772445600000", signature) || other.Signed("att_1 1772445600000", signature) {
		t.Error("A-021: a signature counts for something else")
	}
}
