package all_test

import (
	"bytes"
	"errors"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"parley"
	"parley/internal/channel"
	channels "parley/internal/channel/all"
	"parley/internal/simulator"
	"parley/internal/simulator/all"
	"parley/internal/simulator/simtest"
)

// meeting is one network of both houses: the product's channel and the simulated
// provider, which know nothing of each other.
type meeting struct {
	network  string
	settings map[string]string // the same for both
	address  parley.Address    // our end
	from     string            // the customer, as the network writes them
	to       parley.Keys       // the customer, as the channel knows them
	states   string            // what statuses say of a message that was read
}

const appSecret = "0123456789abcdef0123456789abcdef"

var meetings = []meeting{
	{"whatsapp", map[string]string{"phone_number_id": "106540352242922", "business_account_id": "102290129340398", "access_token": "EAAG-token", "app_secret": appSecret, "verify_token": "verify-me", "app_id": "670843887433847"},
		"+15550783881", "15145550134", parley.Keys{{Kind: parley.KeyPhone, Value: "+15145550134"}}, "sent delivered read"},
	{"messenger", map[string]string{"page_id": "1029384756", "access_token": "EAAG-page", "app_secret": appSecret, "verify_token": "verify-me", "app_id": "670843887433847"},
		"1029384756", "6328923457821345", parley.Keys{{Kind: parley.KeyFacebook, Value: "6328923457821345"}}, "delivered read"},
	{"instagram", map[string]string{"instagram_id": "17841400000000001", "page_id": "1029384756", "access_token": "EAAG-page", "app_secret": appSecret, "verify_token": "verify-me", "app_id": "670843887433847"},
		"17841400000000001", "6328923457821345", parley.Keys{{Kind: parley.KeyInstagram, Value: "6328923457821345"}}, "read"},
	{"x", map[string]string{"user_id": "2244994945", "auth": "oauth2", "consumer_secret": "cs", "client_id": "ci", "client_secret": "client-secret", "oauth2_token": "first-access", "refresh_token": "first-refresh", "bearer_token": "app-bearer-token", "envelope": "xaa"},
		"2244994945", "1830218901527773184", parley.Keys{{Kind: parley.KeyX, Value: "1830218901527773184"}}, "read"},
	{"x", map[string]string{"user_id": "2244994945", "auth": "oauth1", "consumer_key": "ck", "consumer_secret": "cs", "access_token": "at", "access_token_secret": "ats", "bearer_token": "app-bearer-token", "envelope": "aaa"},
		"2244994945", "1830218901527773184", parley.Keys{{Kind: parley.KeyX, Value: "1830218901527773184"}}, "read"},
	{"telegram", map[string]string{"bot_token": "7310:AAF-bot_of_the_simulator_0123456789", "secret_token": "hook-secret"},
		"7310", "5001002003", parley.Keys{{Kind: parley.KeyTelegram, Value: "5001002003"}}, ""},
}

// table opens a meeting: the account, the channel and its entry point.
func (m meeting) table(t *testing.T) (*simtest.Rig, channel.Channel, parley.EntryPoint) {
	t.Helper()
	c := channels.New(&http.Client{}, nil)[m.network]
	if c == nil {
		t.Fatalf("the product has no channel %s", m.network)
	}
	r := simtest.New(t, m.provider(t), m.settings)
	return r, c, parley.EntryPoint{ID: "ent_1", Provider: m.network, Address: m.address, Settings: map[string]string{"base_url": r.Account.BaseURL}, Secrets: m.settings}
}

// provider is the simulated network.
func (m meeting) provider(t *testing.T) simulator.Provider {
	t.Helper()
	i := slices.IndexFunc(all.Providers(), func(p simulator.Provider) bool { return p.Name == m.network })
	if i < 0 {
		t.Fatalf("there is no simulated %s", m.network)
	}
	return all.Providers()[i]
}

