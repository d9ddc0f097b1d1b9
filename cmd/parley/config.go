package main

import (
	"errors"
	"fmt"
	"math"
	"net"
	"net/netip"
	"net/url"
	"os"
	"path/filepath"
	"runtime/debug"
	"strconv"
	"strings"

	"parley/internal/reserve"
)

// database says where the center is kept; several commands need it.
type database struct {
	bucket `embed:""`

	Data     string `help:"Folder for everything kept on disk." default:"./data" type:"path" env:"PARLEY_DATA"`
	Database string `help:"postgres://... to keep the center in PostgreSQL instead of the data folder; may carry ?schema=name." env:"PARLEY_DATABASE" placeholder:"URL"`
}

// dsn returns what the store opens.
func (d database) dsn() string {
	if d.Database != "" {
		return d.Database
	}
	return filepath.Join(d.Data, "parley.db")
}

// keyFile is where the key that seals secrets is kept if nobody hands one in. It
// is no part of the database, so that a copy of one opens nothing.
//
// Source: A-095.
func (d database) keyFile() string { return filepath.Join(d.Data, "secret.key") }

// reserveFile is where room is kept for when the disk is full.
func (d database) reserveFile() string { return d.dsn() + ".reserve" }

// reserve is that file; nil with PostgreSQL, whose own server looks after its disk.
func (d database) reserve() *reserve.File {
	if d.Database != "" {
		return nil
	}
	return reserve.New(d.reserveFile(), reserve.Bytes)
}

func (d database) faults() []error {
	if d.Database != "" && !strings.HasPrefix(d.Database, "postgres://") && !strings.HasPrefix(d.Database, "postgresql://") {
		return []error{errors.New("--database: expected postgres://user@host/name; without it the data folder is used")}
	}
	if d.Data == "" {
		return []error{errors.New("--data: expected a folder")}
	}
	return nil
}

// prepare makes the data folder, for this user alone.
func (d database) prepare() error {
	if err := os.MkdirAll(d.Data, 0o700); err != nil {
		return fmt.Errorf("the data folder %s cannot be made: %w; name another with --data", d.Data, err)
	}
	probe, err := os.CreateTemp(d.Data, ".probe-*")
	if err != nil {
		return fmt.Errorf("the data folder %s is not writable: %w; change its owner or name another with --data", d.Data, err)
	}
	return errors.Join(probe.Close(), os.Remove(probe.Name()))
}

// serveCommand runs the server.
type serveCommand struct {
	database  `embed:""`
	authority `embed:""`

	Listen        string   `help:"Address to serve on. Off this machine, use TLS or a proxy." default:"127.0.0.1:8080" env:"PARLEY_LISTEN"`
	Demo          bool     `help:"Serve a ready-made center whose accounts work on this machine only." env:"PARLEY_DEMO"`
	TLSCert       string   `name:"tls-cert" help:"Certificate chain, PEM." type:"path" env:"PARLEY_TLS_CERT"`
	TLSKey        string   `name:"tls-key" help:"Its private key, PEM." type:"path" env:"PARLEY_TLS_KEY"`
	ACME          string   `name:"acme" help:"Host name to get a certificate for by itself, from Let's Encrypt if nobody else is named; listens on :443." env:"PARLEY_ACME" placeholder:"HOST"`
	TrustedProxy  []string `help:"Networks of proxies whose X-Forwarded-* headers count." env:"PARLEY_TRUSTED_PROXY" placeholder:"CIDR"`
	PublicURL     string   `name:"public-url" help:"Address people use, if it is not the one listened on." env:"PARLEY_PUBLIC_URL"`
	MetricsListen string   `help:"Address of /metrics, or off." default:"127.0.0.1:9090" env:"PARLEY_METRICS_LISTEN"`
	FileOrigin    string   `name:"files-origin" help:"https://host, another name of this server, to serve people's files from: nothing else is served there." env:"PARLEY_FILES_ORIGIN" placeholder:"URL"`
	SecretKey     string   `help:"Key the secrets of networks are sealed with: 32 bytes in base64; several with a comma, the first seals. Without it <data>/secret.key is used, and made." env:"PARLEY_SECRET_KEY" placeholder:"KEY"`
	Loopback      bool     `name:"allow-loopback-providers" help:"Networks may be called on this machine: for the simulator. The demo always may." env:"PARLEY_ALLOW_LOOPBACK_PROVIDERS"`
	Simulator     bool     `help:"Serve simulated networks at /sim: never in a center that serves people. The demo always does." env:"PARLEY_SIMULATOR"`
	Connections   int      `help:"Connections held at once." default:"20000" env:"PARLEY_CONNECTIONS"`
	PerAddress    int      `help:"Connections held at once for one address." default:"10000" env:"PARLEY_PER_ADDRESS"`
	LimitScale    float64  `help:"Multiplies every rate limit; for benchmarks, whose customers share one address." default:"1" env:"PARLEY_LIMIT_SCALE"`
	LogLevel      string   `help:"debug, info, warn or error." enum:"debug,info,warn,error" default:"info" env:"PARLEY_LOG_LEVEL"`
}

