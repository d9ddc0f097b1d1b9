package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log"
	"log/slog"
	"net"
	"net/http"
	"os"
	"runtime/debug"
	"strconv"
	"strings"
	"sync/atomic"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"
	"golang.org/x/sync/errgroup"

	"parley"
	"parley/internal/api"
	"parley/internal/channel"
	"parley/internal/channel/all"
	crms "parley/internal/crm/all"
	"parley/internal/netguard"
	"parley/internal/seal"
	"parley/internal/tenant"
)

// How patient the server is with a slow other end, and how long it takes
// to go.
const (
	headerWithin = 5 * time.Second
	readWithin   = 15 * time.Second
	writeWithin  = 60 * time.Second
	idleWithin   = 120 * time.Second
	headerBytes  = 32 << 10
	drainSpread  = 5 * time.Second
	stopWithin   = 5 * time.Second
)

// Run serves until the process is asked to stop.
func (c *serveCommand) Run(ctx context.Context) error {
	if err := c.validate(); err != nil {
		return err
	}
	if err := c.prepare(); err != nil {
		return err
	}
	slog.SetDefault(c.logger(os.Stderr))
	h, err := c.open(ctx)
	if ctx.Err() != nil && errors.Is(err, context.Canceled) {
		return nil // asked to stop while it started, or waited for another process to end
	}
	if err != nil {
		return err
	}
	return h.serve(ctx)
}

// house is everything a running server is made of.
type house struct {
	command *serveCommand
	log     *slog.Logger
	clock   parley.Clock
	tenant  *tenant.Tenant
	doors   *api.Server
	web     net.Listener
	metrics net.Listener // nil if off
	figures *prometheus.Registry

	channels map[string]channel.Channel
	sandbox  *sandbox // nil in a center that serves people
	accounts *accounts
	serving  atomic.Bool // the doors are open
}

