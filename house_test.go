package parley_test

import (
	"bufio"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"
)

// rooms says which rooms each room may enter besides parley. docs/house.md draws
// it. A new import that breaks it is a design question, not a test to edit.
var rooms = map[string][]string{
	"routing":         {},
	"script":          {},
	"settings":        {},
	"identity":        {},
	"store":           {"routing", "search"},
	"store/storetest": {"store", "routing"},
	"bus":             {},
	"mail":            {},
	"netguard":        {},
	"auth":            {},
	"auth/password":   {"auth"},
	"files":           {},
	"seal":            {},
	"hook":            {},
	"channel":         {"netguard"},
	"channel/*":       {"channel", "channel/meta", "netguard"},
	"channel/open":    {"channel", "hook"},
	"crm":             {"identity", "netguard"},
	"crm/*":           {"crm"},
	"search":          {},
	"sheet":           {},
	"reserve":         {},
	"transcript":      {},
	"rich":            {},
	"auth/oidc":       {"auth"},
	"simulator":       {},
	"simulator/*":     {"simulator"},
	"ledger":          {"routing", "store", "bus", "reserve"},
	"repeat":          {"store"},
	"verify":          {"routing", "store"},
	"replay":          {"routing", "store", "ledger"},
	"records":         {"ledger", "store", "routing", "settings", "identity", "files", "search", "mail"},
	"tables":          {"records", "ledger", "store", "routing", "identity", "search", "sheet"},
	"knowledge":       {"ledger", "store", "routing", "settings", "identity", "files", "search", "rich"},
	"integration":     {"ledger", "store", "routing", "settings", "identity", "crm", "seal", "records", "transcript"},
	"courier":         {"ledger", "store", "routing", "channel", "settings", "identity", "seal"},
	"center":          {"repeat", "replay", "records", "transcript", "rich", "integration", "courier", "ledger", "store", "routing", "channel", "script", "settings", "identity", "files", "seal"},
	"webhook":         {"ledger", "store", "routing", "settings", "identity", "netguard", "hook", "seal"},
	"office":          {"ledger", "store", "routing", "settings", "script", "auth", "auth/password", "auth/oidc", "mail", "identity", "channel", "hook", "files", "seal", "search"},
	"support":         {"knowledge", "center"},
	"tenant":          {"center", "records", "tables", "replay", "integration", "knowledge", "crm", "office", "ledger", "store", "bus", "channel", "auth", "mail", "settings", "files", "hook", "seal", "webhook", "reserve"},
	"api":             {"tenant", "center", "records", "tables", "integration", "knowledge", "rich", "support", "office", "webhook"},
}

// anywhere may enter everything: what wires and what tests.
var anywhere = []string{"cmd/parley", "internal/channel/all", "internal/crm/all", "internal/simulator/all", "internal/channel/conformance", "internal/crm/conformance", "internal/drill", "internal/drill/rules", "internal/drill/mutants", "bench", "examples", "web"}

// outside lists what only I/O rooms may import.
var pure = []string{"routing", "script", "settings", "identity", "metric", "search", "transcript", "rich"}

func TestRooms(t *testing.T) {
	for dir, files := range goFiles(t) {
		if dir == "." {
			checkImports(t, dir, files, func(string) bool { return false })
			continue
		}
		if slices.ContainsFunc(anywhere, func(a string) bool { return dir == a || strings.HasPrefix(dir, a+"/") }) {
			continue
		}
		room := strings.TrimPrefix(dir, "internal/")
		allowed, known := rooms[room]
		if !known {
			allowed, known = rooms[path.Dir(room)+"/*"]
		}
		if !known {
			t.Errorf("%s has no place in the house", dir)
			continue
		}
		checkImports(t, dir, files, func(to string) bool { return slices.Contains(allowed, to) })
	}
}

