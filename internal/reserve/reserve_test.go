package reserve

import (
	"errors"
	"os"
	"path/filepath"
	"testing"
)

// TestFile R-05: room is kept, given back once, and kept again only when there is
// more than that.
func TestFile(t *testing.T) {
	const size = 3<<20 + 1
	path := filepath.Join(t.TempDir(), "reserve")
	kept := func() int64 {
		f, err := os.Stat(path)
		if errors.Is(err, os.ErrNotExist) {
			return -1
		}
		if err != nil {
			t.Fatal(err)
		}
		return f.Size()
	}
	f := New(path, size)
	for range 2 {
		for range 2 { // the second time it is there
			if err := f.Keep(); err != nil {
				t.Fatal(err)
			}
			if kept() != size {
				t.Errorf("R-05: %d bytes are kept, want %d", kept(), size)
			}
		}
		if !f.Give() || kept() != -1 {
			t.Errorf("R-05: what was kept is not given back: %d", kept())
		}
		if f.Give() {
			t.Error("R-05: given back twice")
		}
	}
	if !New(path, size).Fits() || New(path, 1<<60).Fits() {
		t.Error("R-05: what fits is not known")
	}
	if err := New(path, 1<<60).Keep(); !errors.Is(err, ErrNoRoom) || kept() != -1 {
		t.Errorf("R-05: without room: %v, %d bytes", err, kept())
	}
	if err := New(filepath.Join(path, "nowhere"), 1).Keep(); err == nil {
		t.Error("R-05: kept where there is no folder")
	}
	var none *File
	if err := none.Keep(); err != nil || none.Give() {
		t.Errorf("R-05: none is kept, and given: %v", err)
	}
}
