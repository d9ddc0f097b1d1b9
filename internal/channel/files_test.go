package channel

import (
	"errors"
	"reflect"
	"testing"

	"parley"
)

func TestFits(t *testing.T) {
	named := Files{
		Kinds: []parley.ContentKind{parley.ContentImage, parley.ContentDocument}, Max: 100, Sizes: map[parley.ContentKind]int64{parley.ContentImage: 10},
		Types: []string{"image/png", "application/pdf"},
	}
	open := Files{Kinds: []parley.ContentKind{parley.ContentDocument}, Never: Programs}
	for _, c := range []struct {
		name string
		in   Files
		kind parley.ContentKind
		mime string
		size int64
		want error
		data map[string]any
	}{
		{"a picture", named, parley.ContentImage, "image/png", 10, nil, nil},
		{"too large a picture", named, parley.ContentImage, "image/png", 11, parley.ErrTooLarge, map[string]any{"limit": int64(10)}},
		{"a document of that size", named, parley.ContentDocument, "application/pdf", 11, nil, nil},
		{"too large a document", named, parley.ContentDocument, "application/pdf", 101, parley.ErrTooLarge, map[string]any{"limit": int64(100)}},
		{"a type it does not name", named, parley.ContentDocument, "application/zip", 1, parley.ErrFileNotAllowed, map[string]any{"why": "type", "types": named.Types}},
		{"a kind it does not take", named, parley.ContentVideo, "video/mp4", 1, parley.ErrFileNotAllowed, map[string]any{"why": "type", "types": named.Types}},
		{"any type where none is named", open, parley.ContentDocument, "application/zip", 1 << 40, nil, nil},
		{"a program, even there", open, parley.ContentDocument, "application/vnd.microsoft.portable-executable", 1, parley.ErrFileNotAllowed, map[string]any{"why": "type", "types": []string{}}},
	} {
		err := c.in.Fits(c.kind, c.mime, c.size)
		if !errors.Is(err, c.want) {
			t.Errorf("CNV-07: %s: %v, want %v", c.name, err, c.want)
			continue
		}
		var e *parley.Error
		if errors.As(err, &e); c.want != nil && !reflect.DeepEqual(e.Data, c.data) {
			t.Errorf("CNV-07: %s: the refusal says %v, want %v", c.name, e.Data, c.data)
		}
	}
}
