package center

import (
	"sync"

	"parley"
)

// strangers are the conversations whose visitor gave nothing to recognize them
// by, and that nobody has linked. It saves a search for each offer of theirs;
// after a restart it is empty, and the search finds nobody.
type strangers struct {
	mu  sync.Mutex // owns the rest
	ids map[parley.ConversationID]struct{}
}

func (s *strangers) init() { s.ids = map[parley.ConversationID]struct{}{} }

// add notes a visitor who has just come.
func (s *strangers) add(id parley.ConversationID, who parley.Visitor) {
	if who.Email != "" || who.Phone != "" || who.AccountNumber != "" || who.CaseNumber != "" {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.ids) >= slotsMax {
		clear(s.ids)
	}
	s.ids[id] = struct{}{}
}

// take follows the log: a link makes a customer of a stranger.
func (s *strangers) take(e parley.Entry) {
	if e.Kind == parley.KindRecordChanged && e.Conversation != "" {
		s.mu.Lock()
		defer s.mu.Unlock()
		delete(s.ids, e.Conversation)
	}
}

func (s *strangers) has(id parley.ConversationID) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	_, ok := s.ids[id]
	return ok
}