// receive lets the channel read the webhooks that came; none may be refused.
func receive(t *testing.T, r *simtest.Rig, c channel.Channel, in parley.EntryPoint) (out channel.Received, odd string) {
	t.Helper()
	u, err := url.Parse(r.Account.Webhook)
	if err != nil {
		t.Fatal(err)
	}
	for _, h := range r.Heard() {
		got, err := c.Receive(in, channel.Request{Method: h.Method, URL: u.String(), Query: u.Query(), Header: h.Header, Body: h.Body, Now: simtest.Morning})
		if err != nil {
			t.Errorf("%s was refused: %v", h.Body, err)
		}
		odd += got.Odd
		out.Messages = append(out.Messages, got.Messages...)
		out.Statuses = append(out.Statuses, got.Statuses...)
	}
	return out, odd
}

// take is receive, of what every channel must understand.
func take(t *testing.T, r *simtest.Rig, c channel.Channel, in parley.EntryPoint) channel.Received {
	t.Helper()
	out, odd := receive(t, r, c, in)
	if odd != "" {
		t.Errorf("left a question: %s", odd)
	}
	return out
}

// TestTheyUnderstandEachOther is a conversation on every network: what a phone
// says reaches the channel's words, what the channel sends reaches the phone, and
// what becomes of it comes back (F001 to F007).
func TestTheyUnderstandEachOther(t *testing.T) {
	for _, m := range meetings {
		t.Run(m.network, func(t *testing.T) {
			r, c, in := m.table(t)
			words := "D\u00e9j\u00e0 l\u00e0 ? <b>\U0001F600</b>"
			id := r.Said(simulator.In{From: m.from, Name: "Ada King", Kind: "text", Text: words})
			came := take(t, r, c, in)
			if len(came.Messages) != 1 {
				t.Fatalf("%d messages came", len(came.Messages))
			}
			got := came.Messages[0]
			if got.Text != words || got.Kind != parley.InboundMessage || !strings.Contains(got.ExternalID, id) || got.From.Of(m.to[0].Kind) != m.to[0].Value || got.Echo {
				t.Errorf("came as %+v", got)
			}
			sent, err := c.Send(t.Context(), in, parley.Outbound{ID: "msg_1", Parts: 1, To: m.to, Text: "On it! \u00e9t\u00e9", Human: true, InWindow: true})
			if err != nil {
				t.Fatal(err)
			}
			came = take(t, r, c, in)
			phone := r.Phone(m.from)
			if last := phone[len(phone)-1]; last.Text != "On it! \u00e9t\u00e9" || !strings.Contains(sent, last.ID) {
				t.Errorf("sent as %s, the phone shows %+v", sent, last)
			}
			var states []string
			for _, s := range came.Statuses {
				states = append(states, string(s.State))
			}
			if got := strings.Join(slices.Compact(states), " "); got != m.states {
				t.Errorf("statuses %q, want %q", got, m.states)
			}
			for _, each := range came.Messages {
				if !each.Echo {
					t.Errorf("our own message came back as a customer's: %+v", each)
				}
			}
			r.Reset()
			_, err = c.Send(t.Context(), in, parley.Outbound{ID: "msg_2", Parts: 1, To: m.to, Text: "Anybody?", Human: true, InWindow: true})
			if told := take(t, r, c, in).Statuses; err == nil && (len(told) != 1 || told[0].State != parley.DeliveryFailed) {
				t.Errorf("after a reset nobody is known, but a message went: %+v", told)
			}
		})
	}
}

// TestFilesGoBothWays holds that a picture arrives on either side byte for byte.
func TestFilesGoBothWays(t *testing.T) {
	for _, m := range meetings {
		t.Run(m.network, func(t *testing.T) {
			r, c, in := m.table(t)
			r.Said(simulator.In{From: m.from, Kind: "image"})
			came := take(t, r, c, in)
			if len(came.Messages) != 1 || came.Messages[0].Content == nil || len(came.Messages[0].Content.Files) != 1 {
				t.Fatalf("came as %+v", came.Messages)
			}
			file := came.Messages[0].Content.Files[0]
			if file.Kind != parley.ContentImage || file.Ref == "" {
				t.Errorf("the file is %+v", file)
			}
			picture := simulator.In{Kind: "image"}.Sent("").Data
			got, err := c.(channel.Fetcher).Fetch(t.Context(), in, file)
			if err != nil {
				t.Fatal(err)
			}
			defer got.Body.Close()
			if data, err := io.ReadAll(got.Body); err != nil || !bytes.Equal(data, picture) {
				t.Errorf("%d bytes came, %d went: %v", len(data), len(picture), err)
			}
			out := parley.Outbound{ID: "msg_2", Parts: 1, To: m.to, File: &parley.OutFile{Kind: parley.ContentImage, Name: "photo.png", Type: "image/png", Data: picture}, Human: true, InWindow: true}
			if _, err := c.Send(t.Context(), in, out); err != nil {
				t.Fatal(err)
			}
			phone := r.Phone(m.from)
			if last := phone[len(phone)-1]; last.Kind != "image" || last.Media == nil || last.Media.Size != len(picture) {
				t.Errorf("the phone shows %+v", last)
			}
		})
	}
}

