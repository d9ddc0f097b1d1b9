package verify

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"

	"parley"
	"parley/internal/store"
)

// Opener opens a file by its SHA-256.
type Opener func(ctx context.Context, sum string) (io.ReadCloser, error)

// Files returns every file that a message shows and that is not there, or not as
// it was.
//
// Source: P1, R-08.
func Files(ctx context.Context, s *store.Store, open Opener) ([]Violation, error) {
	var found []Violation
	good := map[string]bool{}
	for after := parley.AttachmentID(""); ; {
		page, err := s.View().ReadyFiles(ctx, after, page)
		if err != nil {
			return nil, fmt.Errorf("verify files: %w", err)
		}
		if len(page) == 0 || len(found) >= Most {
			return found, nil
		}
		for _, f := range page {
			after = f.ID
			for _, sum := range []string{f.SHA256, f.Thumb} {
				if sum == "" && f.SHA256 != "" || good[sum] {
					continue
				}
				if says := whole(ctx, sum, open); says != "" {
					found = append(found, Violation{Rule: "R-08", Record: string(f.ID), Says: says})
					continue
				}
				good[sum] = true
			}
		}
	}
}

// whole says what is wrong with a file, "" if nothing is.
func whole(ctx context.Context, sum string, open Opener) string {
	f, err := open(ctx, sum)
	if err != nil {
		return "its file cannot be opened: " + err.Error()
	}
	hash := sha256.New()
	_, err = io.Copy(hash, f)
	if err := errors.Join(err, f.Close()); err != nil {
		return "its file cannot be read: " + err.Error()
	}
	if hex.EncodeToString(hash.Sum(nil)) != sum {
		return "its file is not what it was"
	}
	return ""
}
