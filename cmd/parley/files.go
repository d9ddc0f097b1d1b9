package main

import (
	"fmt"
	"path/filepath"

	"parley/internal/files"
)

// filesDir is where files are kept if they are kept on this disk.
func (d database) filesDir() string { return filepath.Join(d.Data, "files") }

// cabinet opens what people send each other.
func (d database) cabinet() (*files.Cabinet, error) {
	disk, err := files.NewDisk(d.filesDir())
	if err != nil {
		return nil, fmt.Errorf("files cannot be kept: %w", err)
	}
	return &files.Cabinet{Files: disk, Desk: d.filesDir()}, nil
}
