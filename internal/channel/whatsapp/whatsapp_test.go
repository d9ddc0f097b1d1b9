package whatsapp

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

func TestRecordings(t *testing.T) { conformance.Play(t, New(conformance.Client()), sign) }

func entryPoint(t testing.TB) parley.EntryPoint {
	raw, err := os.ReadFile("testdata/entrypoint.json")
	if err != nil {
		t.Fatal(err)
	}
	return conformance.EntryPoint(t, string(raw))
}

func held(t testing.TB) conformance.Held {
	return conformance.Held{Channel: New(nil), In: entryPoint(t), Sign: sign, Covers: true, Odd: []string{`{"object":"page"}`, `{"object":"whatsapp_business_account","entry":[7]}`}}
}

func TestHeld(t *testing.T) { held(t).Hold(t) }

func FuzzReceive(f *testing.F) { held(f).Fuzz(f) }

func TestPhone(t *testing.T) {
	for waID, want := range map[string]string{
		"15550142233":   "+15550142233",
		"5215512345678": "+525512345678",  // Mexico's extra 1
		"525512345678":  "+525512345678",  // without it
		"551187654321":  "+5511987654321", // Brazil's missing 9
		"5511987654321": "+5511987654321",
		"551134567890":  "+551134567890",  // a landline has none
		"5491123456789": "+5491123456789", // Argentina's 9 belongs to it
		"":              "",
		"US.1349":       "",
		"0123456789":    "",
	} {
		if got := phone(waID); got != want {
			t.Errorf("%q is %q, want %q", waID, got, want)
		}
	}
}

func TestClass(t *testing.T) {
	// Source: networks.md 2, the table of errors.
	for want, codes := range map[channel.Code][]int{
		channel.Auth:          {0, 190},
		channel.Config:        {3, 10, 200, 299, 131042},
		channel.Throttled:     {4, 80007, 130429, 131056},
		channel.Restricted:    {131048, 131064},
		channel.WindowClosed:  {131047},
		channel.Undeliverable: {131026},
		channel.Refused:       {130472, 131049},
		channel.OptedOut:      {131050},
		channel.BadRequest:    {100, 131051, 131062, 131063, 999999},
		channel.MediaFault:    {131052, 131053},
		channel.Transient:     {131000, 131016, 135000, 2},
		channel.Blocked:       {131031, 368, 130497},
		channel.TemplateFault: {132000, 132001, 132005, 132007, 132008, 132012, 132015, 132016},
		channel.Identity:      {137000},
	} {
		for _, code := range codes {
			if got := class(code); got != want {
				t.Errorf("%d is %s, want %s", code, got, want)
			}
		}
	}
}

func TestFiles(t *testing.T) {
	// Source: https://developers.facebook.com/documentation/business-messaging/whatsapp/business-phone-numbers/media#supported-media-types
	takes := New(nil).Spec().Files
	for _, c := range []struct {
		kind parley.ContentKind
		mime string
		most int64
	}{
		{parley.ContentImage, "image/jpeg", 5 << 20}, {parley.ContentImage, "image/png", 5 << 20},
		{parley.ContentVideo, "video/mp4", 16 << 20}, {parley.ContentAudio, "audio/ogg", 16 << 20}, {parley.ContentDocument, "application/pdf", 100 << 20},
	} {
		if err := takes.Fits(c.kind, c.mime, c.most); err != nil {
			t.Errorf("CNV-07: %s of %d bytes: %v", c.mime, c.most, err)
		}
		if err := takes.Fits(c.kind, c.mime, c.most+1); !errors.Is(err, parley.ErrTooLarge) {
			t.Errorf("CNV-07: %s of more than %d bytes: %v", c.mime, c.most, err)
		}
	}
	for kind, mime := range map[parley.ContentKind]string{
		parley.ContentDocument: "application/vnd.microsoft.portable-executable", parley.ContentImage: "image/gif",
		parley.ContentVideo: "video/quicktime", parley.ContentAudio: "audio/wav",
	} {
		if err := takes.Fits(kind, mime, 1); !errors.Is(err, parley.ErrFileNotAllowed) {
			t.Errorf("CNV-07: %s: %v", mime, err)
		}
	}
}

func TestKindOf(t *testing.T) {
	big := make([]byte, imageBytesMax+1)
	for _, c := range []struct {
		name string
		m    parley.Outbound
		want string
	}{
		{"a picture", parley.Outbound{File: &parley.OutFile{Kind: parley.ContentImage, Type: "image/png"}}, "image"},
		{"a picture too large for one", parley.Outbound{File: &parley.OutFile{Kind: parley.ContentImage, Type: "image/png", Data: big}}, "document"},
		{"a picture of a kind it does not show", parley.Outbound{File: &parley.OutFile{Kind: parley.ContentImage, Type: "image/gif"}}, "document"},
		{"sound", parley.Outbound{File: &parley.OutFile{Kind: parley.ContentAudio, Type: "audio/ogg"}}, "audio"},
		{"sound with words, which sound cannot carry", parley.Outbound{Text: "hi", File: &parley.OutFile{Kind: parley.ContentAudio, Type: "audio/ogg"}}, "document"},
	} {
		if got := kindOf(c.m); got != c.want {
			t.Errorf("%s goes as %s, want %s", c.name, got, c.want)
		}
	}
}
