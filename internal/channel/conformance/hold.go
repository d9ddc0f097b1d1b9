package conformance

import (
	"bytes"
	"errors"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"

	"parley"
	"parley/internal/channel"
)

// Held is what every network that calls us is held to.
type Held struct {
	Channel channel.Channel
	In      parley.EntryPoint
	Sign    Signer
	Covers  bool // the signature is over the body, not only a secret beside it
	Inside  bool // the signature stands in the body: what cannot be read has none
	Odd     []string
	Nobody  bool                   // somebody may write whom nobody can answer: a short code (SMS-04)
	Never   func(body []byte) bool // a body the network never signs is refused, even if it is signed
}

// Hold runs the checks that every network that calls us must pass.
//
// Source, CNV-05.
func (h Held) Hold(t *testing.T) {
	t.Helper()
	t.Run("A-053: signatures", h.signatures)
	t.Run("A-059: odd bodies", h.odd)
	t.Run("CNV-05: its form and limits", func(t *testing.T) { Form(t, h.Channel.Spec()) })
}

// secrets returns the entry point with each secret changed.
func secrets(in parley.EntryPoint, change func(string) string) parley.EntryPoint {
	in.Secrets = maps.Clone(in.Secrets)
	for name, value := range in.Secrets {
		in.Secrets[name] = change(value)
	}
	return in
}

// requests returns the requests of the recordings, unsigned, that say
// something when they are signed.
func (h Held) requests(t *testing.T) []channel.Request {
	t.Helper()
	var out []channel.Request
	for _, r := range Requests(t, h.In, func(parley.EntryPoint, *channel.Request) {}) {
		if _, err := h.Channel.Receive(h.In, r); err == nil {
			continue // it brings its own proof
		}
		if got, err := h.Channel.Receive(h.In, h.signed(h.In, r)); err == nil && len(got.Messages)+len(got.Statuses) > 0 {
			out = append(out, r)
		}
	}
	if len(out) < 3 {
		t.Fatalf("only %d recordings say something", len(out))
	}
	return out
}

// signed signs a copy.
func (h Held) signed(by parley.EntryPoint, r channel.Request) channel.Request {
	r.Header, r.Query, r.Body = r.Header.Clone(), maps.Clone(r.Query), bytes.Clone(r.Body)
	h.Sign(by, &r)
	return r
}

// signatures tries what is not signed by the network.
func (h Held) signatures(t *testing.T) {
	none := secrets(h.In, func(string) string { return "" })
	other := secrets(h.In, func(s string) string { return s + "x" })
	for _, r := range h.requests(t) {
		right := h.signed(h.In, r)
		for name, forged := range map[string]channel.Request{
			"none": r, "another secret": h.signed(other, r), "an empty secret": h.signed(none, r),
		} {
			h.refused(t, name, h.In, forged)
		}
		h.refused(t, "no secret of ours", none, h.signed(none, r))
		for name, values := range right.Header {
			if slices.Equal(values, r.Header[name]) {
				continue
			}
			for what, change := range map[string]func(string) []string{
				"upper case": func(s string) []string { return []string{strings.ToUpper(s)} }, "lower case": func(s string) []string { return []string{strings.ToLower(s)} },
				"cut off": func(s string) []string { return []string{s[:len(s)-1]} }, "a letter more": func(s string) []string { return []string{s + "a"} },
				"empty": func(string) []string { return []string{""} },
			} {
				forged := right
				if forged.Header = right.Header.Clone(); !slices.Equal(change(values[0]), values) {
					forged.Header[name] = change(values[0])
					h.refused(t, what, h.In, forged)
				}
			}
		}
		if h.Covers && len(right.Body) > 0 {
			for what, body := range map[string][]byte{
				"a trailing newline": append(bytes.Clone(right.Body), '\n'), "a changed letter": bytes.Replace(right.Body, []byte("a"), []byte("b"), 1), "half of it": right.Body[:len(right.Body)/2],
			} {
				forged := right
				if forged.Body = body; !bytes.Equal(body, right.Body) {
					h.refused(t, what, h.In, forged)
				}
			}
		}
	}
}

