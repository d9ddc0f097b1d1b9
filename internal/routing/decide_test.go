package routing

import (
	"time"
)

// The day of every test.
var eight = time.Date(2026, 3, 2, 8, 0, 0, 0, time.UTC)
