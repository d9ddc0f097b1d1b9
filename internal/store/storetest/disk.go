package storetest

import (
	"errors"
	"os"
	"path/filepath"
	"sync/atomic"
	"syscall"
	"testing"
)

// RoomBytes is the size of a Disk's reserve: more than is free, so that it cannot
// be made again, but for Clear, whose one has holes.
const RoomBytes = 1 << 40

// Disk is one that a test fills: nothing is committed while it is full, until the
// reserve in Room is given up.
type Disk struct {
	Room string
	full atomic.Bool
}

// NewDisk returns one that has room.
func NewDisk(t testing.TB) *Disk {
	t.Helper()
	d := &Disk{Room: filepath.Join(t.TempDir(), "reserve")}
	d.Clear(t)
	return d
}

// Fill leaves no room but for the reserve.
func (d *Disk) Fill() { d.full.Store(true) }

// Clear makes room again, also for the reserve.
func (d *Disk) Clear(t testing.TB) {
	t.Helper()
	if err := errors.Join(os.WriteFile(d.Room, nil, 0o600), os.Truncate(d.Room, RoomBytes)); err != nil {
		t.Skipf("no file here can have %d bytes: %v", int64(RoomBytes), err)
	}
	d.full.Store(false)
}

// Inject is what store.Options have of it.
func (d *Disk) Inject(point string) error {
	if _, err := os.Stat(d.Room); d.full.Load() && point == "commit" && err == nil {
		return syscall.ENOSPC
	}
	return nil
}
