package channel

import (
	"errors"
	"net/http"
	"testing"

	"parley"
	"parley/internal/netguard"
)

// TestDownloadBlocked is A-064: a file at an address that may not be called is not
// asked for again and again.
func TestDownloadBlocked(t *testing.T) {
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, "http://169.254.169.254/latest", nil)
	if err != nil {
		t.Fatal(err)
	}
	var said *SendError
	if _, err := Download(netguard.New(netguard.Options{}), req); !errors.As(err, &said) || said.Code != MediaFault {
		t.Errorf("A-064: %v", err)
	}
}

func TestFromNetwork(t *testing.T) {
	spec := Spec{MediaHosts: []string{"media.example", ".cdn.example"}}
	in := parley.EntryPoint{Settings: map[string]string{"base_url": "http://127.0.0.1:9000/sim"}}
	for address, want := range map[string]bool{
		"https://media.example/a":           true,
		"https://x.cdn.example/a":           true,
		"https://MEDIA.example:443/a":       true,
		"http://127.0.0.1:9000/media/1":     true,
		"http://127.0.0.1:9001/media/1":     false,
		"https://127.0.0.1:9000/media/1":    false,
		"http://media.example/a":            false,
		"https://media.example:8443/a":      false,
		"https://evil.example/media":        false,
		"https://xcdn.example/a":            false,
		"https://media.example@evil.org/a":  false,
		"file:///etc/passwd":                false,
		"http://169.254.169.254/latest":     false,
		"//media.example/a":                 false,
		"":                                  false,
		"https://media.example.evil.org/a":  false,
		"https://u:p@media.example/a":       false,
		"gopher://media.example/a":          false,
		"https://media.example%2eevil.org/": false,
	} {
		if got := FromNetwork(spec, in, address); got != want {
			t.Errorf("A-057: %q: %v, want %v", address, got, want)
		}
	}
}

func TestRef(t *testing.T) {
	for _, m := range []parley.Outbound{{ID: "msg_1"}, {ID: "msg_1", Parts: 1}, {ID: "msg_1", Part: 11, Parts: 12}} {
		if id, part := ParseRef(Ref(m)); id != "msg_1" || part != m.Part {
			t.Errorf("%+v comes back as %s %d", m, id, part)
		}
	}
	for _, s := range []string{"", "12", "msg_1:", "msg_1:-1", "msg_1:x", "msg_1:99999", "{}"} {
		if id, part := ParseRef(s); id != "" || part != 0 {
			t.Errorf("%q is taken for ours: %s %d", s, id, part)
		}
	}
}

func TestSHA256(t *testing.T) {
	const hash = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
	for in, want := range map[string]string{
		hash: hash, "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=": hash,
		"47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU": hash, "": "", "abc": "",
	} {
		if got := SHA256(in); got != want {
			t.Errorf("%q: %q", in, got)
		}
	}
}
