package telegram

import (
	"errors"
	"net/http"
	"os"
	"strings"
	"testing"

	"parley"
	"parley/internal/channel"
	"parley/internal/channel/conformance"
)

// sign repeats the secret, as Telegram does.
func sign(in parley.EntryPoint, r *channel.Request) {
	r.Header.Set("X-Telegram-Bot-Api-Secret-Token", in.Setting("secret_token"))
}

func TestRecordings(t *testing.T) { conformance.Play(t, New(conformance.Client()), sign) }

func entryPoint(t testing.TB) parley.EntryPoint {
	raw, err := os.ReadFile("testdata/entrypoint.json")
	if err != nil {
		t.Fatal(err)
	}
	return conformance.EntryPoint(t, string(raw))
}

func held(t testing.TB) conformance.Held {
	return conformance.Held{Channel: New(nil), In: entryPoint(t), Sign: sign, Odd: []string{`{"update_id":1}`, `{"update_id":1,"message":{}}`}}
}

func TestHeld(t *testing.T) { held(t).Hold(t) }

func FuzzReceive(f *testing.F) { held(f).Fuzz(f) }

func TestSecret(t *testing.T) {
	in := entryPoint(t)
	const right = "a-secret-of-ours"
	for _, c := range []struct {
		name   string
		in     parley.EntryPoint
		header http.Header
	}{
		{"A-053: none", in, http.Header{}},
		{"A-053: wrong", in, http.Header{"X-Telegram-Bot-Api-Secret-Token": {"another"}}},
		{"A-053: another case", in, http.Header{"X-Telegram-Bot-Api-Secret-Token": {strings.ToUpper(right)}}},
		{"A-053: with a space", in, http.Header{"X-Telegram-Bot-Api-Secret-Token": {right + " "}}},
		{"A-053: two of them", in, http.Header{"X-Telegram-Bot-Api-Secret-Token": {right, right}}},
		{"A-053: none of ours", parley.EntryPoint{}, http.Header{"X-Telegram-Bot-Api-Secret-Token": {""}}},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := New(nil).Receive(c.in, channel.Request{Method: "POST", Header: c.header, Body: []byte(`{"update_id":1}`)})
			if !errors.Is(err, parley.ErrBadSignature) {
				t.Errorf("it is taken: %v", err)
			}
		})
	}
}

func TestClass(t *testing.T) {
	for _, c := range []struct {
		code  int
		words string
		want  channel.Code
	}{
		{429, "Too Many Requests: retry after 5", channel.Throttled},
		{401, "Unauthorized", channel.Auth},
		{404, "Not Found", channel.Auth},
		{403, "Forbidden: bot was blocked by the user", channel.RecipientUnavailable},
		{403, "Forbidden: user is deactivated", channel.RecipientUnavailable},
		{403, "Forbidden: bot can't initiate conversation with a user", channel.RecipientUnavailable},
		{400, "Bad Request: chat not found", channel.RecipientUnavailable},
		{400, "Bad Request: message is too long", channel.TooLong},
		{400, "Bad Request: message caption is too long", channel.TooLong},
		{400, "Bad Request: wrong file identifier/HTTP URL specified", channel.MediaFault},
		{400, "Bad Request: PHOTO_INVALID_DIMENSIONS", channel.MediaFault},
		{413, "Request Entity Too Large", channel.MediaFault},
		{409, "Conflict: can't use getUpdates method while webhook is active", channel.Config},
		{500, "Internal Server Error", channel.Transient},
		{502, "Bad Gateway", channel.UnknownOutcome},
		{400, "Bad Request: message text is empty", channel.BadRequest},
	} {
		if got := class(c.code, c.words); got != c.want {
			t.Errorf("%d %s is %s, want %s", c.code, c.words, got, c.want)
		}
	}
}

// the id of one bot beside the token of another is seen before anybody is asked.
func TestFits(t *testing.T) {
	for token, want := range map[string]int{"110201543:AAH": 0, "110201544:AAH": 1, "": 0} {
		var f parley.Faults
		in := parley.EntryPoint{Address: "110201543", Secrets: map[string]string{"bot_token": token}}
		New(conformance.Client()).Fits(in, &f)
		if len(f) != want || want == 1 && f[0] != (parley.FieldError{Field: "address", Code: "other_token"}) {
			t.Errorf("%q: %v", token, f)
		}
	}
}
