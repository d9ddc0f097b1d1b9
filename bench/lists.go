package main

import (
	"context"
	"fmt"
	"time"
)

// offeredLists are the lists of the screens with each of their filters.
var offeredLists = []string{
	"/api/customers?limit=50", "/api/customers?limit=50&sort=created", "/api/customers?limit=50&q=cust9",
	"/api/cases?limit=50", "/api/cases?limit=50&status=open", "/api/cases?limit=50&unlinked=true", "/api/cases?limit=50&draft=all",
	"/api/interactions?limit=50", "/api/interactions?limit=50&state=logged",
	"/api/missed?limit=50", "/api/missed?limit=50&state=new",
}

// lists times each list the screens offer at two sizes.
func lists(ctx context.Context, b *bench) error {
	return b.onEach(ctx, func(ctx context.Context, name, database string) error {
		t, err := open(ctx, b, database, 0)
		if err != nil {
			return err
		}
		defer t.close()
		had := 0
		for _, rows := range []int{b.rows / 10, b.rows} {
			t.server.Stop()
			if err := records(ctx, t, had, rows); err != nil {
				return fmt.Errorf("seed %d: %w", rows, err)
			}
			had = rows
			if err := t.server.Start(ctx); err != nil {
				return err
			}
			worst, which := time.Duration(0), ""
			for _, path := range offeredLists {
				var took spread
				for range 50 {
					began := time.Now()
					if err := t.ada.Do(ctx, "GET", path, nil, nil); err != nil {
						return fmt.Errorf("%s: %w", path, err)
					}
					took.took(time.Since(began))
				}
				if p := took.at(99); p > worst {
					worst, which = p, path
				}
			}
			b.report.add(row{what: fmt.Sprintf("%s, any list and filter, %d rows", name, rows), got: "worst p99 " + short(worst), target: "p99 10 ms", note: "`" + which + "`; HTTP round trip"})
		}
		return nil
	})
}
