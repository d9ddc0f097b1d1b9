package store

import (
	"regexp"
	"strconv"
	"sync"

	"github.com/jackc/pgx/v5"
)

// atMost bounds a list. The number stands in the text: PostgreSQL plans a list
// whose bound it is not told as if a tenth of the table were wanted, and sorts.
//
// Unit: rows.
func atMost(n int) string { return "\n\t\tLIMIT " + strconv.Itoa(n) }

var (
	stretch = regexp.MustCompile(`\bLIMIT ([2-9]|1[0-9])`)
	anew    sync.Map // which texts ask for one: string to bool
)

// planned returns the arguments of a query as its database takes them. PostgreSQL
// plans the stretch of a list anew for its values, because what is rare is found
// by another index than what is not. What is found by a key keeps its plan:
// planning it takes longer than finding it.
//
// See docs/decisions/0008.
func (d dialect) planned(query string, args []any) []any {
	if d != postgres || len(args) == 0 {
		return args
	}
	list, known := anew.Load(query)
	if !known {
		list = stretch.MatchString(query)
		anew.Store(query, list)
	}
	if !list.(bool) {
		return args
	}
	return append([]any{pgx.QueryExecModeCacheDescribe}, args...)
}
