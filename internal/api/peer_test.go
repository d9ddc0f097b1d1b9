package api

import (
	"fmt"
	"net/http/httptest"
	"net/netip"
	"testing"
	"time"

	"parley"
)

// TestPeer: whose word counts about where a request comes from.
func TestPeer(t *testing.T) {
	proxied := peers{trusted: []netip.Prefix{netip.MustParsePrefix("10.0.0.0/8"), netip.MustParsePrefix("127.0.0.1/32")}}
	tests := []struct {
		name             string
		peers            peers
		remote, host     string
		headers          map[string]string
		ip               string
		secure, loopback bool
	}{
		{"A-114: nobody's word counts without a proxy of ours", peers{}, "203.0.113.9:5", "parley.example",
			map[string]string{"X-Forwarded-For": "1.2.3.4", "X-Forwarded-Proto": "https"}, "203.0.113.9", false, false},
		{"A-114: the right-most untrusted hop counts", proxied, "10.1.1.1:5", "parley.example",
			map[string]string{"X-Forwarded-For": "1.2.3.4, 203.0.113.9, 10.2.2.2", "X-Forwarded-Proto": "https"}, "203.0.113.9", true, false},
		{"A-114: a forged hop on the left changes nothing", proxied, "10.1.1.1:5", "parley.example",
			map[string]string{"X-Forwarded-For": "127.0.0.1, 203.0.113.9"}, "203.0.113.9", false, false},
		{"A-114: what is no address ends the walk", proxied, "10.1.1.1:5", "parley.example",
			map[string]string{"X-Forwarded-For": "203.0.113.9, <script>"}, "10.1.1.1", false, false},
		{"A-088: a name another server may have checked is no header of ours", proxied, "10.1.1.1:5", "parley.example",
			map[string]string{"X-Remote-User": "ada", "X-Forwarded-User": "ada"}, "10.1.1.1", false, false},
		{"A-129: loopback, addressed as such", peers{}, "127.0.0.1:5", "127.0.0.1:8080", nil, "127.0.0.1", false, true},
		{"A-129: loopback by name", peers{}, "[::1]:5", "localhost:8080", nil, "::1", false, true},
		{"A-129: a Host that is not loopback", peers{}, "127.0.0.1:5", "evil.example", nil, "127.0.0.1", false, false},
		{"A-129: a forwarding header", peers{}, "127.0.0.1:5", "localhost",
			map[string]string{"X-Forwarded-For": "127.0.0.1"}, "127.0.0.1", false, false},
		{"A-129: a proxy of ours on this machine", proxied, "127.0.0.1:5", "localhost",
			map[string]string{"Forwarded": "for=127.0.0.1"}, "127.0.0.1", false, false},
		{"A-129: from elsewhere with a loopback Host", peers{}, "203.0.113.9:5", "localhost", nil, "203.0.113.9", false, false},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			r := httptest.NewRequest("GET", "/", nil)
			r.RemoteAddr, r.Host = test.remote, test.host
			for name, value := range test.headers {
				r.Header.Set(name, value)
			}
			got := test.peers.of(r)
			if got.ip.String() != test.ip || got.secure != test.secure || got.loopback != test.loopback {
				t.Errorf("got %v secure %v loopback %v", got.ip, got.secure, got.loopback)
			}
		})
	}
}

// TestSecretInQuery A-034: a secret in an address is refused, whatever it is called.
func TestSecretInQuery(t *testing.T) {
	for query, refused := range map[string]bool{
		"":                                    false,
		"after=41":                            false,
		"q=token+of+love&limit=5":             false,
		"token=vt_abc":                        true,
		"after=1&ticket=x":                    true,
		"Access_Token=x":                      true,
		"q=vt_0123456789012345678901234567":   true,
		"x=pk_0123456789012345678901234567":   true,
		"q=vt_short":                          false,
		"password=demo":                       true,
		"after=1&authorization=Bearer%20pk_1": true,
	} {
		if secretInQuery(query) != refused {
			t.Errorf("A-034: %q refused: %v, want %v", query, !refused, refused)
		}
	}
}

// stopped is a clock that moves when it is told.
type stopped struct{ now time.Time }

