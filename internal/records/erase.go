package records

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/url"
	"slices"
	"strings"

	"parley"
	"parley/internal/identity"
	"parley/internal/ledger"
	"parley/internal/store"
)

// Receipt says what an erasure took and what stays, and why.
//
// Source: A-118.
type Receipt struct {
	ID       string      `json:"id"`
	At       int64       `json:"at"`
	DoneAt   int64       `json:"done_at" doc:"0 = under way"`
	Requests int64       `json:"requests" doc:"of networks, as they came, that named the customer: dropped"`
	Files    int64       `json:"files" doc:"deleted"`
	Lists    int64       `json:"lists" doc:"that colleagues keep and that named the customer: they no longer do"`
	Stays    store.Stays `json:"stays" doc:"what is left, without a word of theirs; opt-outs and blocks with the address they are about"`
}

// erasing is what an erasure must know until it is done: kept in its row, so
// that a crash does not lose it, and overwritten by the receipt.
type erasing struct {
	Traces []string          // what requests of networks name the customer by
	Names  []string          // what colleagues call them
	Sums   []string          // of files
	Stays  store.Stays       // of all
	IDs    parley.CustomerID // whose
	Others []parley.CustomerID
}

// How much of an erasure one piece does.
//
// Unit: rows.
const (
	erasePiece = 100
	traceMin   = 5 // bytes; a shorter name of somebody would be found in anything
)

// EraseCustomer takes every word of a customer, and of those merged into them,
// out of everything that is kept: records, messages, files, requests of
// networks, search. Numbers, times and hashes stay, so the log and its replay
// hold. It cannot be undone.
//
// Errors: parley.ErrForbidden, ErrNotFound, ErrConversationOpen while they are
// being served.
// Source: A-118.
func (r *Records) EraseCustomer(ctx context.Context, me parley.Actor, id parley.CustomerID) (Receipt, error) {
	if err := r.Allowed(ctx, me, ToErase); err != nil {
		return Receipt{}, err
	}
	e, err := r.beginErasure(ctx, me, id)
	if err != nil {
		return Receipt{}, err
	}
	// What has begun goes on, whoever stops waiting for it.
	if err := r.finishErasure(context.WithoutCancel(ctx), e); err != nil {
		return Receipt{}, err
	}
	proof, err := receiptOf(ctx, r.store.View(), id)
	if err != nil {
		return Receipt{}, err
	}
	return *proof, nil
}

// beginErasure takes a customer out of lists and matches, and notes what is to
// be done.
func (r *Records) beginErasure(ctx context.Context, me parley.Actor, id parley.CustomerID) (store.Erasure, error) {
	e := store.Erasure{ID: parley.NewID("era", r.clock.Now()), Customer: id, By: me.By()}
	err := r.ledger.Do(ctx, ledger.Command{
		Name:  "erase_customer",
		Touch: []string{string(id), store.AuditTouch},
		Plan: func(ctx context.Context, v ledger.View) (ledger.Plan, error) {
			what, err := toErase(ctx, v.View, id)
			if err != nil {
				return ledger.Plan{}, err
			}
			text, err := json.Marshal(what)
			if err != nil {
				return ledger.Plan{}, fmt.Errorf("note an erasure: %w", err)
			}
			e.Receipt, e.At = string(text), v.Now
			last, err := v.AuditLast(ctx)
			if err != nil {
				return ledger.Plan{}, err
			}
			return rows(func(r *store.Rows) {
				r.AddErasure(e)
				for _, one := range append([]parley.CustomerID{id}, what.Others...) {
					r.Retire(store.Retired{ID: one, Why: "erased", By: e.By})
				}
				Audit(r, last, me, "erase_customer", id)
				touched(r, me, id)
			}), nil
		},
	})
	return e, err
}

// toErase returns what an erasure must know. Errors: parley.ErrNotFound,
// ErrConversationOpen.
func toErase(ctx context.Context, v store.View, id parley.CustomerID) (erasing, error) {
	what := erasing{IDs: id}
	kept, err := v.KeepCustomer(ctx, id)
	if absent(err) {
		var gone store.Retired
		if gone, err = v.Retired(ctx, id); err == nil && gone.Why != "deleted" {
			err = parley.ErrNotFound
		}
		if err == nil {
			kept, err = store.ReadKept(gone.Kept)
		}
	}
	if err != nil {
		return what, err
	}
	if err := idle(ctx, v, id); err != nil {
		return what, err
	}
	if what.Others, err = v.MergedInto(ctx, id); err != nil {
		return what, err
	}
	what.Traces = append(append(what.Traces, kept.Digits...), kept.Customer.Emails...)
	what.Names = append(what.Names, kept.Customer.FirstName+" "+kept.Customer.LastName)
	for _, id := range what.Others {
		gone, err := v.Retired(ctx, id)
		if err != nil {
			return what, err
		}
		what.Names = append(what.Names, gone.FirstName+" "+gone.LastName)
	}
	for _, k := range kept.Keys {
		what.Traces = append(what.Traces, string(k.Value), k.Handle)
	}
	said, err := v.Traces(ctx, id)
	if err != nil {
		return what, err
	}
	what.Traces = append(what.Traces, said...)
	if what.Sums, err = v.SumsOf(ctx, id); err != nil {
		return what, err
	}
	what.Stays, err = v.Stays(ctx, id)
	return what, err
}

