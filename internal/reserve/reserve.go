// Package reserve keeps room on a disk for when it is full.
package reserve

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
)

// Bytes is how much room a center keeps.
//
// Unit: bytes.
// Source: R-05.
const Bytes = 32 << 20

// ErrNoRoom means that the disk has not room enough for the reserve and for what
// comes next.
var ErrNoRoom = errors.New("the disk has no room for the reserve")

// File is a file that holds nothing but room. A nil one is none.
type File struct {
	path string
	size int64
}

// New names a file and its size, and does not make it yet.
//
// Unit of size: bytes.
func New(path string, size int64) *File { return &File{path, size} }

// Keep makes the file, if it is not there. Errors: ErrNoRoom.
func (f *File) Keep() error {
	if f == nil {
		return nil
	}
	if is, err := os.Stat(f.path); err == nil && is.Size() == f.size {
		return nil
	}
	if !f.Fits() {
		return ErrNoRoom
	}
	if err := f.fill(); err != nil {
		return errors.Join(err, os.Remove(f.path))
	}
	return nil
}

// Fits reports whether the disk has room for the file and a quarter more: what is
// left of a reserve that was given up is no room to spare.
func (f *File) Fits() bool {
	free, err := freeBytes(f.path)
	return err != nil || free >= f.size+f.size/4
}

// fill writes what no file system can make smaller, or leave out.
func (f *File) fill() (err error) {
	file, err := os.OpenFile(f.path, os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o600)
	if err != nil {
		return fmt.Errorf("keep a reserve: %w", err)
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	noise := rand.NewChaCha8([32]byte{})
	block := make([]byte, 1<<20)
	for left := f.size; left > 0; {
		part := block[:min(int64(len(block)), left)]
		_, _ = noise.Read(part) // it never fails
		if _, err := file.Write(part); err != nil {
			return fmt.Errorf("keep a reserve: %w", err)
		}
		left -= int64(len(part))
	}
	return nil
}

// Give gives the room back to the disk, and reports whether there was any.
func (f *File) Give() bool { return f != nil && os.Remove(f.path) == nil }
