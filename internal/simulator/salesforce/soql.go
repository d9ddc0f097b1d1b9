package salesforce

import (
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/text/unicode/norm"

	"parley/internal/simulator"
)

// soql is a query that was read.
type soql struct {
	from   *object
	fields []string // also Account.Name
	fits   func(map[string]any) bool
	order  string
	desc   bool
	limit  int
}

// words cuts a query: texts, names, numbers, signs.
var words = regexp.MustCompile(`'(?:[^'\\]|\\.)*'|[A-Za-z_][A-Za-z0-9_.]*|-?[0-9][0-9A-Za-z:.+-]*|!=|<>|<=|>=|[=<>(),]|\S`)

// reader goes through a query's words.
//
// Source: https://developer.salesforce.com/docs/atlas.en-us.soql_sosl.meta/soql_sosl/sforce_api_calls_soql_select.htm
type reader struct {
	n     *network
	words []string
	q     soql
}

// read understands a query.
func (n *network) read(query string) (soql, *problem) {
	r := &reader{n: n, words: words.FindAllString(query, -1), q: soql{limit: 2_000, fits: func(map[string]any) bool { return true }}}
	if bad := r.selects(); bad != nil {
		return soql{}, bad
	}
	if r.take("WHERE") {
		fits, bad := r.or()
		if bad != nil {
			return soql{}, bad
		}
		r.q.fits = fits
	}
	if r.take("ORDER") {
		if !r.take("BY") {
			return soql{}, r.wrong()
		}
		name, _, ok := r.q.from.field(r.next())
		if !ok {
			return soql{}, r.unknown(name)
		}
		r.q.order = name
		if r.q.desc = r.take("DESC"); !r.q.desc {
			r.take("ASC")
		}
	}
	if r.take("LIMIT") {
		limit, err := strconv.Atoi(r.next())
		if err != nil || limit < 0 {
			return soql{}, r.wrong()
		}
		r.q.limit = limit
	}
	if len(r.words) > 0 {
		return soql{}, r.wrong()
	}
	return r.q, nil
}

func (r *reader) wrong() *problem {
	at := ""
	if len(r.words) > 0 {
		at = r.words[0]
	}
	return &problem{http.StatusBadRequest, "MALFORMED_QUERY", "unexpected token: " + at}
}

func (r *reader) unknown(name string) *problem {
	return &problem{http.StatusBadRequest, "INVALID_FIELD", "No such column '" + name + "' on entity '" + r.q.from.name + "'."}
}

func (r *reader) take(word string) bool {
	if len(r.words) == 0 || !strings.EqualFold(r.words[0], word) {
		return false
	}
	r.words = r.words[1:]
	return true
}

func (r *reader) next() string {
	if len(r.words) == 0 {
		return ""
	}
	word := r.words[0]
	r.words = r.words[1:]
	return word
}

// selects reads SELECT ... FROM ...
func (r *reader) selects() *problem {
	if !r.take("SELECT") {
		return r.wrong()
	}
	asked := []string{r.next()}
	for r.take(",") {
		asked = append(asked, r.next())
	}
	if !r.take("FROM") {
		return r.wrong()
	}
	of := r.next()
	if r.q.from = r.n.objects[strings.ToLower(of)]; r.q.from == nil {
		return &problem{http.StatusBadRequest, "INVALID_TYPE", "sObject type '" + of + "' is not supported."}
	}
	if bad := r.n.denied("read", r.q.from); bad != nil {
		return bad
	}
	for _, name := range asked {
		if r.q.from.name == "Contact" && strings.EqualFold(name, "Account.Name") {
			r.q.fields = append(r.q.fields, "Account.Name")
			continue
		}
		known, _, ok := r.q.from.field(name)
		if !ok {
			return r.unknown(name)
		}
		r.q.fields = append(r.q.fields, known)
	}
	return nil
}

type test = func(map[string]any) bool

func (r *reader) or() (test, *problem) {
	left, bad := r.and()
	for bad == nil && r.take("OR") {
		a := left
		var b test
		if b, bad = r.and(); bad == nil {
			left = func(row map[string]any) bool { return a(row) || b(row) }
		}
	}
	return left, bad
}

func (r *reader) and() (test, *problem) {
	left, bad := r.one()
	for bad == nil && r.take("AND") {
		a := left
		var b test
		if b, bad = r.one(); bad == nil {
			left = func(row map[string]any) bool { return a(row) && b(row) }
		}
	}
	return left, bad
}

