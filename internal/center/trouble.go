package center

import (
	"context"

	"parley/internal/channel"
	"parley/internal/store"
)

// news keeps what a network tells of our account.
func (in *intake) news(_ context.Context, ns []channel.News) error {
	for _, n := range ns {
		in.list(func(r *store.Rows) { r.SaveTrouble(in.ID, string(n.Code), cut(flat(n.Detail), NameMax)) })
	}
	return nil
}
