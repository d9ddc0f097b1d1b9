package store

import (
	"fmt"
	"reflect"
	"regexp"
	"strconv"
	"strings"
	"sync"

	"parley"
)

// merge is what a batch does to the tables that nearly every event changes: one
// change of a row, whatever happened to it, and one statement for all rows that
// change alike. First the rows that are there change, then the new ones are
// added, so a row that gives something up does so before another takes it. What
// must not be merged begins a new one: see Rows.settle.
//
// See docs/decisions/0007.
type merge struct {
	changed  changes
	added    changes
	slots    slotMoves
	counters map[string]int64 // of the router: config, number
	offers   int64            // made by queues
	rang     map[parley.QueueID]ringing
	ended    []any // agents of whom an offer ended
	took     []any // agents who accepted
	closed   []any // interactions
	cases    [][]any
}

// ringing is the latest offer of a queue: when, and which of the merge's offers.
type ringing struct{ at, offer int64 }

// table is one of those tables.
type table struct {
	name  string
	key   []string
	only  string // which of the rows with this key change; "" = all
	count string // a column that every change raises by one; "" = none
}

var (
	interactionRows = &table{name: "interactions", key: []string{"id"}, count: "rev"}
	offerRows       = &table{name: "offers", key: []string{"interaction_id", "attempt"}, only: "state = 'pending'"}
	assignmentRows  = &table{name: "assignments", key: []string{"interaction_id"}, only: "ended_at = 0"}
	presenceRows    = &table{name: "presence", key: []string{"agent_id"}}
	caseRows        = &table{name: "cases", key: []string{"id"}}
	tokenRows       = &table{name: "conversations", key: []string{"id"}}
)

// rowKey finds a row again.
type rowKey struct {
	t    *table
	id   string
	part int
}

// cell is a column and its new value: a string, a whole number or a boolean.
type cell struct {
	column string
	value  any
}

// change is a row with what becomes of it.
type change struct {
	key    []any
	cells  []cell
	raised int // how often its counter was raised
}

// changes are rows by key, in the order of coming.
type changes struct {
	of    map[rowKey]*change
	order []rowKey
}

func (c *changes) add(k rowKey, one *change) {
	if c.of == nil {
		c.of = map[rowKey]*change{}
	}
	c.of[k] = one
	c.order = append(c.order, k)
}

func (c *change) set(cells []cell) {
next:
	for _, one := range cells {
		for i := range c.cells {
			if c.cells[i].column == one.column {
				c.cells[i].value = one.value
				continue next
			}
		}
		c.cells = append(c.cells, one)
	}
}

// change lists new values of a row, and raises its counter.
func (r *Rows) change(k rowKey, cells ...cell) {
	one := r.row(k)
	one.raised++
	one.set(cells)
}

// row finds what becomes of a row.
func (r *Rows) row(k rowKey) *change {
	one := r.merge.added.of[k]
	if one == nil {
		one = r.merge.changed.of[k]
	}
	if one == nil {
		one = &change{key: []any{k.id}}
		if len(k.t.key) > 1 {
			one.key = append(one.key, k.part)
		}
		r.merge.changed.add(k, one)
	}
	return one
}

// add lists a new row.
func (r *Rows) add(k rowKey, cells []cell) {
	if r.merge.added.of[k] != nil {
		r.settle()
	}
	r.merge.added.add(k, &change{cells: cells})
}

// settle ends what is merged: whatever is listed from here on comes after it.
func (r *Rows) settle() {
	m := r.merge
	r.merge = merge{}
	r.settled = r.settled || m.any()
	// A transferred interaction becomes its conversation's open one only when
	// the one before is not: I20b.
	first, then := m.changed.split()
	r.changeMany(&first)
	r.changeMany(&then)
	r.addMany(&m.added)
	r.addCases(m.cases)
	r.ops = append(r.ops, m.slots.ops()...)
	r.count(&m)
	r.follow(&m)
}

// shape is a table and the columns that change.
type shape struct {
	t       *table
	columns string
}

// yields reports whether a row gives up what another may take in the same merge:
// an interaction or an offer that is open no longer.
func (c *change) yields() bool {
	for _, one := range c.cells {
		if state, ok := one.value.(string); ok && one.column == "state" {
			return !parley.InteractionState(state).Open()
		}
	}
	return false
}

// split parts the rows that give something up from the others.
func (c *changes) split() (first, then changes) {
	for _, k := range c.order {
		if one := c.of[k]; one.yields() {
			first.add(k, one)
		} else {
			then.add(k, one)
		}
	}
	return first, then
}

// group sorts rows by shape, in the order of coming.
func (c *changes) group() (order []shape, of map[shape][]*change) {
	of = map[shape][]*change{}
	for _, k := range c.order {
		one := c.of[k]
		names := make([]string, len(one.cells))
		for i, cell := range one.cells {
			names[i] = cell.column
		}
		s := shape{k.t, strings.Join(names, ", ")}
		if of[s] == nil {
			order = append(order, s)
		}
		of[s] = append(of[s], one)
	}
	return order, of
}