func (r *reader) one() (test, *problem) {
	if r.take("NOT") {
		inner, bad := r.one()
		return func(row map[string]any) bool { return !inner(row) }, bad
	}
	if r.take("(") {
		inner, bad := r.or()
		if bad == nil && !r.take(")") {
			bad = r.wrong()
		}
		return inner, bad
	}
	word := r.next()
	name, f, ok := r.q.from.field(word)
	if !ok {
		return nil, r.unknown(word)
	}
	op := strings.ToUpper(r.next())
	value, bad := r.value()
	if bad != nil {
		return nil, bad
	}
	return r.compare(name, f, op, value)
}

func (r *reader) value() (any, *problem) {
	word := r.next()
	switch {
	case len(word) > 1 && word[0] == '\'':
		return unquote(word), nil
	case strings.EqualFold(word, "null"):
		return nil, nil
	case strings.EqualFold(word, "true"), strings.EqualFold(word, "false"):
		return strings.EqualFold(word, "true"), nil
	}
	f, err := strconv.ParseFloat(word, 64)
	if err != nil {
		return nil, &problem{http.StatusBadRequest, "MALFORMED_QUERY", "unexpected token: " + word}
	}
	return f, nil
}

// unquote reads a text; in it \% and \_ stay as they are, for LIKE.
func unquote(s string) string {
	var out strings.Builder
	s = s[1 : len(s)-1]
	for i := 0; i < len(s); i++ {
		if s[i] != '\\' || i+1 == len(s) {
			out.WriteByte(s[i])
			continue
		}
		i++
		switch s[i] {
		case 'n':
			out.WriteByte('\n')
		case 'r':
			out.WriteByte('\r')
		case '%', '_', '\\':
			out.WriteByte('\\')
			out.WriteByte(s[i])
		default:
			out.WriteByte(s[i])
		}
	}
	return out.String()
}

// plain is a text without what only LIKE needs.
func plain(s string) string {
	return strings.NewReplacer(`\\`, `\`, `\%`, `\%`, `\_`, `\_`).Replace(s)
}

func fold(s string) string { return strings.ToLower(norm.NFC.String(s)) }

func (r *reader) compare(name string, f field, op string, want any) (test, *problem) {
	_, isText := want.(string)
	if want != nil && isText != (f.kind == "text" || f.kind == "id") {
		return nil, &problem{http.StatusBadRequest, "INVALID_FIELD", "value of filter criterion for field '" + name + "' must be of type " + f.kind}
	}
	switch op {
	case "=", "!=", "<>":
		s, _ := want.(string)
		return func(row map[string]any) bool {
			have, text := row[name].(string)
			same := row[name] == want
			if text && isText {
				same = fold(have) == fold(plain(s))
			}
			return same == (op == "=")
		}, nil
	case "LIKE":
		if !isText {
			return nil, r.wrong()
		}
		pattern := likeOf(want.(string))
		return func(row map[string]any) bool {
			have, ok := row[name].(string)
			return ok && pattern.MatchString(fold(have))
		}, nil
	}
	return nil, &problem{http.StatusBadRequest, "MALFORMED_QUERY", "unexpected token: " + op}
}

// likeOf turns a LIKE into what finds it: % any run, _ one character, \ before
// what is meant as it stands.
func likeOf(s string) *regexp.Regexp {
	var out strings.Builder
	runes := []rune(fold(s))
	for i := 0; i < len(runes); i++ {
		switch {
		case runes[i] == '\\' && i+1 < len(runes):
			i++
			out.WriteString(regexp.QuoteMeta(string(runes[i])))
		case runes[i] == '%':
			out.WriteString(".*")
		case runes[i] == '_':
			out.WriteString(".")
		default:
			out.WriteString(regexp.QuoteMeta(string(runes[i])))
		}
	}
	return regexp.MustCompile(`(?s)^` + out.String() + `$`)
}

// query is GET /query.
func (n *network) query(w http.ResponseWriter, r *http.Request, root string) {
	q, bad := n.read(r.URL.Query().Get("q"))
	if bad != nil {
		bad.answer(w)
		return
	}
	n.mu.Lock()
	var found []*row
	for _, one := range n.newest(q.from) {
		if q.fits(one.values) {
			found = append(found, one)
		}
	}
	if q.order != "" {
		slices.SortStableFunc(found, func(a, b *row) int {
			c := strings.Compare(fold(fmt.Sprint(a.values[q.order])), fold(fmt.Sprint(b.values[q.order])))
			if q.desc {
				c = -c
			}
			return c
		})
	}
	found = found[:min(len(found), q.limit)]
	records := []map[string]any{}
	for _, one := range found {
		records = append(records, n.show(one, root, q.fields))
	}
	n.mu.Unlock()
	simulator.WriteJSON(w, http.StatusOK, map[string]any{"totalSize": len(records), "done": true, "records": records})
}