func (s *stopped) Now() time.Time { return s.now }

// TestBuckets A-105: who asks too much is refused, everybody else is served, and
// a bucket fills again.
func TestBuckets(t *testing.T) {
	clock := &stopped{time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)}
	b := newBuckets(Pace{PerSecond: 1, Burst: 3}, clock)
	for i := range 3 {
		if err := b.take("203.0.113.9"); err != nil {
			t.Fatalf("A-105: the %d. is refused: %v", i+1, err)
		}
	}
	if b.take("203.0.113.9") == nil {
		t.Error("A-105: the fourth at once is served")
	}
	if err := b.take("203.0.113.10"); err != nil {
		t.Errorf("A-105: a neighbor is refused: %v", err)
	}
	clock.now = clock.now.Add(time.Second)
	if err := b.take("203.0.113.9"); err != nil {
		t.Errorf("A-105: a second later: %v", err)
	}
	clock.now = clock.now.Add(time.Hour)
	for i := range sweepEvery * len(b.shards) * 4 {
		_ = b.take(string(rune('a' + i)))
	}
	for i := range b.shards {
		if _, kept := b.shards[i].of["203.0.113.9"]; kept {
			t.Error("A-105: a bucket nobody asks of is kept for ever")
		}
	}
}

// TestHouseholds: at every door that counts by address one line at home
// is one, whatever address of its own it comes from; its neighbor is another.
func TestHouseholds(t *testing.T) {
	clock := &stopped{time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)}
	few := Pace{PerSecond: 1, Burst: 3}
	g := newGuards(Limits{
		SignIns: few, Contacts: few, Visitor: few, Person: few, Anonymous: few, Handshakes: few, PerAddress: few, Hooks: few,
		Uploads: few, Copies: few,
	}, clock)
	for name, door := range map[string]interface{ take(ip string) error }{
		"signing in": g.signIns, "beginning": g.contacts, "asking": g.anonymous, "live connections": g.perAddress,
		"uploads": g.uploads, "transcripts": g.copies,
	} {
		for i := range 4 {
			if err := door.take(fmt.Sprintf("2001:db8:1:2:%x::%x", i, i)); (err != nil) != (i == 3) {
				t.Errorf("A-105: %s, the %d. of a line: %v", name, i+1, err)
			}
		}
		for _, ip := range []string{"2001:db8:1:3::", "::ffff:203.0.113.9", "203.0.113.9", "203.0.113.9", "203.0.113.10"} {
			if err := door.take(ip); err != nil {
				t.Errorf("A-105: %s, %s is refused: %v", name, ip, err)
			}
		}
		if door.take("203.0.113.9") == nil {
			t.Errorf("A-105: %s: an address in two spellings is two", name)
		}
	}
}

// TestTickets A-051: a ticket is good once, for its browser and address, 30 s.
func TestTickets(t *testing.T) {
	amy := parley.Actor{Agent: "agt_amy", Session: "ses_1", IP: "203.0.113.9"}
	tests := []struct {
		name, ip, agent string
		after           time.Duration
		twice, ok       bool
	}{
		{"A-051: in time, by its browser", "203.0.113.9", "Firefox", 30 * time.Second, false, true},
		{"A-051: a second time", "203.0.113.9", "Firefox", 0, true, false},
		{"A-051: from another address", "203.0.113.10", "Firefox", 0, false, false},
		{"A-051: by another browser", "203.0.113.9", "curl", 0, false, false},
		{"A-051: after 30 s", "203.0.113.9", "Firefox", 30*time.Second + time.Millisecond, false, false},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			clock := &stopped{time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)}
			held := newTickets(clock)
			secret := held.issue(amy, "Firefox")
			clock.now = clock.now.Add(test.after)
			if test.twice {
				if _, err := held.redeem(secret, test.ip, test.agent); err != nil {
					t.Fatal(err)
				}
			}
			who, err := held.redeem(secret, test.ip, test.agent)
			if (err == nil) != test.ok || test.ok && who.Agent != amy.Agent {
				t.Errorf("got %v, %v", who.Agent, err)
			}
		})
	}
}
