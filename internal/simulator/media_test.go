package simulator

import (
	"bytes"
	"image/png"
	"testing"

	"golang.org/x/image/webp"
)

func TestSamples(t *testing.T) {
	sticker := In{Kind: "sticker"}.Sent("1")
	seen, err := webp.Decode(bytes.NewReader(sticker.Data))
	if err != nil || seen.Bounds().Dx() != 512 || seen.Bounds().Dy() != 512 || len(sticker.Data) > 100<<10 || sticker.MIME != "image/webp" {
		t.Fatalf("the sticker: %v, %d bytes", err, len(sticker.Data))
	}
	_, _, _, edge := seen.At(0, 0).RGBA()
	if _, _, _, middle := seen.At(256, 256).RGBA(); edge != 0 || middle == 0 {
		t.Error("the sticker shows nothing on a transparent ground")
	}
	sound := In{Kind: "audio"}.Sent("3")
	if !bytes.HasPrefix(sound.Data, []byte("OggS")) || !bytes.Contains(sound.Data, []byte("OpusTags")) || sound.Size < 4<<10 {
		t.Errorf("the voice message has no sound: %d bytes", sound.Size)
	}
	if _, err := png.Decode(bytes.NewReader(In{Kind: "image"}.Sent("2").Data)); err != nil {
		t.Error(err)
	}
}
