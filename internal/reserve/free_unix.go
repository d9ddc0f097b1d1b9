//go:build linux || darwin

package reserve

import (
	"path/filepath"
	"syscall"
)

// freeBytes returns how much may still be written beside a file.
func freeBytes(path string) (int64, error) {
	var s syscall.Statfs_t
	if err := syscall.Statfs(filepath.Dir(path), &s); err != nil {
		return 0, err
	}
	return int64(s.Bavail) * int64(s.Bsize), nil //nolint:gosec,unconvert // a disk has fewer than 2^63 bytes; the types differ between systems
}
