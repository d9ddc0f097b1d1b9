package seal

import (
	"encoding/base64"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"
)

// Load returns the keys of a text (base64, one per line or separated by commas,
// the one that seals first), or of a file if there is no text. A file that is not
// there is made, with a fresh key, for this user alone.
func Load(text, path string) (*Seal, error) {
	s, err := Given(text, path)
	if !errors.Is(err, fs.ErrNotExist) {
		return s, err
	}
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if errors.Is(err, fs.ErrExist) { // another process was first
		return Read(path)
	}
	if err != nil {
		return nil, fmt.Errorf("make the key file: %w", err)
	}
	_, err = f.WriteString(base64.StdEncoding.EncodeToString(NewKey()) + "\n")
	if err := errors.Join(err, f.Sync(), f.Close()); err != nil {
		return nil, fmt.Errorf("write the key file: %w", err)
	}
	return Read(path)
}

// Given is Load without making a file. Errors: fs.ErrNotExist.
func Given(text, path string) (*Seal, error) {
	if strings.TrimSpace(text) != "" {
		return parse(text)
	}
	return Read(path)
}

// Read returns the keys of a file. Errors: fs.ErrNotExist; one that says so if
// others may read it.
func Read(path string) (*Seal, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, fmt.Errorf("read the key file: %w", err)
	}
	if info.Mode().Perm()&0o077 != 0 {
		return nil, fmt.Errorf("the key file %s may be read by others: chmod 600 it", path)
	}
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("read the key file: %w", err)
	}
	return parse(string(text))
}

// parse reads keys. An error never repeats what was written.
func parse(text string) (*Seal, error) {
	var keys [][]byte
	for _, word := range strings.FieldsFunc(text, func(r rune) bool { return r == '\n' || r == ',' || r == ' ' || r == '\r' }) {
		raw, err := base64.StdEncoding.DecodeString(word)
		if err != nil {
			return nil, errors.New("a secret key is 32 bytes in base64; this one is no base64")
		}
		keys = append(keys, raw)
	}
	return New(keys...)
}
