// Package web holds the pages: what `make` built in dist, or a stub that says
// how to build them.
package web

import (
	"embed"
	"io/fs"
)

//go:embed all:dist
var built embed.FS

// Stub is shown in the place of a page that has not been built.
//
//go:embed stub.html
var Stub []byte

// Files returns the built pages: app/, widget/, demo/ and w.js.
func Files() fs.FS {
	files, err := fs.Sub(built, "dist")
	if err != nil {
		panic(err) // dist is part of the binary
	}
	return files
}
