package api

import (
	"net/http"
	"strings"

	"parley"
)

// The policies of the pages. The only scripts and styles are ours: from our
// files, or carrying the nonce of this answer. Nothing is evaluated, no page
// but the widget's may be framed, and Trusted Types let no string become markup:
// the app alone has a policy, which lets style sheets pass.
//
// Source.
const (
	apiPolicy  = "default-src 'none'; frame-ancestors 'none'; sandbox"
	pagePolicy = "default-src 'none'; script-src 'nonce-{nonce}' 'strict-dynamic' 'self'; style-src 'self' 'nonce-{nonce}'; " +
		"img-src 'self' data:{files}; font-src 'self'; media-src 'self'{files}; connect-src 'self' {socket}; manifest-src 'self'; frame-src 'self'; " +
		"form-action 'self'; base-uri 'none'; object-src 'none'; require-trusted-types-for 'script'; trusted-types {types}; frame-ancestors {ancestors}"
)

// guard sets the headers every answer carries. A page replaces the policy by its
// own.
func (s *Server) guard(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", apiPolicy)
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "no-referrer")
		h.Set("X-Frame-Options", "DENY")
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		h.Set("Cross-Origin-Resource-Policy", "same-origin")
		h.Set("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()")
		h.Set("Cache-Control", "no-store")
		if requestOf(r.Context()).peer.secure {
			h.Set("Strict-Transport-Security", "max-age=31536000")
		}
		next.ServeHTTP(w, r)
	})
}

// ourselves is our own origin, as a policy calls it.
const ourselves = "'self'"

// policy returns the CSP of a page for one answer. Ancestors are the sites that
// may frame it; none = nobody. types is the Trusted Types policy it may make.
func (s *Server) policy(r *http.Request, nonce, types string, ancestors []string) string {
	if len(ancestors) == 0 {
		ancestors = []string{"'none'"}
	}
	return strings.NewReplacer(
		"{nonce}", nonce,
		"{socket}", "ws://"+hostOnly(r.Host)+" wss://"+hostOnly(r.Host),
		"{types}", types,
		"{files}", strings.TrimSuffix(" "+s.files, " "),
		"{ancestors}", strings.Join(ancestors, " "),
	).Replace(pagePolicy)
}

// hostOnly keeps what may be in a host, so that a header cannot add a directive.
func hostOnly(host string) string {
	for _, c := range host {
		if !strings.ContainsRune("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-:[]", c) {
			return "localhost"
		}
	}
	return host
}

// sameOrigin refuses a write another site made a browser send.
func (s *Server) sameOrigin(next http.Handler) http.Handler {
	protection := http.NewCrossOriginProtection()
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if protection.Check(r) != nil {
			s.refuse(w, r, errCrossOrigin)
			return
		}
		next.ServeHTTP(w, r)
	})
}

var errCrossOrigin = &parley.Error{Kind: parley.Forbidden, Code: "cross_origin"}

// bodyBytesMax is the largest body any door reads.
//
// Unit: bytes. A message is at most 5,000 code points; an FAQ, a script and a
// case's notes are the longest inputs there are.
const bodyBytesMax = 256 << 10

// bounded refuses a body that is too large before it is read: by what
// the request says, and by what really comes. One that is packed may be any size.
func (s *Server) bounded(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if strings.HasPrefix(r.URL.Path, "/in/") || strings.HasPrefix(r.URL.Path, "/sim/control/") { // more comes here, and each has a bound of its own
			next.ServeHTTP(w, r)
			return
		}
		if packed(r) {
			s.refuse(w, r, errPacked)
			return
		}
		most := int64(bodyBytesMax)
		if strings.HasSuffix(r.URL.Path, "/attachments") {
			most = uploadBytesMax
		}
		if r.URL.Path == importPath {
			most = importBytesMax
		}
		if r.ContentLength > most {
			w.Header().Set("Connection", "close")
			s.refuse(w, r, parley.ErrTooLarge)
			return
		}
		r.Body = http.MaxBytesReader(w, r.Body, most)
		next.ServeHTTP(w, r)
	})
}
