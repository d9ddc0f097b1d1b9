// Package repeat knows which messages came before, without asking the store for
// each.
package repeat

import (
	"context"
	"hash/maphash"

	"parley"
	"parley/internal/store"
)

// Known remembers the client ids of the conversations written in of late, so that
// a new message is known to be new. A hit is to be looked up, so neither a commit
// that failed nor two ids of one hash leave anything false behind. It keeps
// hashes, because the collector would spend its time on the ids. It is for one
// goroutine, the writer's.
type Known struct {
	seed maphash.Seed
	sets [2]map[parley.ConversationID]hashes // of late, and before that
	held int                                 // hashes in the first
}

// hashes are the client ids of a conversation, nil if they are too many.
type hashes map[uint64]struct{}

// The bounds. Of a conversation with more messages than long each is looked up;
// when most hashes are held, what was not asked for since the last time is
// forgotten.
const long, most = 2_000, 1_000_000

// New returns one that remembers nothing.
func New() *Known {
	return &Known{seed: maphash.MakeSeed(), sets: [2]map[parley.ConversationID]hashes{{}, {}}}
}

// Note notes a client id, and reports whether its conversation may have it
// already. The view shows what the writer has written so far.
func (k *Known) Note(ctx context.Context, v store.View, talk parley.ConversationID, client string) (bool, error) {
	set, err := k.of(ctx, v, talk)
	if err != nil || set == nil {
		return true, err
	}
	id := maphash.String(k.seed, client)
	_, had := set[id]
	if !had {
		set[id] = struct{}{}
		k.held++
	}
	return had, nil
}

// of returns the hashes of a conversation.
func (k *Known) of(ctx context.Context, v store.View, talk parley.ConversationID) (hashes, error) {
	if set, ok := k.sets[0][talk]; ok {
		return set, nil
	}
	set, ok := k.sets[1][talk]
	if !ok {
		ids, err := v.ClientIDs(ctx, talk, long+1)
		if err != nil {
			return nil, err
		}
		set = k.hashed(ids)
	}
	if k.held > most {
		k.Forget()
	}
	k.sets[0][talk] = set
	k.held += len(set) + 1
	return set, nil
}

func (k *Known) hashed(ids []string) hashes {
	if len(ids) > long {
		return nil
	}
	set := make(hashes, len(ids)+1)
	for _, id := range ids {
		set[maphash.String(k.seed, id)] = struct{}{}
	}
	return set
}

// Forget drops what was not asked for since it was called the last time.
func (k *Known) Forget() {
	k.sets, k.held = [2]map[parley.ConversationID]hashes{{}, k.sets[0]}, 0
}