// TestSetUp holds that a channel set up by its administrator's form works: the
// address is registered, its handshake answered, and the live checklist is green.
func TestSetUp(t *testing.T) {
	for _, m := range meetings {
		t.Run(m.network, func(t *testing.T) {
			r, c, in := m.table(t)
			r.Answer(func(h simtest.Hook) (int, string) {
				u, _ := url.Parse(h.Path)
				got, err := c.Receive(in, channel.Request{Method: h.Method, URL: r.Account.Webhook, Query: u.Query(), Header: h.Header, Body: h.Body, Now: simtest.Morning})
				if err != nil {
					return http.StatusForbidden, err.Error()
				}
				if got.Reply == nil {
					return http.StatusOK, ""
				}
				return got.Reply.Status, string(got.Reply.Body)
			})
			if err := c.(channel.Registrar).Register(t.Context(), in, r.Account.Webhook+"/"+string(in.ID)); err != nil {
				t.Fatal(err)
			}
			health, err := c.(channel.Checker).Check(t.Context(), in)
			if err != nil || !health.Subscribed || health.Account == "" {
				t.Errorf("the checklist says %+v, %v", health, err)
			}
			r.Set(func(w *simulator.Weather) { w.TokenExpired = true })
			var refused *channel.SendError
			if _, err := c.(channel.Checker).Check(t.Context(), in); !errors.As(err, &refused) || refused.Code != channel.Auth {
				t.Errorf("with an expired token it says %v", err)
			}
		})
	}
}

// TestWeather holds that each channel reads its provider's bad weather rightly:
// what may be tried again, what may have arrived, what a person must see to.
func TestWeather(t *testing.T) {
	tests := []struct {
		name    string
		weather func(*simulator.Weather)
		want    channel.Code
	}{
		{"throttled", func(w *simulator.Weather) { w.Throttle = 1 }, channel.Throttled},
		{"5xx", func(w *simulator.Weather) { w.Fail = 1 }, channel.Transient},
		{"taken, never answered", func(w *simulator.Weather) { w.TimeoutAfterAccept = 1 }, channel.UnknownOutcome},
		{"the token expired", func(w *simulator.Weather) { w.TokenExpired = true }, channel.Auth},
	}
	for _, m := range meetings {
		for _, test := range tests {
			t.Run(m.network+": "+test.name, func(t *testing.T) {
				r, c, in := m.table(t)
				r.Said(simulator.In{From: m.from, Kind: "text", Text: "Hello"})
				r.Set(test.weather)
				_, err := c.Send(t.Context(), in, parley.Outbound{ID: "msg_1", Parts: 1, To: m.to, Text: "On it!", Human: true, InWindow: true})
				var refused *channel.SendError
				if !errors.As(err, &refused) || refused.Code != test.want {
					t.Errorf("read as %v, want %s", err, test.want)
				}
				if arrived := len(r.Phone(m.from)) == 2; arrived != (test.want == channel.UnknownOutcome) {
					t.Errorf("arrived: %t", arrived)
				}
			})
		}
	}
}

// unreadable are kinds that no channel needs to make words of: they are kept raw,
// shown to administrators, and answered 2xx like all that is signed.
var unreadable = []string{"raw", "unknown", "unsupported", "poll"}

