// Parley is a contact center for written conversations.
//
// Run it with no argument but serve: it needs no file and no account elsewhere.
package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"strings"
	"syscall"

	"github.com/alecthomas/kong"
)

// Exit codes beside 0 and 1.
//
// Source: sysexits.h.
const (
	exitUsage   = 64 // a flag or setting is wrong
	exitStorage = 74 // the database lost a write: a restart is clean, going on is not
)

// commands is the command line.
type commands struct {
	Config string `help:"Settings file; flags and PARLEY_* come first." default:"parley.toml" type:"path" env:"PARLEY_CONFIG"`

	Serve   serveCommand   `cmd:"" help:"Run the contact center."`
	Doctor  doctorCommand  `cmd:"" help:"Check that this machine and these settings can run it, and say what to do."`
	Verify  verifyCommand  `cmd:"" help:"Audit every invariant the stored data can answer."`
	Backup  backupCommand  `cmd:"" help:"Write a consistent copy while the server runs."`
	Restore restoreCommand `cmd:"" help:"Make an empty database of a copy."`
	Migrate migrateCommand `cmd:"" help:"Bring the database up to date without serving."`
	Version versionCommand `cmd:"" help:"Print the version."`
}

func main() { os.Exit(run(os.Args[1:])) }

// run parses and runs one command and returns the exit code.
func run(args []string) int {
	var cli commands
	file := &settingsFile{}
	if err := file.read(settingsPath(args)); err != nil {
		fmt.Fprintf(os.Stderr, "parley: %v\n", err)
		return exitUsage
	}
	parser := kong.Must(&cli, kong.Name("parley"), kong.UsageOnError(), kong.Resolvers(file),
		kong.Description("A contact center for written conversations."))
	if len(args) == 0 || args[0] == "help" {
		args = append(args[min(1, len(args)):], "--help")
	}
	parsed, err := parser.Parse(args)
	if err != nil {
		fmt.Fprintf(os.Stderr, "parley: %v; parley help lists the commands, and parley help <command> its flags\n", err)
		return exitUsage
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	parsed.BindTo(ctx, (*context.Context)(nil))
	if err := parsed.Run(); err != nil {
		fmt.Fprintf(os.Stderr, "parley: %v\n", err)
		var code exitCode
		if errors.As(err, &code) {
			return code.ExitCode()
		}
		return 1
	}
	return 0
}

// exitCode is an error that says how the process ends.
type exitCode interface {
	error
	ExitCode() int
}

// usageError is a setting that cannot be.
type usageError struct{ error }

func (usageError) ExitCode() int   { return exitUsage }
func (e usageError) Unwrap() error { return e.error }

// settingsPath finds the settings file on the command line, in the environment,
// or by its default.
func settingsPath(args []string) string {
	for i, arg := range args {
		if name, ok := strings.CutPrefix(arg, "--config="); ok {
			return name
		}
		if arg == "--config" && i+1 < len(args) {
			return args[i+1]
		}
	}
	if name := os.Getenv("PARLEY_CONFIG"); name != "" {
		return name
	}
	return defaultSettings
}

// defaultSettings is the settings file if nobody names one; kong's tag repeats it.
const defaultSettings = "parley.toml"
