package center

import (
	"context"

	"parley/internal/channel"
)

// news keeps what a network tells of our account.
//
// Source: R-48.
func (in *intake) news(ctx context.Context, ns []channel.News) error {
	for _, n := range ns {
		rows, err := in.c.courier.Attends(ctx, in.v, in.book.sends(), in.ID, n)
		if err != nil {
			return err
		}
		in.list(rows)
	}
	return nil
}
