package channel

import (
	"slices"

	"parley"
)

// Files says which files a network takes.
//
// Unit: bytes.
type Files struct {
	Kinds []parley.ContentKind         // none = no files
	Max   int64                        // 0 = no limit known
	Sizes map[parley.ContentKind]int64 // of the kinds that must be smaller than Max
	Types []string                     // MIME types; none = any but Never
	Never []string                     // MIME types it refuses, where it names none that it takes
	Text  int                          // longest caption, 0 = none: the text goes as a message of its own
}

// MaxOf is how large a file of a kind may be, 0 = no limit known.
func (f Files) MaxOf(kind parley.ContentKind) int64 {
	if most := f.Sizes[kind]; most > 0 {
		return most
	}
	return f.Max
}

// Programs are the types of what a computer or a phone would run. A network that
// names no types it takes still takes none of these.
//
// Source: https://github.com/jgorset/facebook-messenger/issues/221, error 546
var Programs = []string{
	"application/vnd.microsoft.portable-executable", "application/x-msdownload", "application/x-ms-dos-executable", "application/x-dosexec",
	"application/x-ms-installer", "application/x-msi", "application/x-elf", "application/x-executable", "application/x-sharedlib",
	"application/x-mach-binary", "application/java-archive", "application/jar", "application/vnd.android.package-archive",
	"text/x-shellscript", "application/x-sh",
}

// Fits says why a file of some kind, type and size cannot go there: an error whose
// data names what the network takes, nil if it can.
//
// Errors: parley.ErrFileNotAllowed, ErrTooLarge with limit.
// Source: CNV-07.
func (f Files) Fits(kind parley.ContentKind, mime string, size int64) error {
	switch most := f.MaxOf(kind); {
	case !slices.Contains(f.Kinds, kind), len(f.Types) > 0 && !slices.Contains(f.Types, mime), slices.Contains(f.Never, mime):
		return parley.ErrFileNotAllowed.With(map[string]any{"why": "type", "types": append([]string{}, f.Types...)})
	case most > 0 && size > most:
		return parley.ErrTooLarge.With(map[string]any{"limit": most})
	}
	return nil
}
