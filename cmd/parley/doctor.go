package main

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"parley"
	"parley/internal/office"
	"parley/internal/reserve"
	"parley/internal/seal"
	"parley/internal/store"
	"parley/web"
)

// doctorCommand checks what serve would need, with the same settings.
type doctorCommand struct {
	serveCommand `embed:""`
}

// finding is one thing the doctor looked at.
type finding struct {
	what string
	says string // when all is well
	err  error
}

// Run looks at everything and reports all of it; any fault makes it fail.
func (c *doctorCommand) Run(ctx context.Context) error {
	clock := parley.NewSystemClock()
	findings := []finding{
		{"settings", "valid", c.validate()},
		{"data folder", c.Data, c.prepare()},
		c.flush(clock),
		c.spare(),
		c.kept(ctx),
		c.secrets(ctx),
		c.port(ctx, "listen", c.Listen),
		c.certificate(ctx, clock),
		pagesBuilt(),
	}
	if c.MetricsListen != "off" {
		findings = append(findings, c.port(ctx, "metrics-listen", c.MetricsListen))
	}
	sick := 0
	for _, f := range findings {
		if f.err != nil {
			sick++
			fmt.Printf("FAULT  %-12s %v\n", f.what, f.err)
			continue
		}
		fmt.Printf("ok     %-12s %s\n", f.what, f.says)
	}
	if sick > 0 {
		return fmt.Errorf("%d of %d checks found a fault", sick, len(findings))
	}
	return nil
}

// flush writes and flushes, as every acknowledged message will be. A disk that
// answers at once may be lying; only a power cut would tell.
func (c *doctorCommand) flush(clock parley.Clock) finding {
	const times = 10
	f, err := os.CreateTemp(c.Data, ".flush-*")
	if err != nil {
		return finding{"disk", "", err}
	}
	began := clock.Now()
	for range times {
		_, werr := f.WriteString("parley")
		err = errors.Join(err, werr, f.Sync())
	}
	took := clock.Now().Sub(began) / times
	err = errors.Join(err, f.Close(), os.Remove(f.Name()))
	return finding{"disk", fmt.Sprintf("a flush takes about %v", took), err}
}

// spare looks for the room that is kept for when the disk is full.
//
// Source: R-05.
func (c *doctorCommand) spare() finding {
	const what = "reserve"
	path := c.reserveFile()
	if c.Database != "" {
		return finding{what, "none here: watch the disk of its own server", nil}
	}
	if _, err := os.Stat(c.dsn()); errors.Is(err, fs.ErrNotExist) {
		return finding{what, "none yet; the first start makes " + filepath.Base(path), nil}
	}
	f, err := os.Stat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist) && c.reserve().Fits(): // a copy was restored, or an older Parley served here
		return finding{what, fmt.Sprintf("none yet; the next start keeps %d MiB", reserve.Bytes>>20), nil}
	case errors.Is(err, fs.ErrNotExist):
		err = fmt.Errorf("the disk has no room for %s, which keeps %d MiB for when it is full: make room", path, reserve.Bytes>>20)
	case err == nil && f.Size() != reserve.Bytes:
		err = fmt.Errorf("%s has %d bytes, not %d: the next start makes it again", path, f.Size(), reserve.Bytes)
	}
	return finding{what, fmt.Sprintf("%d MiB are kept for when the disk is full", reserve.Bytes>>20), err}
}

// kept opens the database as serve would, without changing it.
func (c *doctorCommand) kept(ctx context.Context) finding {
	if _, err := os.Stat(c.dsn()); c.Database == "" && errors.Is(err, fs.ErrNotExist) {
		return finding{"database", "none yet; the first start makes " + filepath.Base(c.dsn()), nil}
	}
	s, err := store.Open(ctx, c.dsn(), store.Options{ReadOnly: true})
	if err != nil {
		return finding{"database", "", advised(err)}
	}
	head, err := s.View().Head(ctx)
	return finding{"database", "readable, " + entries(head) + " in its log", errors.Join(err, s.Close())}
}

// secrets opens what is sealed in the database, with the key serve would take.
//
// Source: A-095.
func (c *doctorCommand) secrets(ctx context.Context) finding {
	const what = "secrets"
	if _, err := os.Stat(c.dsn()); c.Database == "" && errors.Is(err, fs.ErrNotExist) {
		return finding{what, "none yet; the first start makes " + filepath.Base(c.keyFile()), nil}
	}
	s, err := store.Open(ctx, c.dsn(), store.Options{ReadOnly: true})
	if err != nil {
		return finding{what, "", advised(err)}
	}
	all, err := office.AllSealed(ctx, s.View())
	if err := errors.Join(err, s.Close()); err != nil {
		return finding{what, "", err}
	}
	all = slices.DeleteFunc(all, func(p office.Sealed) bool { return p.Plain })
	key, err := seal.Given(c.SecretKey, c.keyFile())
	switch {
	case err == nil && len(all) == 0:
		return finding{what, "none; the key is there", nil}
	case errors.Is(err, fs.ErrNotExist) && len(all) == 0:
		return finding{what, "none; the next start makes " + filepath.Base(c.keyFile()), nil}
	case errors.Is(err, fs.ErrNotExist):
		err = fmt.Errorf("those of %s are sealed and %s is gone: bring it back, or fill them in again", named(all), c.keyFile())
	case err == nil:
		shut := slices.DeleteFunc(slices.Clone(all), func(p office.Sealed) bool { return p.Opens(key) == nil })
		if len(shut) > 0 {
			err = fmt.Errorf("the key does not open those of %s: bring the key they were sealed with back, or fill them in again", named(shut))
		}
	}
	return finding{what, "those of " + named(all) + " open", err}
}

// named names places where secrets are kept.
func named(list []office.Sealed) string {
	names := make([]string, len(list))
	for i, p := range list {
		names[i] = p.Name
	}
	return strings.Join(names, ", ")
}

// entries counts entries of a log as people do: 1 entry, 2 entries.
func entries(n int64) string {
	if n == 1 {
		return "1 entry"
	}
	return fmt.Sprintf("%d entries", n)
}

func (c *doctorCommand) port(ctx context.Context, flag, address string) finding {
	l, err := listen(ctx, flag, address)
	if err == nil {
		err = l.Close()
	}
	return finding{flag, address + " is free", err}
}

// renewBefore is how long before its end a certificate is a fault.
const renewBefore = 7 * 24 * time.Hour

func (c *doctorCommand) certificate(ctx context.Context, clock parley.Clock) finding {
	switch {
	case c.ACME != "":
		return finding{"certificate", "from " + c.name() + ", which answers, for " + c.ACME, c.answers(ctx)}
	case c.TLSCert == "":
		return finding{"certificate", "none: people sign in on this machine, or through a proxy that speaks HTTPS", nil}
	}
	pair, err := tls.LoadX509KeyPair(c.TLSCert, c.TLSKey)
	if err != nil {
		return finding{"certificate", "", err}
	}
	leaf, err := x509.ParseCertificate(pair.Certificate[0])
	if err == nil && clock.Now().Add(renewBefore).After(leaf.NotAfter) {
		err = fmt.Errorf("ends on %s: renew it", leaf.NotAfter.Format(time.DateOnly))
	}
	return finding{"certificate", "good", err}
}

func pagesBuilt() finding {
	if _, err := fs.Stat(web.Files(), "app/index.html"); err != nil {
		return finding{"pages", "", errors.New("not built into this binary: run make, which needs Node 20 or newer")}
	}
	return finding{"pages", "built", nil}
}