// TestEveryKindIsUnderstood holds that whatever a phone can do is signed rightly
// and, but for the unreadable, read without a question left.
func TestEveryKindIsUnderstood(t *testing.T) {
	for _, m := range meetings {
		for _, kind := range m.provider(t).Kinds {
			t.Run(m.network+": "+kind, func(t *testing.T) {
				r, c, in := m.table(t)
				if kind == "verify" {
					return // TestSetUp
				}
				id := r.Said(simulator.In{From: m.from, Kind: "text", Text: "Hello"})
				took, _ := receive(t, r, c, in)
				if len(took.Messages) != 1 {
					t.Fatalf("a text came as %+v", took)
				}
				r.Said(simulator.In{From: m.from, Kind: kind, MessageID: id, Emoji: "\U0001F44D", Text: "Words", Title: "Title", Payload: "15145550199", Raw: []byte("{}"), Options: map[string]string{"code": "403"}})
				if _, odd := receive(t, r, c, in); odd != "" && !slices.Contains(unreadable, kind) {
					t.Errorf("left a question: %s", odd)
				}
			})
		}
	}
}

// TestWhatComesLateKeepsItsTime: where a network has a window, what a phone wrote a
// day ago says so, and the network counts from then (R-40, WAP-05).
func TestWhatComesLateKeepsItsTime(t *testing.T) {
	for _, m := range meetings[:3] { // Meta's
		t.Run(m.network, func(t *testing.T) {
			r, c, in := m.table(t)
			r.Said(simulator.In{From: m.from, Kind: "text", Text: "Hello", Options: map[string]string{"late_s": "90000"}})
			if came := take(t, r, c, in).Messages; len(came) != 1 || !came[0].SentAt.Equal(simtest.Morning.Add(-25*time.Hour)) {
				t.Errorf("R-40: it came as %+v", came)
			}
			if _, err := c.Send(t.Context(), in, parley.Outbound{ID: "msg_1", Parts: 1, To: m.to, Text: "On it!"}); err == nil {
				told := take(t, r, c, in).Statuses
				if len(told) != 1 || told[0].Code != string(channel.WindowClosed) {
					t.Errorf("WAP-05: the window is not over: %+v", told)
				}
			}
		})
	}
}

// TestChangesFindTheirMessage holds that what a customer changes afterwards names
// the message as it was named when it came.
func TestChangesFindTheirMessage(t *testing.T) {
	wants := map[string]parley.InboundKind{"edit": parley.InboundEdit, "revoke": parley.InboundRevoke, "reaction": parley.InboundReaction}
	for _, m := range meetings {
		for kind, want := range wants {
			if !slices.Contains(m.provider(t).Kinds, kind) {
				continue
			}
			t.Run(m.network+": "+kind, func(t *testing.T) {
				r, c, in := m.table(t)
				wholly(r)
				id := r.Said(simulator.In{From: m.from, Kind: "text", Text: "Hello"})
				first := take(t, r, c, in).Messages[0]
				r.Said(simulator.In{From: m.from, Kind: kind, MessageID: id, Text: "Hello again", Emoji: "\U0001F44D"})
				came := take(t, r, c, in).Messages
				if len(came) != 1 || came[0].Kind != want || came[0].Target != first.ExternalID || came[0].ExternalID == first.ExternalID {
					t.Errorf("%s came as %+v", first.ExternalID, came)
				}
				r.Said(simulator.In{From: m.from, Kind: "text", Text: "This one", ReplyTo: id})
				if came := take(t, r, c, in).Messages; len(came) != 1 || came[0].Target != first.ExternalID {
					t.Errorf("the reply to %s came as %+v", first.ExternalID, came)
				}
			})
		}
	}
}

// wholly asks Telegram for all it can tell; others tell all.
func wholly(r *simtest.Rig) {
	if r.Account.Network == "telegram" {
		r.Call("POST", "/bot"+r.Line.Setting("bot_token")+"/setWebhook", nil, map[string]any{"url": r.Account.Webhook, "secret_token": "hook-secret",
			"allowed_updates": []string{"message", "edited_message", "message_reaction"}})
	}
}