// open takes the addresses first: if they are taken, nothing has been touched.
func (c *serveCommand) open(ctx context.Context) (_ *house, err error) {
	h := &house{command: c, clock: parley.NewSystemClock(), log: c.logger(os.Stderr), figures: prometheus.NewRegistry()}
	defer func() {
		if err != nil {
			err = errors.Join(err, h.close())
		}
	}()
	if err := h.listen(ctx); err != nil {
		return nil, err
	}
	key, err := seal.Load(c.SecretKey, c.keyFile())
	if err != nil {
		return nil, err
	}
	guard := netguard.Options{Loopback: c.Loopback || c.sandboxed(), Body: netguard.MediaMax}
	h.channels = all.New(netguard.New(guard), netguard.Dialer(guard))
	cabinet, err := c.cabinet()
	if err != nil {
		return nil, err
	}
	h.tenant, err = tenant.Open(ctx, tenant.Options{
		DSN: c.dsn(), Clock: h.clock, Log: h.log, Seal: key, Channels: h.channels, CRMs: crms.New(netguard.New(guard)),
		Files: cabinet, FileOrigin: c.FileOrigin, Reserve: c.reserve(),
		Client: netguard.New(netguard.Options{Loopback: guard.Loopback}),
	})
	if err != nil {
		return nil, fmt.Errorf("the center cannot be opened: %w", advised(err))
	}
	h.figures.MustRegister(collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	h.figures.MustRegister(tenantFigures(h.tenant, h.clock), crmFigures{h.tenant})
	proxies, err := c.proxies()
	if err != nil {
		return nil, err
	}
	doors := api.Options{
		Tenant: h.tenant, Clock: h.clock, Log: h.log, Metrics: h.figures, Proxies: proxies,
		Limits: api.DefaultLimits().Scaled(c.LimitScale), Public: h.address(), Build: version(), Demo: c.Demo,
		Files: c.FileOrigin,
	}
	if c.sandboxed() {
		h.sandbox = newSandbox(h.public(), h.clock)
		h.accounts = newAccounts(h)
		doors.Simulator = h.sandbox
	}
	h.doors = api.New(doors)
	return h, nil
}

func (h *house) listen(ctx context.Context) error {
	c := h.command
	plain, err := listen(ctx, "listen", c.Listen)
	if err != nil {
		return err
	}
	h.web = plain // closed by close, whatever follows
	limited := &crowd{Listener: plain, all: c.Connections, each: c.PerAddress, of: map[string]int{}}
	if h.web, err = c.transport(limited, h.clock, h.log); err != nil {
		return errors.Join(err, plain.Close())
	}
	if c.MetricsListen == "off" {
		return nil
	}
	h.metrics, err = listen(ctx, "metrics-listen", c.MetricsListen)
	if err != nil && c.Demo && c.MetricsListen == defaultMetricsListen { // nobody asked for them
		fmt.Printf("Nothing is served at /metrics: another program has %s; --metrics-listen names another address\n", c.MetricsListen)
		return nil
	}
	return err
}

func (h *house) close() error {
	var errs []error
	if h.web != nil {
		errs = append(errs, closed(h.web))
	}
	if h.metrics != nil {
		errs = append(errs, closed(h.metrics))
	}
	if h.sandbox != nil {
		errs = append(errs, h.sandbox.Close())
	}
	if h.tenant != nil {
		errs = append(errs, h.tenant.Close())
	}
	return errors.Join(errs...)
}

// closed closes a listener; one that its server has closed is closed.
func closed(l net.Listener) error {
	if err := l.Close(); err != nil && !errors.Is(err, net.ErrClosed) {
		return err
	}
	return nil
}

// serve runs everything there is in one group: whoever fails ends all.
func (h *house) serve(ctx context.Context) error {
	// The people outlive the doors: what is being said while we go is kept.
	people, dismiss := context.WithCancel(context.WithoutCancel(ctx))
	defer dismiss()
	asked := ctx // done if somebody asked us to stop
	group, ctx := errgroup.WithContext(ctx)
	web := h.server(h.doors)
	figures := h.server(promhttp.HandlerFor(h.figures, promhttp.HandlerOpts{}))
	group.Go(func() error { return h.tenant.Run(people) })
	group.Go(func() error { return h.doors.Run(ctx) })
	group.Go(func() error { return save(ctx) })
	if h.sandbox != nil {
		group.Go(func() error { h.sandbox.Run(ctx); return nil })
	}
	group.Go(func() error {
		if err := h.greet(ctx); err != nil {
			return err
		}
		if h.sandbox != nil {
			h.serving.Store(true)
			group.Go(func() error { h.accounts.run(ctx); return nil })
		}
		group.Go(func() error { debug.FreeOSMemory(); return nil }) // a start takes thrice what serving does
		return over(web.Serve(h.web))                               // who came earlier waits in the listener
	})
	if h.metrics != nil {
		group.Go(func() error { return over(figures.Serve(h.metrics)) })
	}
	group.Go(func() error {
		<-ctx.Done()
		defer dismiss()
		if asked.Err() == nil { // something failed: nothing more is answered
			return errors.Join(web.Close(), figures.Close())
		}
		return h.stop(web, figures)
	})
	return errors.Join(group.Wait(), h.close())
}

// stop lets requests finish, sends the live connections away and closes.
func (h *house) stop(servers ...*http.Server) error {
	h.log.Info("stopping")
	ctx, cancel := context.WithTimeout(context.Background(), stopWithin)
	defer cancel()
	if h.sandbox != nil {
		h.sandbox.leave()
	}
	done := make(chan struct{})
	go func() { // waited for below
		defer close(done)
		h.doors.Drain(drainSpread)
	}()
	var errs []error
	for _, s := range servers {
		if err := s.Shutdown(ctx); err != nil {
			errs = append(errs, s.Close())
		}
	}
	select {
	case <-done:
	case <-ctx.Done():
	}
	return errors.Join(errs...)
}

// server is how we speak HTTP with anybody.
func (h *house) server(handler http.Handler) *http.Server {
	return &http.Server{
		Handler:           handler,
		ReadHeaderTimeout: headerWithin,
		ReadTimeout:       readWithin,
		WriteTimeout:      writeWithin,
		IdleTimeout:       idleWithin,
		MaxHeaderBytes:    headerBytes,
		ErrorLog:          log.New(io.Discard, "", 0), // strangers' broken handshakes, with their addresses
	}
}

// over turns a server's usual end into none.
func over(err error) error {
	if errors.Is(err, http.ErrServerClosed) {
		return nil
	}
	return err
}

// greet makes the demo center or the one-time set-up link, and prints the one
// line a person waits for.
func (h *house) greet(ctx context.Context) error {
	address := h.address()
	if h.command.Demo {
		if err := h.tenant.SeedDemo(ctx); err != nil {
			return fmt.Errorf("the demo center cannot be made: %w", err)
		}
	}
	if err := h.connect(ctx); err != nil {
		return err
	}
	if h.command.Demo {
		fmt.Printf("Parley serves the demo center at %s/demo, and its customers' phones at %s/sim\n", address, address)
		return nil
	}
	line := fmt.Sprintf("Parley serves at %s%s", address, everywhere(h.web.Addr()))
	needed, err := h.tenant.Office.NeedsSetup(ctx)
	if err == nil && needed { // one that is set up serves also while nothing can be saved
		var token string
		token, err = h.tenant.Office.SetupToken(ctx)
		line += fmt.Sprintf("; set it up once with %s/setup#%s", address, token)
	}
	if err != nil {
		return fmt.Errorf("the set-up link cannot be made: %w", err)
	}
	fmt.Println(line)
	return nil
}

// address is what people type.
func (h *house) address() string {
	c := h.command
	switch {
	case c.PublicURL != "":
		return c.PublicURL
	case c.ACME != "":
		return "https://" + c.ACME
	case c.secure():
		return "https://" + reached(h.web.Addr())
	}
	return "http://" + reached(h.web.Addr())
}

// reached is an address a browser on this machine can open: one that stands for
// all of them is none.
func reached(listens net.Addr) string {
	if at, ok := listens.(*net.TCPAddr); ok && at.IP.IsUnspecified() {
		return net.JoinHostPort("localhost", strconv.Itoa(at.Port))
	}
	return listens.String()
}

// everywhere says so of a server that more than the printed address leads to.
func everywhere(listens net.Addr) string {
	if at, ok := listens.(*net.TCPAddr); ok && at.IP.IsUnspecified() {
		return ", on every address of this machine"
	}
	return ""
}

// public is address without a slash at its end.
func (h *house) public() string { return strings.TrimSuffix(h.address(), "/") }

func (c *serveCommand) logger(w io.Writer) *slog.Logger {
	var level slog.Level
	_ = level.UnmarshalText([]byte(c.LogLevel)) // one of the four the flag allows
	return slog.New(slog.NewJSONHandler(w, &slog.HandlerOptions{Level: level}))
}