// TestHouse keeps docs/house.md true: every room stands there, with its trade and
// whom it may enter.
func TestHouse(t *testing.T) {
	page, err := os.ReadFile("docs/house.md")
	if err != nil {
		t.Fatal(err)
	}
	for room, allowed := range rooms {
		if !strings.Contains(room, "*") {
			if _, err := os.Stat("internal/" + room); err != nil {
				t.Errorf("the table has a room that is not there: %v", err)
			}
		}
		line := regexp.MustCompile("(?m)^\\|[^|]*`" + regexp.QuoteMeta(room) + "`[^|]*\\|[^|]+\\|([^|]*)\\|$").FindSubmatch(page)
		if line == nil {
			t.Errorf("%s is not in docs/house.md", room)
			continue
		}
		for _, other := range allowed {
			if !strings.Contains(string(line[1]), "`"+other+"`") {
				t.Errorf("docs/house.md does not say that %s may enter %s", room, other)
			}
		}
	}
}

func checkImports(t *testing.T, dir string, files []string, may func(string) bool) {
	t.Helper()
	for _, file := range files {
		parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.ImportsOnly)
		if err != nil {
			t.Fatal(err)
		}
		for _, spec := range parsed.Imports {
			name := strings.Trim(spec.Path.Value, `"`)
			to, ours := strings.CutPrefix(name, "parley/internal/")
			if ours && !may(to) {
				t.Errorf("%s must not enter internal/%s (%s)", dir, to, filepath.Base(file))
			}
			if dir == "." && strings.Contains(name, ".") {
				t.Errorf("the words import only the standard library, not %s (%s)", name, file)
			}
			if isPure(dir) && slices.Contains([]string{"os", "net", "net/http", "database/sql", "math/rand", "math/rand/v2"}, name) {
				t.Errorf("%s is pure and must not import %s", dir, name)
			}
		}
	}
}

func isPure(dir string) bool { return slices.Contains(pure, strings.TrimPrefix(dir, "internal/")) }

// TestASCII keeps literals and identifiers in ASCII; anything else is escaped.
func TestASCII(t *testing.T) {
	for _, files := range goFiles(t) {
		for _, file := range files {
			parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, 0)
			if err != nil {
				t.Fatal(err)
			}
			ast.Inspect(parsed, func(n ast.Node) bool {
				if lit, ok := n.(*ast.BasicLit); ok && lit.Kind == token.STRING && !ascii(lit.Value) {
					t.Errorf("%s: escape what is not ASCII in %.40s", file, lit.Value)
				}
				return true
			})
		}
	}
}

func ascii(s string) bool {
	return !strings.ContainsFunc(s, func(r rune) bool { return r > unicode.MaxASCII })
}

// The sizes of house.md, section 2.
const (
	folderLinesMax   = 5000
	fileLinesMax     = 400
	functionLinesMax = 70
	methodsMax       = 7
	parametersMax    = 5
)

// larger folders, each with its page in docs/decisions.
var larger = map[string]int{"internal/api": 6000, "internal/office": 6000, "internal/store": 10200, "internal/center": 9000}

func TestSizes(t *testing.T) {
	for dir, files := range goFiles(t) {
		sum := 0
		for _, file := range files {
			n := lines(t, file)
			sum += n
			if n > fileLinesMax {
				t.Errorf("%s has %d lines; %d is the most", file, n, fileLinesMax)
			}
			checkFunctions(t, file)
		}
		if most := max(folderLinesMax, larger[dir]); sum > most {
			t.Errorf("%s has %d lines; %d is the most", dir, sum, most)
		}
	}
}

func checkFunctions(t *testing.T, file string) {
	t.Helper()
	set := token.NewFileSet()
	parsed, err := parser.ParseFile(set, file, nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	ast.Inspect(parsed, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncDecl:
			long := set.Position(n.End()).Line - set.Position(n.Pos()).Line
			if long > functionLinesMax {
				t.Errorf("%s: %s has %d lines; %d is the most", file, n.Name.Name, long, functionLinesMax)
			}
			if n.Type.Params.NumFields() > parametersMax {
				t.Errorf("%s: %s has %d parameters; %d, then a struct", file, n.Name.Name, n.Type.Params.NumFields(), parametersMax)
			}
		case *ast.InterfaceType:
			if n.Methods.NumFields() > methodsMax {
				t.Errorf("%s: an interface of %d methods; %d is the most", file, n.Methods.NumFields(), methodsMax)
			}
		}
		return true
	})
}

