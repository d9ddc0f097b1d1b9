package files

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// Disk keeps files below a folder, as ab/cdef...: for this user alone.
type Disk struct{ dir string }

// NewDisk returns the files below a folder, which it makes, without what a
// process that died left behind.
func NewDisk(dir string) (*Disk, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, fmt.Errorf("the folder for files: %w", err)
	}
	left, err := filepath.Glob(filepath.Join(dir, "coming-*"))
	for _, name := range left {
		if info, gone := os.Stat(name); gone == nil && time.Since(info.ModTime()) > time.Hour {
			err = errors.Join(err, os.Remove(name))
		}
	}
	return &Disk{dir}, err
}

// path is where a file is.
func (d *Disk) path(sum string) string { return filepath.Join(d.dir, sum[:2], sum[2:]) }

// Put keeps a file: first beside, flushed, then under its name, and the names of
// the folders flushed too, so that a crash leaves all of it or nothing.
//
// Source: P1.
func (d *Disk) Put(_ context.Context, r io.Reader, limit int64) (string, int64, error) {
	f, sum, size, err := spool(d.dir, r, limit)
	if err != nil {
		return "", 0, err
	}
	path := d.path(sum)
	if _, err := os.Stat(path); err == nil {
		fresh, err := f.Stat()
		if err != nil {
			return "", 0, errors.Join(err, drop(f))
		}
		return sum, size, errors.Join(drop(f), os.Chtimes(path, fresh.ModTime(), fresh.ModTime()))
	}
	if err := errors.Join(f.Chmod(0o600), f.Sync()); err != nil {
		return "", 0, errors.Join(err, drop(f))
	}
	if err := f.Close(); err != nil {
		return "", 0, errors.Join(err, os.Remove(f.Name()))
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return "", 0, errors.Join(err, os.Remove(f.Name()))
	}
	if err := os.Rename(f.Name(), path); err != nil {
		return "", 0, errors.Join(err, os.Remove(f.Name()))
	}
	return sum, size, errors.Join(flush(filepath.Dir(path)), flush(d.dir))
}

// flush makes the names in a folder survive a power cut.
func flush(dir string) error {
	f, err := os.Open(dir)
	if err != nil {
		return err
	}
	err = f.Sync()
	if errors.Is(err, fs.ErrInvalid) || errors.Is(err, fs.ErrPermission) {
		err = nil // some systems cannot
	}
	return errors.Join(err, f.Close())
}

// Open opens a file.
func (d *Disk) Open(_ context.Context, sum string) (io.ReadSeekCloser, error) {
	if !named(sum) {
		return nil, ErrNotFound
	}
	f, err := os.Open(d.path(sum))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, ErrNotFound
	}
	return f, err
}

// Delete drops a file.
func (d *Disk) Delete(_ context.Context, sum string) error {
	if !named(sum) {
		return nil
	}
	if err := os.Remove(d.path(sum)); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}

// List lists files in the order of their names, folder by folder.
func (d *Disk) List(ctx context.Context, after string, limit int) ([]Stat, error) {
	folders, err := os.ReadDir(d.dir)
	if err != nil {
		return nil, err
	}
	var out []Stat
	for _, folder := range folders {
		if !folder.IsDir() || len(folder.Name()) != 2 || after != "" && folder.Name() < after[:min(2, len(after))] {
			continue
		}
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		inside, err := d.inside(folder.Name(), after)
		if err != nil {
			return nil, err
		}
		if out = append(out, inside...); len(out) >= limit {
			return out[:limit], nil
		}
	}
	return out, nil
}

func (d *Disk) inside(folder, after string) ([]Stat, error) {
	entries, err := os.ReadDir(filepath.Join(d.dir, folder))
	if err != nil {
		return nil, err
	}
	var out []Stat
	for _, e := range entries {
		sum := folder + e.Name()
		info, err := e.Info()
		if errors.Is(err, fs.ErrNotExist) || !named(sum) || sum <= after {
			continue
		}
		if err != nil {
			return nil, err
		}
		out = append(out, Stat{sum, info.ModTime()})
	}
	slices.SortFunc(out, func(a, b Stat) int { return strings.Compare(a.Sum, b.Sum) })
	return out, nil
}
