package crm

import (
	"context"
	"crypto/sha256"
	"net/http"
	"strconv"
	"sync"
	"time"
)

// pursesMax is how many tokens are kept.
const pursesMax = 1_000

// Tokens keeps access tokens in memory, one for each set of credentials.
type Tokens struct {
	mu   sync.Mutex // all below
	kept map[string]*purse
}

// purse holds one token. Its mutex makes those who find it empty wait for the
// first of them.
type purse struct {
	mu    sync.Mutex // all below
	token string
	until time.Time
}

// Credentials say whose token is meant, and how to get another one.
type Credentials struct {
	Parts []string // all that makes them these and no others, secrets too
	Now   time.Time
	Fetch func(ctx context.Context) (token string, lasts time.Duration, err error)
}

// Call asks with a token. One that is refused is dropped, and the call made once
// more with the next.
//
// Errors: *Error; whatever Fetch and ask return.
func (t *Tokens) Call(ctx context.Context, c Credentials, ask func(token string) (Answer, error)) (Answer, error) {
	p := t.purse(c)
	token, err := p.get(ctx, c, "")
	if err != nil {
		return Answer{}, err
	}
	answer, err := ask(token)
	if err != nil || answer.Status != http.StatusUnauthorized {
		return answer, err
	}
	if token, err = p.get(ctx, c, token); err != nil {
		return Answer{}, err
	}
	return ask(token)
}

// purse returns the one for these credentials: changed ones have another.
func (t *Tokens) purse(c Credentials) *purse {
	h := sha256.New()
	for _, part := range c.Parts {
		h.Write([]byte(strconv.Itoa(len(part)) + ":" + part))
	}
	key := string(h.Sum(nil))
	t.mu.Lock()
	defer t.mu.Unlock()
	p := t.kept[key]
	if p == nil {
		if len(t.kept) >= pursesMax || t.kept == nil {
			t.kept = map[string]*purse{}
		}
		p = &purse{}
		t.kept[key] = p
	}
	return p
}

// get returns a token other than not: the one that was just refused.
func (p *purse) get(ctx context.Context, c Credentials, not string) (string, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.token != "" && p.token != not && c.Now.Before(p.until) {
		return p.token, nil
	}
	token, lasts, err := c.Fetch(ctx)
	if err != nil {
		return "", err
	}
	p.token, p.until = token, c.Now.Add(lasts)
	return token, nil
}
