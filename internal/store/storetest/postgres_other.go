//go:build !unix

package storetest

import "errors"

func startPostgres() (string, error) { return "", errors.New("only on Unix") }
