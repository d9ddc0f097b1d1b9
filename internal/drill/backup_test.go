package drill

import (
	"context"
	"path/filepath"
	"testing"
	"time"

	"parley/internal/drill/people"
	"parley/internal/store/storetest"
)

// TestBackupUnderLoad is R-09 in small: a copy is taken while people write. It
// restores to a whole center that holds all that was acknowledged before.
func TestBackupUnderLoad(t *testing.T) {
	t.Run("sqlite", func(t *testing.T) { backup(t, "", "") })
	t.Run("postgres", func(t *testing.T) { backup(t, storetest.Postgres(t), storetest.Postgres(t)) })
}

func backup(t *testing.T, from, to string) {
	t.Parallel()
	ctx, cancel := context.WithTimeout(t.Context(), 2*time.Minute)
	defer cancel()
	s := server(t, from)
	if err := s.Start(ctx); err != nil {
		t.Fatal(err)
	}
	crowd := openDoors(ctx, t, s.URL, 12, "amy", "bob", "carol")
	crowd.more(ctx, 150)
	before, guests := crowd.book.known(), crowd.book.guests()
	file := filepath.Join(t.TempDir(), "center.backup")
	if out, err := s.Run(ctx, "backup", file); err != nil {
		t.Fatalf("backup: %v\n%s", err, out)
	}
	if len(crowd.book.known()) == len(before) {
		crowd.more(ctx, 1) // it was fast; people write on all the same
	}
	crowd.close()
	crowd.book.audit(ctx, t)
	clean(ctx, t, s)

	copied := server(t, to)
	if out, err := copied.Run(ctx, "restore", file); err != nil {
		t.Fatalf("restore: %v\n%s", err, out)
	}
	if out, err := copied.Run(ctx, "verify"); err != nil {
		t.Fatalf("verify the copy: %v\n%s", err, out)
	}
	if err := copied.Start(ctx); err != nil {
		t.Fatal(err)
	}
	held(ctx, t, copied, guests, before)
	clean(ctx, t, copied)
}

// held says what of before is not in the conversations of guests.
func held(ctx context.Context, t *testing.T, s *people.Server, guests []*people.Visitor, before map[string]people.Ack) {
	t.Helper()
	there := map[string]people.Ack{}
	for _, v := range guests {
		v.Base = s.URL
		messages, err := v.Messages(ctx)
		if err != nil {
			t.Errorf("read %s in the copy: %v", v.Conversation, err)
		}
		for _, m := range messages {
			there[m.Text] = people.Ack{ID: m.ID, Seq: m.Seq}
		}
	}
	for text, ack := range before {
		if there[text] != ack {
			t.Errorf("%q was acknowledged as %v before the copy was begun and is %v in it", text, ack, there[text])
		}
	}
	t.Logf("%d messages are in the copy, of which %d had to be", len(there), len(before))
}
