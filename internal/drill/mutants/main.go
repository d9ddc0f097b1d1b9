// Mutants plants each known mistake in a copy of the sources, runs the tests
// that must find it, and prints which did. It fails if a mistake survives.
package main

import (
	"context"
	"fmt"
	"os"
	"os/signal"
	"slices"
	"strings"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx, os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "mutants:", err)
		os.Exit(1)
	}
}

// run plants the mutants of these ids, all if there are none.
func run(ctx context.Context, ids []string) error {
	root, err := os.Getwd()
	if err != nil {
		return err
	}
	for _, m := range mutants {
		if err := m.fits(root); err != nil {
			return err
		}
	}
	copied, err := copyTree(ctx, root)
	if err != nil {
		return err
	}
	defer os.RemoveAll(copied)
	if err := control(ctx, copied, ids); err != nil {
		return err
	}
	var survivors []string
	fmt.Printf("%-4s %-42s %s\n", "id", "mistake", "found by")
	for _, m := range mutants {
		if !asked(ids, m.ID) {
			continue
		}
		verdict, err := m.plant(ctx, copied)
		if err != nil {
			return fmt.Errorf("%s: %w", m.ID, err)
		}
		fmt.Printf("%-4s %-42s %s\n", m.ID, m.What, verdict)
		if verdict.survived() {
			survivors = append(survivors, m.ID)
		}
	}
	if len(survivors) > 0 {
		return fmt.Errorf("no test finds %s", strings.Join(survivors, ", "))
	}
	return nil
}

func asked(ids []string, id string) bool { return len(ids) == 0 || slices.Contains(ids, id) }

// control runs every killer without a mistake: one that fails anyway proves
// nothing.
func control(ctx context.Context, dir string, ids []string) error {
	seen := map[Killer]bool{}
	for _, m := range mutants {
		for _, k := range m.Killers {
			if !asked(ids, m.ID) || seen[k] {
				continue
			}
			seen[k] = true
			failed, err := k.run(ctx, dir)
			if err != nil {
				return fmt.Errorf("without a mistake: %w", err)
			}
			if failed != "" {
				return fmt.Errorf("%s in %s fails without a mistake: %s", k.Run, k.In, failed)
			}
		}
	}
	fmt.Printf("without a mistake all %d runs pass\n", len(seen))
	return nil
}

// verdict is what each killer said: the test that failed, "" if none did.
type verdict []struct {
	killer Killer
	failed string
}

func (v verdict) survived() bool {
	for _, k := range v {
		if k.failed != "" {
			return false
		}
	}
	return true
}

// String names those who found it, and those who should have.
func (v verdict) String() string {
	if v.survived() {
		return "SURVIVED"
	}
	var found, missed []string
	for _, k := range v {
		if k.failed == "" {
			missed = append(missed, strings.Trim(k.killer.Run, "^$"))
			continue
		}
		found = append(found, strings.TrimPrefix(k.killer.In, "./internal/")+" "+k.failed)
	}
	if len(missed) > 0 {
		return strings.Join(found, ", ") + "; not by " + strings.Join(missed, ", ")
	}
	return strings.Join(found, ", ")
}
