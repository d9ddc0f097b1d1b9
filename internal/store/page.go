package store

import "strconv"

// atMost bounds a list. The number stands in the text: PostgreSQL plans a list
// whose bound it is not told as if a tenth of the table were wanted, and sorts.
//
// Unit: rows.
func atMost(n int) string { return "\n\t\tLIMIT " + strconv.Itoa(n) }
