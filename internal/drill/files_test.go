package drill

import (
	"bytes"
	"context"
	"encoding/json"
	"io/fs"
	"mime/multipart"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"parley/internal/drill/people"
	"parley/internal/store/storetest"
)

// TestFilesInACopy, CNV-08: a customer's file is in a copy, comes back
// with it, and an audit finds one that is damaged or gone.
func TestFilesInACopy(t *testing.T) {
	t.Run("sqlite", func(t *testing.T) { filesInACopy(t, "", "") })
	t.Run("postgres", func(t *testing.T) { filesInACopy(t, storetest.Postgres(t), storetest.Postgres(t)) })
}

func filesInACopy(t *testing.T, from, to string) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 2*time.Minute)
	defer cancel()
	s := server(t, from)
	if err := s.Start(ctx); err != nil {
		t.Fatal(err)
	}
	zoe := people.NewVisitor(s.URL, "zoe")
	if err := zoe.Begin(ctx, "ent_demo", "Hello?"); err != nil {
		t.Fatal(err)
	}
	id := uploads(ctx, t, zoe, "the words of my order")
	say := map[string]any{"client_id": uuid.NewString(), "text": "", "files": []string{id}}
	if err := zoe.Do(ctx, "POST", "/api/public/conversation/messages", say, &people.Ack{}); err != nil {
		t.Fatal(err)
	}
	backup := filepath.Join(t.TempDir(), "center.backup")
	for _, c := range [][]string{{"verify"}, {"backup", backup}} {
		if out, err := s.Run(ctx, c[0], c[1:]...); err != nil {
			t.Fatalf("%s: %v\n%s", c[0], err, out)
		}
	}
	copied := server(t, to)
	for _, c := range [][]string{{"restore", backup}, {"verify"}} {
		if out, err := copied.Run(ctx, c[0], c[1:]...); err != nil {
			t.Fatalf("%s the copy: %v\n%s", c[0], err, out)
		}
	}
	file := onlyFile(t, filepath.Join(copied.Data, "files"))
	if err := os.WriteFile(file, []byte("the words of another"), 0o600); err != nil {
		t.Fatal(err)
	}
	if out, err := copied.Run(ctx, "verify"); err == nil || !strings.Contains(out, "R-08 "+id) {
		t.Errorf("R-08: a damaged file: %v\n%s", err, out)
	}
	if err := os.Remove(file); err != nil {
		t.Fatal(err)
	}
	if out, err := copied.Run(ctx, "verify"); err == nil || !strings.Contains(out, "R-08 "+id) {
		t.Errorf("R-08: a file that is gone: %v\n%s", err, out)
	}
}

// uploads sends a file as a browser does and returns its id.
func uploads(ctx context.Context, t *testing.T, v *people.Visitor, text string) string {
	t.Helper()
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	part, err := form.CreateFormFile("file", "order.txt")
	if err == nil {
		_, err = part.Write([]byte(text))
	}
	if err != nil || form.Close() != nil {
		t.Fatal(err)
	}
	r, err := http.NewRequestWithContext(ctx, "POST", v.Base+"/api/public/conversation/attachments", &body)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Content-Type", form.FormDataContentType())
	r.Header.Set("Authorization", "Bearer "+v.Bearer)
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = answer.Body.Close() }()
	var got struct{ ID string }
	if err := json.NewDecoder(answer.Body).Decode(&got); err != nil || answer.StatusCode != http.StatusCreated {
		t.Fatalf("%d %+v %v", answer.StatusCode, got, err)
	}
	return got.ID
}

// onlyFile returns the one file below a folder.
func onlyFile(t *testing.T, dir string) string {
	t.Helper()
	var found []string
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			found = append(found, path)
		}
		return err
	})
	if err != nil || len(found) != 1 {
		t.Fatalf("%d files, %v", len(found), err)
	}
	return found[0]
}
