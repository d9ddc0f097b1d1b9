// Package api is the doors: HTTP, the live connections and the pages. A handler
// reads its input, calls one method of the people and returns; nothing is
// decided here but who is at the door.
//
// Begin with api.go, which lists every operation on one page; server.go is the
// way a request takes to reach one; hub.go brings the news.
package api

import (
	"context"
	"log/slog"
	"net/http"
	"net/netip"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"
	"github.com/prometheus/client_golang/prometheus"

	"parley"
	"parley/internal/tenant"
)

// Options are what the doors are opened with.
type Options struct {
	Tenant  *tenant.Tenant
	Clock   parley.Clock
	Log     *slog.Logger
	Metrics prometheus.Registerer
	Proxies []netip.Prefix // whose X-Forwarded-* headers count
	Limits  Limits
	Public  string // the address people and networks use: https://host
	Build   string // named in hello, so that a page knows it is old
	Demo    bool   // the demo's pages are served
	Files   string // the origin files are served from, if not Public: https://host

	Simulator http.Handler // the simulated networks; nil in a center that serves people
}

// Server is the doors of one center.
type Server struct {
	at      *tenant.Tenant
	clock   parley.Clock
	log     *slog.Logger
	metrics *metrics
	peers   peers
	guards  guards
	tickets *tickets
	hub     *hub
	api     huma.API
	pages   *pages
	public  string
	build   string
	demo    bool
	stage   http.Handler // the simulator
	files   string
	openAPI func() []byte
	door    http.Handler
}

// New opens the doors. Call it before the tenant runs: the hub follows the log
// from here on.
func New(o Options) *Server {
	s := &Server{
		at: o.Tenant, clock: o.Clock, log: o.Log,
		metrics: newMetrics(o.Metrics),
		peers:   peers{trusted: o.Proxies},
		guards:  newGuards(o.Limits, o.Clock),
		tickets: newTickets(o.Clock),
		pages:   newPages(),
		public:  strings.TrimSuffix(o.Public, "/"),
		build:   o.Build, demo: o.Demo, stage: o.Simulator, files: strings.TrimSuffix(o.Files, "/"),
	}
	s.at.Center.ReachedAt(s.public)
	s.hub = newHub(s.feed(), o.Clock, o.Log, o.Limits, s.metrics.hub)
	s.follow()
	mux := http.NewServeMux()
	s.api = s.newAPI(mux)
	s.operations()
	s.openAPI = document(s.api)
	s.plain(mux)
	s.door = s.receive(s.guard(s.framed(s.networks(s.narrow(s.apart(s.sameOrigin(s.bounded(mux))))))))
	return s
}

// ServeHTTP answers a request.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) { s.door.ServeHTTP(w, r) }

// Run keeps the live connections alive until ctx ends.
func (s *Server) Run(ctx context.Context) error { return s.hub.run(ctx) }

// Drain closes the live connections; their owners come back spread over a time.
func (s *Server) Drain(spread time.Duration) { s.hub.drain(spread) }

// plain adds what is no operation of the API.
func (s *Server) plain(mux *http.ServeMux) {
	mux.HandleFunc("GET /api/live", s.live(false))
	mux.HandleFunc("GET /api/public/live", s.live(true))
	mux.HandleFunc("GET /api/openapi.json", s.signedIn(s.serveOpenAPI))
	mux.HandleFunc("GET /api/docs", s.signedIn(s.serveDocs))
	mux.HandleFunc("GET /healthz", s.healthz)
	mux.HandleFunc("GET /readyz", s.readyz)
	mux.HandleFunc("GET /assets/{file...}", s.assets("app"))
	mux.HandleFunc("GET /widget/assets/{file...}", s.assets("widget"))
	mux.HandleFunc("GET /widget/{entry_point}", s.frame)
	mux.HandleFunc("GET /w.js", s.loader)
	mux.HandleFunc("GET /panel", s.panel)
	mux.HandleFunc("GET /panel/{page...}", s.panel)
	mux.HandleFunc("GET /sso/start", s.ssoLeave)
	mux.HandleFunc("GET /sso/callback", s.ssoReturn)
	s.supportPages(mux) // knowledge.go: the public page
	mux.HandleFunc("GET /demo", s.shop)
	mux.HandleFunc("GET /demo/{file...}", s.shop)
	mux.HandleFunc("/sim", s.phones)
	mux.HandleFunc("/sim/{file...}", s.phones)
	mux.HandleFunc("/sim/control/", s.conduct)
	mux.HandleFunc("GET /files/{id}", s.download(false))
	mux.HandleFunc("GET /files/{id}/thumb", s.download(true))
	mux.HandleFunc("/files/", s.nowhere)
	mux.HandleFunc("/in/{provider}/{entry_point}", s.hook)
	mux.HandleFunc("/in/", s.nowhere)
	mux.HandleFunc("/api/", s.nowhere)
	mux.HandleFunc("/", s.app)
}

// nowhere is the one answer for everything that does not exist.
func (s *Server) nowhere(w http.ResponseWriter, r *http.Request) { s.refuse(w, r, parley.ErrNotFound) }

// healthz says that the process lives.
func (s *Server) healthz(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte("ok\n")) }

// readyz says whether a message would be kept now.
func (s *Server) readyz(w http.ResponseWriter, r *http.Request) {
	if down := s.at.Ledger.Down(); down != nil {
		s.refuse(w, r, down)
		return
	}
	_, _ = w.Write([]byte("ready\n"))
}

// apiConfig is how huma is set up: OpenAPI 3.1 without links to schemas, its own
// pages off, unknown fields and query parameters refused.
func (s *Server) apiConfig() huma.Config {
	huma.DefaultArrayNullable = false
	huma.NewErrorWithContext = refused
	huma.NewError = func(status int, msg string, errs ...error) huma.StatusError {
		return refused(nil, status, msg, errs...)
	}
	c := huma.DefaultConfig("Parley", "1")
	c.Components.Schemas = huma.NewMapRegistry("#/components/schemas/", schemaName)
	c.OpenAPIPath, c.DocsPath, c.SchemasPath = "", "", ""
	c.CreateHooks = nil
	c.Formats = formats()
	c.RejectUnknownQueryParameters = true
	c.Transformers = []huma.Transformer{s.complete}
	c.Components.SecuritySchemes = map[string]*huma.SecurityScheme{
		"session": {Type: "apiKey", In: "cookie", Name: cookieSecure},
		"key":     {Type: "http", Scheme: "bearer", Description: "an API key: pk_..."},
		"visitor": {Type: "http", Scheme: "bearer", Description: "a visitor's token: vt_..."},
	}
	return c
}

func (s *Server) newAPI(mux *http.ServeMux) huma.API { return humago.New(mux, s.apiConfig()) }
