package dataverse

import (
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"parley/internal/simulator"
)

// syntax is what the platform answers to a query it cannot read.
func syntax(err error) problem {
	return problem{http.StatusBadRequest, "0x80060888", err.Error()}
}

// get is one record by its key.
func (n *network) get(w http.ResponseWriter, r *http.Request, e *entity, key string) {
	shown, err := selected(e, r.URL.Query().Get("$select"))
	if err != nil {
		syntax(err).answer(w)
		return
	}
	n.mu.Lock()
	found := n.rows[key]
	var body map[string]any
	if found != nil && found.e == e {
		body = n.show(found, shown, annotations(r))
		body["@odata.context"] = n.context(e, shown) + "/$entity"
	}
	n.mu.Unlock()
	if body == nil {
		missing(e, key).answer(w)
		return
	}
	simulator.WriteJSON(w, http.StatusOK, body)
}

func (n *network) context(e *entity, shown []string) string {
	return n.line.URL(api + "v9.2/$metadata#" + e.set + "(" + strings.Join(shown, ",") + ")")
}

// selected reads $select; nothing means every column.
func selected(e *entity, list string) ([]string, error) {
	if list == "" {
		return slices.Sorted(maps.Keys(e.columns)), nil
	}
	out := []string{}
	for name := range strings.SplitSeq(list, ",") {
		name = strings.TrimSpace(name)
		if _, ok := e.columns[name]; !ok {
			return nil, unknownProperty(e, name)
		}
		out = append(out, name)
	}
	return out, nil
}

// annotations reports whether the caller wants formatted values.
func annotations(r *http.Request) bool {
	prefer := strings.Join(r.Header.Values("Prefer"), ",")
	return strings.Contains(prefer, "include-annotations") && (strings.Contains(prefer, "FormattedValue") || strings.Contains(prefer, "*"))
}

// show is a row as an answer has it. The caller holds the mutex.
func (n *network) show(found *row, shown []string, formatted bool) map[string]any {
	out := map[string]any{"@odata.etag": found.etag(), found.e.key: found.id}
	for _, name := range shown {
		value := found.values[name]
		out[name] = value
		to, _ := value.(string)
		if of := n.rows[to]; formatted && strings.HasPrefix(name, "_") && of != nil {
			out[name+"@OData.Community.Display.V1.FormattedValue"] = of.values[of.e.label]
		}
	}
	return out
}

func (r *row) etag() string { return fmt.Sprintf(`W/"%d"`, r.version) }

// asked is a question to a table.
type asked struct {
	shown []string
	fits  test
	order []string // "modifiedon desc"
	top   int
	count bool
	skip  int // $skiptoken: how many were on earlier pages
	page  int // odata.maxpagesize
}

// pageMax is as many rows as one page has.
const pageMax = 5_000

func question(r *http.Request, e *entity) (q asked, err error) {
	options := r.URL.Query()
	q = asked{top: pageMax, page: pageMax, count: options.Get("$count") == "true", fits: func(map[string]any) bool { return true }}
	for name := range options {
		if !slices.Contains([]string{"$select", "$filter", "$orderby", "$top", "$count", "$skiptoken"}, name) {
			return q, fmt.Errorf("The query parameter %s is not supported", name) //nolint:staticcheck // the platform's own words
		}
	}
	if q.shown, err = selected(e, options.Get("$select")); err != nil {
		return q, err
	}
	if filter := options.Get("$filter"); filter != "" {
		if q.fits, err = parse(e, filter); err != nil {
			return q, err
		}
	}
	if order := options.Get("$orderby"); order != "" {
		q.order = strings.Split(order, ",")
	}
	for _, by := range q.order {
		name, _, _ := strings.Cut(strings.TrimSpace(by), " ")
		if _, ok := e.columns[name]; !ok {
			return q, unknownProperty(e, name)
		}
	}
	if top := options.Get("$top"); top != "" {
		if q.top, err = strconv.Atoi(top); err != nil || q.top < 0 {
			return q, fmt.Errorf("Invalid value '%s' for $top query option found.", top) //nolint:staticcheck // the platform's own words
		}
	}
	q.skip, _ = strconv.Atoi(options.Get("$skiptoken"))
	if _, size, found := strings.Cut(strings.Join(r.Header.Values("Prefer"), ","), "odata.maxpagesize="); found {
		size, _, _ = strings.Cut(size, ",")
		if n, err := strconv.Atoi(size); err == nil && n > 0 {
			q.page = min(n, pageMax)
		}
	}
	return q, nil
}

// list is a table's rows that a filter finds, page by page.
func (n *network) list(w http.ResponseWriter, r *http.Request, e *entity) {
	q, err := question(r, e)
	if err != nil {
		syntax(err).answer(w)
		return
	}
	n.mu.Lock()
	var found []*row
	for _, one := range n.newest(e) {
		if q.fits(one.values) {
			found = append(found, one)
		}
	}
	sort(found, q.order)
	total := len(found)
	found = found[min(q.skip, total):min(q.top, total)]
	next := len(found) > q.page
	if next {
		found = found[:q.page]
	}
	values := []map[string]any{}
	for _, one := range found {
		values = append(values, n.show(one, q.shown, annotations(r)))
	}
	n.mu.Unlock()
	body := map[string]any{"@odata.context": n.context(e, q.shown), "value": values}
	if q.count {
		body["@odata.count"] = total
	}
	if next {
		options := r.URL.Query()
		options.Set("$skiptoken", strconv.Itoa(q.skip+q.page))
		body["@odata.nextLink"] = n.line.URL(api + "v9.2/" + e.set + "?" + options.Encode())
	}
	simulator.WriteJSON(w, http.StatusOK, body)
}

// sort orders rows by columns; those that are the same there stay as they are.
func sort(rows []*row, order []string) {
	for _, by := range slices.Backward(order) {
		name, direction, _ := strings.Cut(strings.TrimSpace(by), " ")
		slices.SortStableFunc(rows, func(a, b *row) int {
			c := compareValues(a.values[name], b.values[name])
			if direction == "desc" {
				c = -c
			}
			return c
		})
	}
}

func compareValues(a, b any) int {
	if x, ok := a.(float64); ok {
		y, _ := b.(float64)
		return int(min(1, max(-1, x-y)))
	}
	x, _ := a.(string)
	y, _ := b.(string)
	return strings.Compare(fold(x), fold(y))
}
