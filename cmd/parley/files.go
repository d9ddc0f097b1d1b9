package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"time"

	"parley/internal/files"
	"parley/internal/netguard"
)

// bucket says where files are kept if not in the data folder.
type bucket struct {
	Bucket       string `name:"files-bucket" help:"https://host/bucket of a store that speaks S3, to keep people's files there instead of in the data folder." env:"PARLEY_FILES_BUCKET" placeholder:"URL"`
	BucketRegion string `name:"files-region" help:"The bucket's region." default:"us-east-1" env:"PARLEY_FILES_REGION"`
	BucketKey    string `name:"files-key" help:"The key that opens the bucket." env:"PARLEY_FILES_KEY" placeholder:"ID"`
	BucketSecret string `name:"files-secret" help:"The key's secret; better set by the environment." env:"PARLEY_FILES_SECRET" placeholder:"SECRET"`
}

// filesDir is where files are kept if they are kept on this disk, and where they
// are looked at before they are kept.
func (d database) filesDir() string { return filepath.Join(d.Data, "files") }

// cabinet opens what people send each other.
func (d database) cabinet() (*files.Cabinet, error) {
	disk, err := files.NewDisk(d.filesDir())
	if err != nil {
		return nil, fmt.Errorf("files cannot be kept: %w", err)
	}
	if d.Bucket == "" {
		return &files.Cabinet{Files: disk, Desk: d.filesDir()}, nil
	}
	client := netguard.New(netguard.Options{Inside: true, Body: netguard.MediaMax, Within: time.Minute})
	s3, err := files.NewS3(client, files.Bucket{
		URL: d.Bucket, Region: d.BucketRegion, Key: d.BucketKey, Secret: d.BucketSecret, Desk: d.filesDir(),
	})
	if err != nil {
		return nil, usage(fmt.Errorf("--files-bucket: %w", err))
	}
	return &files.Cabinet{Files: s3, Desk: d.filesDir()}, nil
}

// beside is where a copy keeps the files of a center.
func beside(backup string) string { return backup + ".files" }

// copyFiles copies every file of a center, and returns how many.
func copyFiles(ctx context.Context, from, to files.Files) (n int, err error) {
	for after := ""; ; {
		page, err := from.List(ctx, after, 500)
		if err != nil || len(page) == 0 {
			return n, err
		}
		for _, s := range page {
			if err := copyFile(ctx, from, to, s.Sum); err != nil {
				return n, fmt.Errorf("file %s: %w", s.Sum, err)
			}
			after, n = s.Sum, n+1
		}
	}
}

func copyFile(ctx context.Context, from, to files.Files, sum string) error {
	f, err := from.Open(ctx, sum)
	if errors.Is(err, files.ErrNotFound) {
		return nil // it was dropped meanwhile: nobody had sent it
	}
	if err != nil {
		return err
	}
	got, _, err := to.Put(ctx, f, netguard.MediaMax)
	if err == nil && got != sum {
		err = fmt.Errorf("damaged: it is %s now", got)
	}
	return errors.Join(err, f.Close())
}

// backupFiles copies files beside a copy of the database. Those in a bucket stay
// where they are.
func (d database) backupFiles(ctx context.Context, backup string) error {
	if d.Bucket != "" {
		if u, err := url.Parse(d.Bucket); err == nil {
			fmt.Printf("Files stay in the bucket %s%s: copy it with its own tools\n", u.Host, u.Path)
		}
		return nil
	}
	if _, err := os.Stat(d.filesDir()); errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	from, err := files.NewDisk(d.filesDir())
	if err != nil {
		return err
	}
	to, err := files.NewDisk(beside(backup))
	if err != nil {
		return err
	}
	n, err := copyFiles(ctx, from, to)
	if err == nil && n > 0 {
		fmt.Printf("Copied %d files to %s\n", n, beside(backup))
	}
	return err
}

// restoreFiles brings back what backupFiles copied.
func (d database) restoreFiles(ctx context.Context, backup string) error {
	if _, err := os.Stat(beside(backup)); errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	from, err := files.NewDisk(beside(backup))
	if err != nil {
		return err
	}
	to, err := d.cabinet()
	if err != nil {
		return err
	}
	_, err = copyFiles(ctx, from, to)
	return err
}

// opener opens files to audit them.
func (d database) opener() (func(context.Context, string) (io.ReadCloser, error), error) {
	c, err := d.cabinet()
	if err != nil {
		return nil, err
	}
	return func(ctx context.Context, sum string) (io.ReadCloser, error) { return c.Open(ctx, sum) }, nil
}
