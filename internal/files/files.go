// Package files keeps what people send each other: by its SHA-256, on a disk or
// in a store that speaks S3. It also finds out what a file really is, refuses
// pictures that would fill the memory and takes out where a photo was made.
//
// Begin with keep.go, the one way in.
package files

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"os"
	"time"
)

// Files is where files are kept. A file is named by its content, so it never
// changes, and to keep it twice is to keep it once.
type Files interface {
	// Put keeps what r gives, at most limit bytes, and returns its SHA-256 in hex
	// and its size. It is safe on the disk when this returns nil. Errors:
	// ErrTooLarge.
	Put(ctx context.Context, r io.Reader, limit int64) (sum string, size int64, err error)
	// Open opens one. The caller closes it. Errors: ErrNotFound.
	Open(ctx context.Context, sum string) (io.ReadSeekCloser, error)
	// Delete drops one; one that is not there is dropped.
	Delete(ctx context.Context, sum string) error
	// List returns up to limit files behind one, in the order of their names.
	List(ctx context.Context, after string, limit int) ([]Stat, error)
}

// Stat is a file as it is kept.
type Stat struct {
	Sum  string
	Kept time.Time // when it was kept last
}

// What files answer besides.
var (
	ErrTooLarge = errors.New("the file is larger than allowed")
	ErrNotFound = errors.New("there is no such file")
)

// sumLength is how long a SHA-256 in hex is.
const sumLength = 2 * sha256.Size

// named reports whether a name is one of ours: only such a name becomes part of a
// path.
//
// Source: A-075.
func named(sum string) bool {
	if len(sum) != sumLength {
		return false
	}
	for _, c := range []byte(sum) {
		if (c < '0' || c > '9') && (c < 'a' || c > 'f') {
			return false
		}
	}
	return true
}

// spool writes what r gives to a nameless file in a folder, at most limit bytes.
// The caller closes and removes it.
func spool(dir string, r io.Reader, limit int64) (f *os.File, sum string, size int64, err error) {
	if f, err = os.CreateTemp(dir, "coming-*"); err != nil {
		return nil, "", 0, err
	}
	hash := sha256.New()
	size, err = io.Copy(io.MultiWriter(f, hash), io.LimitReader(r, limit+1))
	if err == nil && size > limit {
		err = ErrTooLarge
	}
	if err == nil {
		_, err = f.Seek(0, io.SeekStart)
	}
	if err != nil {
		return nil, "", 0, errors.Join(err, drop(f))
	}
	return f, hex.EncodeToString(hash.Sum(nil)), size, nil
}

// drop closes and removes a spooled file.
func drop(f *os.File) error {
	return errors.Join(f.Close(), os.Remove(f.Name()))
}
