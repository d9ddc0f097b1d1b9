// Package bus carries news and commands between the nodes of a center. With one
// node, Memory is all there is to it.
package bus

import (
	"context"
	"errors"
	"slices"
	"sync"
)

// ErrNobody says that nobody answers to a subject.
var ErrNobody = errors.New("nobody answers")

// Bus carries bytes under subjects. Nothing that must not be lost relies on it:
// the truth is in the log, the bus only rings.
type Bus interface {
	// Publish gives data to all who listen to a subject now.
	Publish(subject string, data []byte) error
	// Subscribe lets f hear a subject, until stop is called. What f returns is
	// the answer to a request.
	Subscribe(subject string, f func(data []byte) []byte) (stop func(), err error)
	// Request returns the first listener's answer. Errors: ErrNobody.
	Request(ctx context.Context, subject string, data []byte) ([]byte, error)
}

// Memory is the bus of one process. Listeners are called one after the other by
// whoever publishes, so they must be quick.
type Memory struct {
	mu     sync.Mutex // guards listen and next
	listen map[string][]listener
	next   int
}

type listener struct {
	id int
	f  func([]byte) []byte
}

// NewMemory returns a bus without listeners.
func NewMemory() *Memory { return &Memory{listen: map[string][]listener{}} }

// Publish gives data to all who listen to a subject now.
func (m *Memory) Publish(subject string, data []byte) error {
	for _, l := range m.listeners(subject) {
		l.f(data)
	}
	return nil
}

// Subscribe lets f hear a subject, until stop is called.
func (m *Memory) Subscribe(subject string, f func(data []byte) []byte) (stop func(), err error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.next++
	id := m.next
	m.listen[subject] = append(m.listen[subject], listener{id: id, f: f})
	return func() {
		m.mu.Lock()
		defer m.mu.Unlock()
		m.listen[subject] = slices.DeleteFunc(m.listen[subject], func(l listener) bool { return l.id == id })
	}, nil
}

// Request returns the first listener's answer. Errors: ErrNobody.
func (m *Memory) Request(ctx context.Context, subject string, data []byte) ([]byte, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	all := m.listeners(subject)
	if len(all) == 0 {
		return nil, ErrNobody
	}
	return all[0].f(data), nil
}

// listeners returns a copy, so that a listener may subscribe or stop.
func (m *Memory) listeners(subject string) []listener {
	m.mu.Lock()
	defer m.mu.Unlock()
	return slices.Clone(m.listen[subject])
}
