package drill

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/uuid"

	"parley/internal/drill/people"
)

// TestFlippedBit is R-08: one bit of the database's file turns over, in a row, in
// its index or in the head of a page. parley verify finds each.
func TestFlippedBit(t *testing.T) {
	ctx, cancel := context.WithTimeout(t.Context(), 2*time.Minute)
	defer cancel()
	s := server(t, "")
	if err := s.Start(ctx); err != nil {
		t.Fatal(err)
	}
	v := people.NewVisitor(s.URL, "ann")
	if err := v.Begin(ctx, "ent_demo", "hello"); err != nil {
		t.Fatal(err)
	}
	id, text := uuid.NewString(), "a line nobody else writes"
	if _, err := v.Send(ctx, id, text); err != nil {
		t.Fatal(err)
	}
	clean(ctx, t, s)
	name := filepath.Join(s.Data, "parley.db")
	whole, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	places := append(occurrences(whole, text), occurrences(whole, id)...)
	if len(places) < 3 {
		t.Fatalf("the line, its row and its index are in %d places: the drill would prove nothing", len(places))
	}
	const page = 4096
	places = append(places, places[0]/page*page) // the kind of the page the row is in
	for _, at := range places {
		t.Run(fmt.Sprintf("byte %d", at), func(t *testing.T) {
			broken := bytes.Clone(whole)
			broken[at] ^= 1
			if err := os.WriteFile(name, broken, 0o600); err != nil {
				t.Fatal(err)
			}
			out, err := s.Run(ctx, "verify")
			if err == nil {
				t.Error("parley verify finds nothing")
			}
			t.Log(lastLine(out))
		})
	}
	if err := os.WriteFile(name, whole, 0o600); err != nil {
		t.Fatal(err)
	}
	if out, err := s.Run(ctx, "verify"); err != nil {
		t.Errorf("turned back: %v\n%s", err, out)
	}
}

// occurrences returns where a text begins in a file.
func occurrences(file []byte, text string) (at []int) {
	for from := 0; ; {
		k := bytes.Index(file[from:], []byte(text))
		if k < 0 {
			return at
		}
		at = append(at, from+k)
		from += k + 1
	}
}