// lines counts lines of code; what explains it is free.
func lines(t *testing.T, file string) int {
	t.Helper()
	f, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	n := 0
	for s := bufio.NewScanner(f); s.Scan(); {
		if line := strings.TrimSpace(s.Text()); line != "" && !strings.HasPrefix(line, "//") {
			n++
		}
	}
	return n
}

// TestOnlyTheLedgerBegins holds the slogan "one place commits".
func TestOnlyTheLedgerBegins(t *testing.T) {
	for dir, files := range goFiles(t) {
		if dir == "internal/ledger" || dir == "internal/store" || dir == "internal/store/storetest" || dir == "bench" {
			continue
		}
		for _, file := range files {
			text, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if strings.Contains(string(text), "store.Begin(") || strings.Contains(string(text), ".Begin(ctx)") {
				t.Errorf("%s begins a transaction; only the ledger may", file)
			}
		}
	}
}

// TestOnlyTestsThrowDice keeps the library of random tests, whose flags every command
// that links it has, out of whatever is no test.
func TestOnlyTestsThrowDice(t *testing.T) {
	for _, files := range goFiles(t) {
		for _, file := range files {
			text, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if strings.Contains(string(text), "\"pgregory.net/"+"rapid\"") {
				t.Errorf("%s throws dice; only tests may", file)
			}
		}
	}
}

// TestEveryEventHasItsHomes finds each kind of routing event in the other four.
func TestEveryEventHasItsHomes(t *testing.T) {
	kinds := eventKinds(t)
	if len(kinds) < 20 {
		t.Fatalf("found only %d events", len(kinds))
	}
	homes := map[string]func(name, kind string) bool{
		"internal/routing": func(name, _ string) bool { return mentions(t, "internal/routing", "evolve", name) },
		"internal/store":   func(name, _ string) bool { return mentions(t, "internal/store", "", "routing."+name) },
		"web/app/src/live": func(_, kind string) bool { return mentions(t, "web/app/src/live", "", kind) },
		"internal/center (news)": func(name, kind string) bool {
			return mentions(t, "internal/center", "", "routing."+name) || mentions(t, "internal/center", "", kind)
		},
	}
	for name, kind := range kinds {
		for home, has := range homes {
			if !has(name, kind) {
				t.Errorf("event %s (%s) has no home in %s", name, kind, home)
			}
		}
	}
}

// eventKinds reads event.go: type name to kind.
func eventKinds(t *testing.T) map[string]string {
	t.Helper()
	kinds := map[string]string{}
	text, err := os.ReadFile("internal/routing/event.go")
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(text)) {
		name, rest, ok := strings.Cut(strings.TrimPrefix(line, "func ("), ") Kind() string")
		if ok && strings.HasPrefix(line, "func (") {
			kinds[name] = strings.Split(rest, `"`)[1]
		}
	}
	return kinds
}

// mentions reports whether a file below dir whose name contains part has word.
func mentions(t *testing.T, dir, part, word string) bool {
	t.Helper()
	found := false
	err := filepath.WalkDir(dir, func(p string, d fs.DirEntry, err error) error {
		if err != nil || found || d.IsDir() || strings.HasSuffix(p, "_test.go") || strings.Contains(p, ".test.") || !strings.Contains(d.Name(), part) {
			return err
		}
		text, err := os.ReadFile(p)
		found = found || strings.Contains(string(text), word)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

// goFiles returns the Go files without tests, by folder.
func goFiles(t *testing.T) map[string][]string {
	t.Helper()
	found := map[string][]string{}
	err := filepath.WalkDir(".", func(p string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && slices.Contains([]string{"node_modules", ".git", "tools", "testdata", "bin", "tmp", "data"}, d.Name()) {
			return fs.SkipDir
		}
		if strings.HasSuffix(p, ".go") && !strings.HasSuffix(p, "_test.go") {
			dir := path.Dir(filepath.ToSlash(p))
			found[dir] = append(found[dir], p)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}
