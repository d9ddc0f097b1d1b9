package tenant

import "context"

// SeedDemo makes the demo center of an empty one, or completes it.
func (t *Tenant) SeedDemo(ctx context.Context) error {
	if err := t.Office.SeedDemo(ctx); err != nil {
		return err
	}
	if err := t.Knowledge.SeedDemo(ctx); err != nil {
		return err
	}
	return t.Records.SeedDemo(ctx)
}
