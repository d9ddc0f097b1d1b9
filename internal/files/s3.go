package files

import (
	"context"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"parley"
)

// S3 keeps files in a bucket of a store that speaks S3, each under its SHA-256.
type S3 struct {
	client *http.Client
	base   *url.URL // the bucket: https://host/bucket
	sign   signer
	desk   string
	now    func() time.Time
}

// Bucket says where a bucket is and who we are there.
type Bucket struct {
	URL    string // https://host/bucket
	Region string // "" = us-east-1
	Key    string
	Secret string
	Desk   string // a folder for files on their way
}

// emptySum is the SHA-256 of nothing: of a request without a body.
const emptySum = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"

// NewS3 returns the files of a bucket.
func NewS3(client *http.Client, b Bucket) (*S3, error) {
	base, err := url.Parse(strings.TrimSuffix(b.URL, "/"))
	if err != nil || base.Scheme != "https" && base.Scheme != "http" || base.Host == "" || strings.Trim(base.Path, "/") == "" {
		return nil, errors.New("expected https://host/bucket")
	}
	if b.Key == "" || b.Secret == "" {
		return nil, errors.New("a bucket needs a key and a secret")
	}
	if b.Region == "" {
		b.Region = "us-east-1"
	}
	return &S3{client, base, signer{b.Key, b.Secret, b.Region}, b.Desk, parley.NewSystemClock().Now}, nil
}

// call asks the store. The caller closes the answer's body.
func (s *S3) call(ctx context.Context, method, name string, change func(*http.Request), bodySum string) (*http.Response, error) {
	at := *s.base
	if name != "" {
		at.Path += "/" + name
	}
	r, err := http.NewRequestWithContext(ctx, method, at.String(), nil)
	if err != nil {
		return nil, err
	}
	if change != nil {
		change(r)
	}
	s.sign.sign(r, bodySum, s.now())
	answer, err := s.client.Do(r)
	if err != nil {
		return nil, err
	}
	if answer.StatusCode == http.StatusNotFound {
		return nil, errors.Join(ErrNotFound, answer.Body.Close())
	}
	if answer.StatusCode >= 300 {
		words, _ := io.ReadAll(io.LimitReader(answer.Body, 500))
		return nil, errors.Join(fmt.Errorf("the store of files says %d to %s: %s", answer.StatusCode, method, words), answer.Body.Close())
	}
	return answer, nil
}

// Put keeps a file. Its name is its content's, so that it is read whole before.
func (s *S3) Put(ctx context.Context, r io.Reader, limit int64) (sum string, size int64, err error) {
	f, sum, size, err := spool(s.desk, r, limit)
	if err != nil {
		return "", 0, err
	}
	defer func() { err = errors.Join(err, drop(f)) }()
	answer, err := s.call(ctx, http.MethodPut, sum, func(r *http.Request) {
		r.ContentLength, r.Body = size, io.NopCloser(f)
		if size == 0 {
			r.Body = http.NoBody
		}
	}, sum)
	if err != nil {
		return "", 0, err
	}
	return sum, size, answer.Body.Close()
}

// Open opens a file: each part of it is asked for when it is read.
func (s *S3) Open(ctx context.Context, sum string) (io.ReadSeekCloser, error) {
	if !named(sum) {
		return nil, ErrNotFound
	}
	answer, err := s.call(ctx, http.MethodHead, sum, nil, emptySum)
	if err != nil {
		return nil, err
	}
	size, err := strconv.ParseInt(answer.Header.Get("Content-Length"), 10, 64)
	if err := errors.Join(err, answer.Body.Close()); err != nil {
		return nil, fmt.Errorf("the store of files does not say how long a file is: %w", err)
	}
	return &object{ctx: ctx, s: s, sum: sum, size: size}, nil
}

// Delete drops a file.
func (s *S3) Delete(ctx context.Context, sum string) error {
	if !named(sum) {
		return nil
	}
	answer, err := s.call(ctx, http.MethodDelete, sum, nil, emptySum)
	if errors.Is(err, ErrNotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	return answer.Body.Close()
}

// listing is what a store answers to a question for names.
type listing struct {
	Contents []struct {
		Key          string
		LastModified time.Time
	}
}

// List lists files in the order of their names.
func (s *S3) List(ctx context.Context, after string, limit int) ([]Stat, error) {
	answer, err := s.call(ctx, http.MethodGet, "", func(r *http.Request) {
		ask := url.Values{"list-type": {"2"}, "max-keys": {strconv.Itoa(limit)}}
		if after != "" {
			ask.Set("start-after", after)
		}
		r.URL.RawQuery = query(ask)
	}, emptySum)
	if err != nil {
		return nil, err
	}
	var got listing
	err = xml.NewDecoder(io.LimitReader(answer.Body, listBytesMax)).Decode(&got)
	if err := errors.Join(err, answer.Body.Close()); err != nil {
		return nil, fmt.Errorf("what the store of files lists: %w", err)
	}
	var out []Stat
	for _, c := range got.Contents {
		if named(c.Key) {
			out = append(out, Stat{c.Key, c.LastModified})
		}
	}
	return out, nil
}

const listBytesMax = 4 << 20

// object is an open file of a store. It has no goroutine and no memory: a place,
// and the answer that is being read.
type object struct {
	ctx  context.Context //nolint:containedctx // io.Reader has no room for it
	s    *S3
	sum  string
	size int64
	at   int64
	body io.ReadCloser // nil: ask from at
}

// Read reads on.
func (o *object) Read(b []byte) (int, error) {
	if o.at >= o.size {
		return 0, io.EOF
	}
	if o.body == nil {
		answer, err := o.s.call(o.ctx, http.MethodGet, o.sum, func(r *http.Request) {
			r.Header.Set("Range", fmt.Sprintf("bytes=%d-%d", o.at, o.size-1))
		}, emptySum)
		if err != nil {
			return 0, err
		}
		if answer.StatusCode != http.StatusPartialContent && o.at > 0 {
			return 0, errors.Join(errors.New("the store of files gives no parts"), answer.Body.Close())
		}
		o.body = answer.Body
	}
	n, err := o.body.Read(b)
	o.at += int64(n)
	if errors.Is(err, io.EOF) && o.at < o.size {
		err = io.ErrUnexpectedEOF
	}
	return n, err
}

// Seek goes to another place.
func (o *object) Seek(offset int64, whence int) (int64, error) {
	switch whence {
	case io.SeekCurrent:
		offset += o.at
	case io.SeekEnd:
		offset += o.size
	}
	if offset < 0 {
		return 0, errors.New("before the beginning")
	}
	if offset == o.at {
		return offset, nil
	}
	o.at = offset
	return offset, o.Close()
}

// Close ends what is being read.
func (o *object) Close() error {
	if o.body == nil {
		return nil
	}
	err := o.body.Close()
	o.body = nil
	return err
}