// finishErasure does what an erasure still has to do. Done twice, it is done.
func (r *Records) finishErasure(ctx context.Context, e store.Erasure) error {
	var what erasing
	if err := json.Unmarshal([]byte(e.Receipt), &what); err != nil {
		return fmt.Errorf("read erasure %s: %w", e.ID, err)
	}
	proof := Receipt{Stays: what.Stays}
	talks, err := r.store.View().ConversationsOf(ctx, e.Customer)
	if err != nil {
		return err
	}
	for _, talk := range talks {
		if err := r.eraseTalk(ctx, talk); err != nil {
			return err
		}
	}
	if err := r.eraseRows(ctx, what, talks); err != nil {
		return err
	}
	if proof.Lists, err = r.eraseMentions(ctx, what); err != nil {
		return err
	}
	if proof.Requests, err = r.dropRequests(ctx, what.Traces); err != nil {
		return err
	}
	if proof.Files, err = r.dropFiles(ctx, what.Sums); err != nil {
		return err
	}
	text, err := json.Marshal(proof)
	if err != nil {
		return fmt.Errorf("write the receipt of %s: %w", e.ID, err)
	}
	if err := r.bulk(ctx, func(r *store.Rows) { r.FinishErasure(e.ID, string(text)) }); err != nil {
		return err
	}
	return r.store.Scrub(ctx)
}

// bulk hands in one piece of bulk work.
func (r *Records) bulk(ctx context.Context, list func(*store.Rows)) error {
	return r.ledger.Bulk(ctx, func(context.Context, ledger.View) (ledger.Plan, bool, error) { return rows(list), false, nil })
}

// eraseTalk takes the words out of a conversation's messages, piece by piece.
func (r *Records) eraseTalk(ctx context.Context, id parley.ConversationID) error {
	for after := int64(0); ; {
		var said store.Said
		err := r.ledger.Bulk(ctx, func(ctx context.Context, v ledger.View) (ledger.Plan, bool, error) {
			var err error
			said, err = v.ToErase(ctx, id, after, erasePiece)
			return rows(func(r *store.Rows) { r.EraseSaid(said) }), false, err
		})
		if err != nil || said.Last == 0 {
			return err
		}
		after = said.Last // only now: what is not committed is read again
	}
}

// eraseRows takes the words out of all other rows of a customer.
func (r *Records) eraseRows(ctx context.Context, what erasing, talks []parley.ConversationID) error {
	return r.bulk(ctx, func(r *store.Rows) {
		for _, id := range append([]parley.CustomerID{what.IDs}, what.Others...) {
			r.Erase(id)
		}
		for _, talk := range talks { // what is remembered of them is read again
			r.Entry(parley.Entry{Kind: parley.KindRecordChanged, Conversation: talk, Subject: string(what.IDs)})
		}
	})
}

// dropRequests drops the requests of networks that name a customer. It returns
// how many.
func (r *Records) dropRequests(ctx context.Context, traces []string) (n int64, err error) {
	needles := needles(traces)
	if len(needles) == 0 {
		return 0, nil
	}
	for after := ""; ; {
		var last string
		var found []string
		err := r.ledger.Bulk(ctx, func(ctx context.Context, v ledger.View) (ledger.Plan, bool, error) {
			some, err := v.RawAfter(ctx, after, erasePiece)
			last, found = "", nil
			for _, w := range some {
				last = w.ID
				if names(w.Body, needles) {
					found = append(found, w.ID)
				}
			}
			return rows(func(r *store.Rows) { r.DropRaw(found) }), false, err
		})
		if err != nil || last == "" {
			return n, err
		}
		after, n = last, n+int64(len(found)) // only now: what is not committed is read again
	}
}

// needles returns what to look for in the bodies of requests: as it is kept, and
// as a form writes it.
func needles(traces []string) [][]byte {
	var out [][]byte
	add := func(s string) {
		if len(s) >= traceMin && !slices.ContainsFunc(out, func(b []byte) bool { return string(b) == s }) {
			out = append(out, []byte(s))
		}
	}
	for _, s := range traces {
		s = strings.TrimPrefix(s, "+") // a form writes it %2B
		add(s)
		add(url.QueryEscape(s))
		if digits := identity.Digits(s); len(digits) >= identity.DigitsMin && len(digits) == len(s) {
			add(digits)
		}
	}
	return out
}

func names(body []byte, needles [][]byte) bool {
	return slices.ContainsFunc(needles, func(n []byte) bool { return bytes.Contains(body, n) })
}

// dropFiles deletes files that nobody else has sent too. It returns how many.
func (r *Records) dropFiles(ctx context.Context, sums []string) (n int64, err error) {
	if r.files == nil || len(sums) == 0 {
		return 0, nil
	}
	used, err := r.store.View().InUse(ctx, sums)
	if err != nil {
		return 0, err
	}
	for _, sum := range sums {
		if used[sum] {
			continue
		}
		if err := r.files.Delete(ctx, sum); err != nil {
			return n, fmt.Errorf("delete a file: %w", err)
		}
		n++
	}
	return n, nil
}

// receiptOf returns the receipt of a customer's erasure.
func receiptOf(ctx context.Context, v store.View, id parley.CustomerID) (*Receipt, error) {
	e, err := v.ErasureOf(ctx, id)
	if absent(err) {
		return nil, nil // it went with the one it was merged into
	}
	if err != nil {
		return nil, err
	}
	proof := &Receipt{}
	if !e.DoneAt.IsZero() {
		if err := json.Unmarshal([]byte(e.Receipt), proof); err != nil {
			return nil, fmt.Errorf("read the receipt of %s: %w", e.ID, err)
		}
	}
	proof.ID, proof.At, proof.DoneAt = e.ID, parley.Millis(e.At), parley.Millis(e.DoneAt)
	return proof, nil
}
