// Rules prints every rule of docs/rules.md and every feature of docs/features.md with the tests and walks that name it.
package main

import (
	"fmt"
	"os"
	"strings"
)

func main() {
	rules, err := Read(".")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	bare := 0
	for _, r := range rules {
		switch {
		case len(r.Tests) > 0:
			fmt.Printf("%-8s %s\n", r.ID, strings.Join(r.Tests, ", "))
		case r.Reason != "":
			fmt.Printf("%-8s - %s\n", r.ID, r.Reason)
		default:
			bare++
			fmt.Printf("%-8s NO TEST AND NO REASON\n", r.ID)
		}
	}
	fmt.Printf("%d rules and features, %d without a test or a reason\n", len(rules), bare)
	if bare > 0 {
		os.Exit(1)
	}
}
