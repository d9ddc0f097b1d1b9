package files

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// each runs a test on every place where files are kept.
func each(t *testing.T, test func(t *testing.T, f Files)) {
	t.Run("disk", func(t *testing.T) {
		d, err := NewDisk(filepath.Join(t.TempDir(), "files"))
		if err != nil {
			t.Fatal(err)
		}
		test(t, d)
	})
	t.Run("s3", func(t *testing.T) { test(t, newBucket(t)) })
}

func sumOf(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:])
}

// TestKept A-075: a file is named by its content, kept once, and gone when it is
// dropped.
func TestKept(t *testing.T) {
	each(t, func(t *testing.T, f Files) {
		ctx := t.Context()
		for range 2 {
			sum, size, err := f.Put(ctx, strings.NewReader("hello"), 5)
			if err != nil || sum != sumOf("hello") || size != 5 {
				t.Fatalf("%s, %d, %v", sum, size, err)
			}
		}
		body, err := f.Open(ctx, sumOf("hello"))
		if err != nil {
			t.Fatal(err)
		}
		if _, err := body.Seek(-3, io.SeekEnd); err != nil {
			t.Error(err)
		}
		if rest, err := io.ReadAll(body); err != nil || string(rest) != "llo" {
			t.Errorf("A-021: a range is %q, %v", rest, err)
		}
		if _, err := body.Seek(1, io.SeekStart); err != nil {
			t.Error(err)
		}
		two := make([]byte, 2)
		if _, err := io.ReadFull(body, two); err != nil || string(two) != "el" {
			t.Errorf("A-021: a range is %q, %v", two, err)
		}
		if err := body.Close(); err != nil {
			t.Error(err)
		}
		if err := errors.Join(f.Delete(ctx, sumOf("hello")), f.Delete(ctx, sumOf("hello"))); err != nil {
			t.Error(err)
		}
		for _, name := range []string{sumOf("hello"), "", "..", "../../../etc/passwd", strings.ToUpper(sumOf("x")), sumOf("x") + "/"} {
			if _, err := f.Open(ctx, name); !errors.Is(err, ErrNotFound) {
				t.Errorf("A-075: %q opens: %v", name, err)
			}
			if err := f.Delete(ctx, name); err != nil {
				t.Errorf("A-075: %q is dropped: %v", name, err)
			}
		}
	})
}

// TestTooLarge A-076: nothing of a file that is too large stays.
func TestTooLarge(t *testing.T) {
	each(t, func(t *testing.T, f Files) {
		if _, _, err := f.Put(t.Context(), strings.NewReader("hello"), 4); !errors.Is(err, ErrTooLarge) {
			t.Errorf("A-076: %v", err)
		}
		if _, _, err := f.Put(t.Context(), io.MultiReader(strings.NewReader("hel"), broken{}), 10); err == nil {
			t.Error("A-076: a file that broke off is kept")
		}
		if got, err := f.List(t.Context(), "", 10); err != nil || len(got) != 0 {
			t.Errorf("A-076: %v, %v", got, err)
		}
	})
}

type broken struct{}

func (broken) Read([]byte) (int, error) { return 0, io.ErrUnexpectedEOF }

// TestListed says that all files are listed once, in order, page by page.
func TestListed(t *testing.T) {
	each(t, func(t *testing.T, f Files) {
		want := map[string]bool{}
		for i := range 20 {
			sum, _, err := f.Put(t.Context(), strings.NewReader(strings.Repeat("x", i)), 100)
			if err != nil {
				t.Fatal(err)
			}
			want[sum] = true
		}
		after, seen := "", 0
		for {
			page, err := f.List(t.Context(), after, 3)
			if err != nil {
				t.Fatal(err)
			}
			if len(page) == 0 {
				break
			}
			for _, s := range page {
				if s.Sum <= after || !want[s.Sum] || s.Kept.IsZero() {
					t.Errorf("%q after %q", s.Sum, after)
				}
				after, seen = s.Sum, seen+1
			}
		}
		if seen != len(want) {
			t.Errorf("%d of %d are listed", seen, len(want))
		}
	})
}

// TestPrivate says that files on the disk are for their owner alone, and that what
// a process that died left behind is not listed.
func TestPrivate(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "files")
	d, err := NewDisk(dir)
	if err != nil {
		t.Fatal(err)
	}
	sum, _, err := d.Put(t.Context(), strings.NewReader("hello"), 10)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "coming-1"), []byte("left"), 0o600); err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]os.FileMode{dir: 0o700, filepath.Join(dir, sum[:2]): 0o700, d.path(sum): 0o600} {
		if info, err := os.Stat(path); err != nil || info.Mode().Perm() != want {
			t.Errorf("%s: %v, %v", path, info.Mode(), err)
		}
	}
	if got, err := d.List(t.Context(), "", 10); err != nil || len(got) != 1 {
		t.Errorf("%v, %v", got, err)
	}
}

// newCabinet returns one on a disk.
func newCabinet(t *testing.T) *Cabinet {
	t.Helper()
	dir := t.TempDir()
	d, err := NewDisk(dir)
	if err != nil {
		t.Fatal(err)
	}
	return &Cabinet{d, dir}
}

// kept looks at a file and keeps it.
func (c *Cabinet) kept(ctx context.Context, raw []byte) (Kept, []byte, error) {
	d, err := c.Look(ctx, bytes.NewReader(raw), testMax)
	if err != nil {
		return Kept{}, nil, err
	}
	k, err := d.Keep(ctx)
	if err := errors.Join(err, d.Close()); err != nil {
		return k, nil, err
	}
	f, err := c.Open(ctx, k.Sum)
	if err != nil {
		return k, nil, err
	}
	body, err := io.ReadAll(f)
	return k, body, errors.Join(err, f.Close())
}

// testMax is more than any file of these tests.
const testMax = 26 << 20