// defaultListen is where serve listens if nobody says; kong's tag repeats it.
const defaultListen = "127.0.0.1:8080"

// defaultMetricsListen is where the figures are if nobody says; kong's tag
// repeats it. It is Prometheus' own port too, so that it may be taken.
const defaultMetricsListen = "127.0.0.1:9090"

// hostPort reports whether an address to listen on has its form.
func hostPort(address string) bool {
	_, port, err := net.SplitHostPort(address)
	if err != nil {
		return false
	}
	_, err = strconv.ParseUint(port, 10, 16)
	return err == nil
}

// origin reports whether an address is a scheme and a host, and nothing else.
func origin(address string) bool {
	u, err := url.Parse(address)
	return err == nil && (u.Scheme == "http" || u.Scheme == "https") && u.Hostname() != "" && u.Scheme+"://"+u.Host == address
}

// validate reports everything that is wrong with the settings at once.
func (c *serveCommand) validate() error {
	faults := append(c.database.faults(), c.authority.faults(c.ACME)...)
	if c.ACME != "" && c.Listen == defaultListen {
		c.Listen = ":443"
	}
	if !hostPort(c.Listen) {
		faults = append(faults, fmt.Errorf("--listen %q: expected host:port, the port a number up to 65535", c.Listen))
	}
	if c.MetricsListen != "off" {
		if !hostPort(c.MetricsListen) {
			faults = append(faults, fmt.Errorf("--metrics-listen %q: expected host:port, the port a number up to 65535, or off", c.MetricsListen))
		}
	}
	if (c.TLSCert == "") != (c.TLSKey == "") {
		faults = append(faults, errors.New("--tls-cert and --tls-key belong together"))
	}
	if c.ACME != "" && c.TLSCert != "" {
		faults = append(faults, errors.New("--acme and --tls-cert exclude each other"))
	}
	if c.Demo && !loopback(c.Listen) {
		faults = append(faults, fmt.Errorf("--demo has accounts with a known password, so it listens on this machine only: use --listen 127.0.0.1:8080 instead of %s", c.Listen))
	}
	if _, err := c.proxies(); err != nil {
		faults = append(faults, err)
	}
	c.PublicURL, c.FileOrigin = strings.TrimSuffix(c.PublicURL, "/"), strings.TrimSuffix(c.FileOrigin, "/")
	if c.PublicURL != "" && !origin(c.PublicURL) {
		faults = append(faults, fmt.Errorf("--public-url %q: expected https://host; Parley cannot live under a path", c.PublicURL))
	}
	if c.FileOrigin != "" && !origin(c.FileOrigin) {
		faults = append(faults, fmt.Errorf("--files-origin %q: expected https://host", c.FileOrigin))
	}
	if c.Connections < 1 || c.PerAddress < 1 || c.LimitScale <= 0 || math.IsNaN(c.LimitScale) || math.IsInf(c.LimitScale, 1) {
		faults = append(faults, errors.New("--connections, --per-address and --limit-scale must be more than 0"))
	}
	return usage(faults...)
}

// proxies returns the networks whose word counts.
func (c *serveCommand) proxies() ([]netip.Prefix, error) {
	var out []netip.Prefix
	for _, s := range c.TrustedProxy {
		prefix, err := netip.ParsePrefix(s)
		if ip, single := netip.ParseAddr(s); err != nil && single == nil {
			prefix, err = netip.PrefixFrom(ip, ip.BitLen()), nil
		}
		if err != nil {
			return nil, fmt.Errorf("--trusted-proxy %q: expected an address or a network like 10.0.0.0/8", s)
		}
		out = append(out, prefix.Masked())
	}
	return out, nil
}

// loopback reports whether an address to listen on is this machine's own.
func loopback(listen string) bool {
	host, _, err := net.SplitHostPort(listen)
	if err != nil {
		return false
	}
	ip, err := netip.ParseAddr(host)
	return host == "localhost" || err == nil && ip.IsLoopback()
}

// release is the version, set by the linker; a build without it tells its
// revision.
var release string

func version() string {
	if release != "" {
		return release
	}
	revision := "unknown"
	if info, ok := debug.ReadBuildInfo(); ok {
		for _, s := range info.Settings {
			if s.Key == "vcs.revision" {
				revision = s.Value
			}
		}
	}
	return "development " + revision
}

// versionCommand prints the version.
type versionCommand struct{}

// Run prints it.
func (versionCommand) Run() error {
	fmt.Println("parley", version())
	return nil
}