// changeMany lists one UPDATE for the rows that change alike.
func (r *Rows) changeMany(c *changes) {
	order, of := c.group()
	for _, s := range order {
		for part := range pieces(of[s]) {
			r.ops = append(r.ops, update(s, part))
		}
	}
}

// update is the statement that changes rows of one shape.
func update(s shape, rows []*change) op {
	first := rows[0]
	width := len(first.key) + len(first.cells)
	if s.t.count != "" {
		width++
	}
	args := make([]any, 0, width*len(rows))
	for _, one := range rows {
		args = append(args, one.key...)
		for _, cell := range one.cells {
			args = append(args, cell.value)
		}
		if s.t.count != "" {
			args = append(args, one.raised)
		}
	}
	query := texts.get(textKey{s, len(rows)}, func() string { return updateText(s, args[:width], len(rows)) })
	return op{query: query, args: args}
}

// updateText writes that statement. row holds the values of one row, to know
// their types.
func updateText(s shape, row []any, rows int) string {
	names := append([]string{}, s.t.key...)
	var sets, where []string
	for _, name := range s.t.key {
		where = append(where, s.t.name+"."+name+" = new."+name)
	}
	if s.columns != "" {
		for name := range strings.SplitSeq(s.columns, ", ") {
			names = append(names, name)
			sets = append(sets, name+" = new."+name)
		}
	}
	if s.t.count != "" {
		names = append(names, "raised")
		sets = append(sets, fmt.Sprintf("%s = %s.%s + new.raised", s.t.count, s.t.name, s.t.count))
	}
	if s.t.only != "" {
		where = append(where, s.t.name+"."+s.t.only)
	}
	return fmt.Sprintf(`
		WITH new (%s) AS (%s)
		UPDATE %s
		SET %s
		FROM new
		WHERE %s`,
		strings.Join(names, ", "), typedRows(row, rows), s.t.name, strings.Join(sets, ", "), strings.Join(where, " AND "))
}

// typedRows returns "VALUES" of so many rows like row: PostgreSQL wants to know
// the types.
func typedRows(row []any, rows int) string {
	var b strings.Builder
	for i := range rows * len(row) {
		switch {
		case i == 0:
			b.WriteString("VALUES (")
		case i%len(row) == 0:
			b.WriteString("), (")
		default:
			b.WriteString(", ")
		}
		b.WriteString("CAST($" + strconv.Itoa(i+1) + " AS " + sqlType(row[i%len(row)]) + ")")
	}
	return b.String() + ")"
}

func sqlType(value any) string {
	switch reflect.TypeOf(value).Kind() {
	case reflect.String:
		return "TEXT"
	case reflect.Bool:
		return "BOOLEAN"
	default:
		return "BIGINT"
	}
}

// addMany lists one INSERT for the new rows of a table.
func (r *Rows) addMany(c *changes) {
	order, of := c.group()
	for _, s := range order {
		for part := range pieces(of[s]) {
			args := make([]any, 0, len(part)*len(part[0].cells))
			for _, one := range part {
				for _, cell := range one.cells {
					if cell.column == s.t.count {
						cell.value = 1 + one.raised
					}
					args = append(args, cell.value)
				}
			}
			query := texts.get(textKey{shape{s.t, "+" + s.columns}, len(part)}, func() string {
				return "\n\t\tINSERT INTO " + s.t.name + " (" + s.columns + ")" + placeholders(len(part), len(part[0].cells))
			})
			r.ops = append(r.ops, op{query: query, args: args})
		}
	}
}

// textKey is what a merged statement's text depends on.
type textKey struct {
	shape
	rows int
}

// texts keeps the merged statements' texts: they are few.
var texts = textBook{of: map[textKey]string{}}

type textBook struct {
	mu sync.RWMutex // guards of
	of map[textKey]string
}

func (b *textBook) get(k textKey, write func() string) string {
	b.mu.RLock()
	text, ok := b.of[k]
	b.mu.RUnlock()
	if ok {
		return text
	}
	text = write()
	b.mu.Lock()
	defer b.mu.Unlock()
	b.of[k] = text
	return text
}

// any reports whether something is merged.
func (m *merge) any() bool {
	return len(m.changed.order)+len(m.added.order)+len(m.counters) > 0 || m.offers > 0 ||
		len(m.slots.freed)+len(m.slots.taken)+len(m.ended)+len(m.took)+len(m.closed)+len(m.cases) > 0
}

// mergedTables finds the tables whose changes are merged in a statement's text.
var mergedTables = regexp.MustCompile(`\b(interactions|offers|assignments|agent_slots|presence|queues|routing_counters|cases)\b`)

// apart keeps which texts concern merged tables.
var apart sync.Map // string to bool

// concernsMerged reports whether a statement must come after what is merged so
// far, and before what follows.
func concernsMerged(query string) bool {
	if known, ok := apart.Load(query); ok {
		return known.(bool)
	}
	found := mergedTables.MatchString(query)
	apart.Store(query, found)
	return found
}