func (h Held) refused(t *testing.T, what string, in parley.EntryPoint, r channel.Request) {
	t.Helper()
	got, err := h.Channel.Receive(in, r)
	if !errors.Is(err, parley.ErrBadSignature) || len(got.Messages)+len(got.Statuses)+len(got.News) > 0 {
		t.Errorf("A-053: %s: taken as %+v, %v\n%s", what, got, err, r.Body)
	}
}

// odd gives the channel signed bodies that mean nothing: they are kept, not refused.
func (h Held) odd(t *testing.T) {
	like := h.requests(t)[0]
	for _, body := range append(h.Odd, "{", "null", "[]", "\ufeff{}", "\xff\xfe{\x00}\x00", `{"a":1e400}`, `{"a":1,"a":2}`, "=", "%zz", "\x00", strings.Repeat("[", 20_000)) {
		if h.Never != nil && h.Never([]byte(body)) {
			continue
		}
		r := like
		r.Body = []byte(body)
		got, err := h.Channel.Receive(h.In, h.signed(h.In, r))
		if h.Inside && errors.Is(err, parley.ErrBadSignature) {
			continue
		}
		if err != nil || len(got.Messages)+len(got.Statuses)+len(got.News) > 0 || got.Odd == "" {
			t.Errorf("A-059: %.40q is taken as %+v, %v", body, got, err)
		}
	}
}

var anchored = regexp.MustCompile(`^\^.*\$$`)

// Form checks what a network says of itself: its settings form can be shown, and
// its limit splits any text.
func Form(t *testing.T, s channel.Spec) {
	t.Helper()
	seen := map[string]bool{}
	for _, f := range append(slices.Clone(s.Fields), s.Address) {
		if f.Name == "" || seen[f.Name] {
			t.Errorf("the field %q stands twice", f.Name)
		}
		seen[f.Name] = true
		pattern, err := regexp.Compile(f.Pattern)
		if err != nil || (f.Pattern != "" && !anchored.MatchString(f.Pattern)) {
			t.Errorf("the pattern of %s: %q, %v", f.Name, f.Pattern, err)
			continue
		}
		if f.Default != "" && (!pattern.MatchString(f.Default) || (len(f.Options) > 0 && !slices.Contains(f.Options, f.Default))) {
			t.Errorf("%s may not be its own default", f.Name)
		}
	}
	if s.Provider == "" || s.Name == "" || len(s.Channels) == 0 || s.Key == "" || s.Limit <= 0 || !documented(s.Docs) {
		t.Errorf("something is missing: %+v", s)
	}
	text := strings.Repeat("D\u00e9j\u00e0 l\u00e0 \U0001f600. ", s.Limit/4)
	parts := channel.Split(text, s.Limit, s.Unit)
	for _, part := range parts {
		if channel.Size(part, s.Unit) > s.Limit {
			t.Errorf("CNV-05: a part is %d long", channel.Size(part, s.Unit))
		}
	}
	if len(parts) < 2 || strings.Join(parts, "") != text {
		t.Errorf("CNV-05: %d parts are not the text", len(parts))
	}
}

// Classes checks that a table of errors is whole: each number is of the class it
// is said to be, and what nobody knows is of the class of the unknown.
func Classes[T comparable](t *testing.T, class func(T) channel.Code, want map[channel.Code][]T) {
	t.Helper()
	seen := map[T]bool{}
	for code, numbers := range want {
		for _, n := range numbers {
			if seen[n] {
				t.Errorf("%v stands twice", n)
			}
			if seen[n] = true; class(n) != code {
				t.Errorf("%v is %s, want %s", n, class(n), code)
			}
		}
	}
}

// documented reports whether people find a page there: the network's, or one of ours.
func documented(page string) bool {
	return strings.HasPrefix(page, "https://") || strings.HasPrefix(page, "/")
}
