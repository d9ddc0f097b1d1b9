package messenger

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"os"
	"testing"

	"parley"
	"parley/internal/channel"
	"parley/internal/channel/conformance"
)

// sign signs as Meta does.
func sign(in parley.EntryPoint, r *channel.Request) {
	mac := hmac.New(sha256.New, []byte(in.Setting("app_secret")))
	mac.Write(r.Body)
	r.Header.Set("X-Hub-Signature-256", "sha256="+hex.EncodeToString(mac.Sum(nil)))
}

// both is Facebook and Instagram behind one face, so that one runner plays the
// recordings of either: an entry point says which it is.
func both() *split {
	return &split{New(conformance.Client()), NewInstagram(conformance.Client())}
}

func TestRecordings(t *testing.T) { conformance.Play(t, both(), sign) }

func entryPoint(t testing.TB) parley.EntryPoint {
	raw, err := os.ReadFile("testdata/entrypoint.json")
	if err != nil {
		t.Fatal(err)
	}
	return conformance.EntryPoint(t, string(raw))
}

func held(t testing.TB) conformance.Held {
	return conformance.Held{Channel: New(nil), In: entryPoint(t), Sign: sign, Covers: true, Odd: []string{`{"object":"user"}`, `{"object":"page","entry":[7]}`}}
}

func TestHeld(t *testing.T) {
	held(t).Hold(t)
	conformance.Form(t, NewInstagram(nil).Spec())
}

func FuzzReceive(f *testing.F) { held(f).Fuzz(f) }

func TestClass(t *testing.T) {
	// Source: networks.md 3, the table of errors.
	for _, c := range []struct {
		code, sub, status int
		want              channel.Code
	}{
		{10, 2018278, 400, channel.WindowClosed}, {10, 2534022, 400, channel.WindowClosed},
		{100, 1893061, 400, channel.BadRequest},
		{100, 2018001, 400, channel.RecipientUnavailable}, {551, 1545041, 400, channel.RecipientUnavailable}, {200, 1545041, 403, channel.RecipientUnavailable},
		{10, 2018065, 403, channel.Config}, {10, 2018108, 403, channel.Config}, {10, 2018300, 403, channel.Elsewhere}, {200, 0, 403, channel.Config}, {230, 0, 403, channel.Config},
		{190, 0, 401, channel.Auth}, {190, 463, 400, channel.Auth},
		{4, 2018022, 400, channel.Throttled}, {32, 0, 400, channel.Throttled}, {613, 0, 400, channel.Throttled}, {100, 2018109, 400, channel.Throttled},
		{1, 0, 500, channel.Transient}, {2, 0, 500, channel.Transient}, {1200, 0, 400, channel.Transient}, {99, 0, 503, channel.Transient},
		{99, 0, 504, channel.UnknownOutcome}, {546, 0, 400, channel.MediaFault}, {368, 0, 400, channel.Blocked}, {100, 0, 400, channel.BadRequest},
	} {
		if got := class(c.code, c.sub, c.status); got != c.want {
			t.Errorf("%d/%d is %s, want %s", c.code, c.sub, got, c.want)
		}
	}
}

func TestFiles(t *testing.T) {
	facebook, instagram := New(nil).Spec().Files, NewInstagram(nil).Spec().Files
	program := "application/vnd.microsoft.portable-executable"
	for name, err := range map[string]error{
		"a program":                              facebook.Fits(parley.ContentDocument, program, 1),
		"a program on Instagram":                 instagram.Fits(parley.ContentDocument, program, 1),
		"a spreadsheet, which Instagram has not": instagram.Fits(parley.ContentDocument, "application/vnd.ms-excel", 1),
	} {
		if !errors.Is(err, parley.ErrFileNotAllowed) {
			t.Errorf("CNV-07: %s: %v", name, err)
		}
	}
	for name, err := range map[string]error{
		"an archive":         facebook.Fits(parley.ContentDocument, "application/zip", 25<<20),
		"a PDF on Instagram": instagram.Fits(parley.ContentDocument, "application/pdf", 25<<20),
		"a picture of 8 MB":  instagram.Fits(parley.ContentImage, "image/png", 8<<20),
	} {
		if err != nil {
			t.Errorf("CNV-07: %s: %v", name, err)
		}
	}
	if err := instagram.Fits(parley.ContentImage, "image/png", 8<<20+1); !errors.Is(err, parley.ErrTooLarge) {
		t.Errorf("CNV-07: a picture above 8 MB: %v", err)
	}
}

func TestSpec(t *testing.T) {
	facebook, instagram := New(nil).Spec(), NewInstagram(nil).Spec()
	if facebook.Limit != 2000 || facebook.Unit != channel.UTF16 || instagram.Limit != 1000 || instagram.Unit != channel.Bytes {
		t.Error("CNV-05: 2,000 characters on Facebook, 1,000 bytes on Instagram")
	}
	if facebook.Key == instagram.Key || !facebook.KeyScope || !instagram.KeyScope {
		t.Error("SOC-05: a page's id of somebody counts only there")
	}
}
