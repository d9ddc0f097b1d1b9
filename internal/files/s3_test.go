package files

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
)

// The example account of AWS's own documents.
var example = signer{"AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", "us-east-1"}

// TestSignatures holds our signatures against the examples AWS published.
//
// Source: https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html
func TestSignatures(t *testing.T) {
	for _, e := range []struct {
		name, method, url, body string
		header                  map[string]string
		want                    string
	}{
		{"GET Object", "GET", "https://examplebucket.s3.amazonaws.com/test.txt", "", map[string]string{"Range": "bytes=0-9"},
			"f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41"},
		{"PUT Object", "PUT", "https://examplebucket.s3.amazonaws.com/test$file.text", "Welcome to Amazon S3.",
			map[string]string{"Date": "Fri, 24 May 2013 00:00:00 GMT", "X-Amz-Storage-Class": "REDUCED_REDUNDANCY"},
			"98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd"},
		{"GET Bucket Lifecycle", "GET", "https://examplebucket.s3.amazonaws.com/?lifecycle", "", nil,
			"fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543"},
		{"Get Bucket (List Objects)", "GET", "https://examplebucket.s3.amazonaws.com/?max-keys=2&prefix=J", "", nil,
			"34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7"},
	} {
		r := httptest.NewRequest(e.method, e.url, strings.NewReader(e.body))
		for name, value := range e.header {
			r.Header.Set(name, value)
		}
		sum := sha256.Sum256([]byte(e.body))
		example.sign(r, hex.EncodeToString(sum[:]), time.Date(2013, 5, 24, 0, 0, 0, 0, time.UTC))
		if got := r.Header.Get("Authorization"); !strings.HasSuffix(got, "Signature="+e.want) {
			t.Errorf("%s: %s", e.name, got)
		}
	}
}

// bucket is a store that speaks S3 as far as we do, and believes nobody.
type bucket struct {
	t    *testing.T
	mu   sync.Mutex // guards kept
	kept map[string][]byte
}

func newBucket(t *testing.T) *S3 {
	t.Helper()
	b := &bucket{t: t, kept: map[string][]byte{}}
	server := httptest.NewServer(b)
	t.Cleanup(server.Close)
	s, err := NewS3(server.Client(), Bucket{URL: server.URL + "/town/", Key: example.key, Secret: example.secret, Desk: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func (b *bucket) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, _ := io.ReadAll(r.Body)
	sum, said := sha256.Sum256(body), r.Header.Get("Authorization")
	at, err := time.Parse(signTime, r.Header.Get("X-Amz-Date"))
	if err != nil || r.Header.Get("X-Amz-Content-Sha256") != hex.EncodeToString(sum[:]) {
		w.WriteHeader(http.StatusBadRequest)
		return
	}
	again := r.Clone(r.Context())
	again.Header = http.Header{}
	names := strings.Split(strings.Split(strings.SplitN(said, "SignedHeaders=", 2)[1], ",")[0], ";")
	for _, name := range names {
		if v := r.Header.Get(name); v != "" {
			again.Header.Set(name, v)
		}
	}
	example.sign(again, hex.EncodeToString(sum[:]), at)
	if again.Header.Get("Authorization") != said {
		b.t.Errorf("a request with another signature: %s %s", r.Method, r.URL)
		w.WriteHeader(http.StatusForbidden)
		return
	}
	name := strings.Trim(strings.TrimPrefix(r.URL.Path, "/town"), "/")
	b.mu.Lock()
	defer b.mu.Unlock()
	file, there := b.kept[name]
	switch {
	case r.Method == "PUT":
		b.kept[name] = body
	case r.Method == "DELETE":
		delete(b.kept, name)
		w.WriteHeader(http.StatusNoContent)
	case name == "":
		b.list(w, r.URL.Query().Get("start-after"), r.URL.Query().Get("max-keys"))
	case !there:
		w.WriteHeader(http.StatusNotFound)
	default:
		http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(file))
	}
}

func (b *bucket) list(w io.Writer, after, most string) {
	var names []string
	for name := range b.kept {
		if name > after {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	var limit int
	_, _ = fmt.Sscan(most, &limit)
	_, _ = io.WriteString(w, `<?xml version="1.0"?><ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/">`)
	for _, name := range names[:min(limit, len(names))] {
		_, _ = fmt.Fprintf(w, "<Contents><Key>%s</Key><LastModified>2026-03-02T09:00:00.000Z</LastModified></Contents>", name)
	}
	_, _ = io.WriteString(w, "</ListBucketResult>")
}

// TestBucketSettings says what is wrong with a bucket's settings.
func TestBucketSettings(t *testing.T) {
	for _, b := range []Bucket{
		{}, {URL: "https://host/bucket"}, {URL: "host/bucket", Key: "k", Secret: "s"}, {URL: "https://host", Key: "k", Secret: "s"},
		{URL: "https://host/bucket", Key: "k"},
	} {
		if _, err := NewS3(http.DefaultClient, b); err == nil {
			t.Errorf("%+v is taken", b)
		}
	}
}
