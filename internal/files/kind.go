package files

import (
	"io"
	"strings"

	"github.com/gabriel-vasile/mimetype"

	"parley"
)

// types are the names by which networks and browsers know what a detector calls
// otherwise.
var types = map[string]string{
	"audio/x-m4a": "audio/mp4", "audio/x-flac": "audio/flac", "application/ogg": "audio/ogg", "video/ogg": "video/ogg",
	"video/x-m4v": "video/mp4", "audio/x-wav": "audio/wav", "video/3gpp2": "video/3gpp", "image/jpg": "image/jpeg",
	"audio/amr-nb": "audio/amr",
}

// active are types whose files do something where they are opened in a browser;
// nobody sends them to a customer's or an agent's screen as pictures.
//
// Source: A-006.
var active = []string{"image/svg+xml"}

// pictures are the types that every browser shows and that we can look into.
var pictures = []string{"image/jpeg", "image/png", "image/gif", "image/webp"}

// sniff says what a file really is, by its beginning, whatever it is called.
//
// Source.
func sniff(r io.Reader) (string, error) {
	found, err := mimetype.DetectReader(r)
	if err != nil {
		return "", err
	}
	kind, _, _ := strings.Cut(found.String(), ";")
	if known, ok := types[kind]; ok {
		kind = known
	}
	return kind, nil
}

// KindOf says how a file of a type is shown.
func KindOf(kind string) parley.ContentKind {
	for _, p := range pictures {
		if kind == p {
			return parley.ContentImage
		}
	}
	switch {
	case strings.HasPrefix(kind, "video/"):
		return parley.ContentVideo
	case strings.HasPrefix(kind, "audio/"):
		return parley.ContentAudio
	}
	return parley.ContentDocument
}

// Inline reports whether a browser may show a file of a type in its place: what
// cannot do anything but be seen or heard. All others are downloads.
//
// Source.
func Inline(kind string) bool {
	switch kind {
	case "image/jpeg", "image/png", "image/gif", "image/webp",
		"audio/mpeg", "audio/mp4", "audio/aac", "audio/ogg", "audio/wav", "audio/flac", "audio/amr", "audio/webm",
		"video/mp4", "video/webm", "video/ogg", "video/3gpp", "video/quicktime":
		return true
	}
	return false
}
