package api

import (
	"bytes"
	_ "embed"
	"encoding/json"
	"html/template"
	"net/http"
	"reflect"
	"slices"
	"strings"
	"sync"

	"github.com/danielgtaylor/huma/v2"

	"parley"
)

// schemaName names a schema after its type. What administrators fill in and see
// is called Admin..., and the two words that mean a card on an interaction as
// well as a record are told apart, so that no two things share a name.
func schemaName(t reflect.Type, hint string) string {
	for t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	name := t.Name()
	if name == "" {
		return huma.DefaultSchemaNamer(t, hint)
	}
	base, args, generic := strings.Cut(strings.TrimSuffix(name, "]"), "[")
	if !generic {
		return wordOf(t.PkgPath() + "." + name)
	}
	for _, arg := range strings.Split(args, ",") {
		base += wordOf(arg)
	}
	return strings.ToUpper(base[:1]) + base[1:]
}

// wordOf is the name of one type, given as path.Name.
func wordOf(typed string) string {
	slash := strings.LastIndexByte(typed, '/')
	pkg, name, ok := strings.Cut(typed[slash+1:], ".")
	if !ok {
		pkg, name = "", pkg // a built-in type
	}
	switch pkg + "." + name {
	case "center.Customer", "center.Case":
		return "Interaction" + name
	case "records.Named", "records.Person":
		return "Record" + name
	}
	if pkg == "office" {
		return "Admin" + name
	}
	return strings.ToUpper(name[:1]) + name[1:]
}

// document completes the description with what the live connections send, so
// that the browser's types come from one file, and returns it as JSON, which is
// written when somebody asks for it: few do, and it is as large as all the rest
// of a start.
func document(a huma.API) func() []byte {
	schemas := a.OpenAPI().Components.Schemas
	for _, t := range liveTypes {
		schemas.Schema(t, true, t.Name())
	}
	return sync.OnceValue(func() []byte {
		raw, err := json.Marshal(a.OpenAPI())
		if err != nil {
			panic(err) // it is made of our own types
		}
		var out bytes.Buffer
		if err := json.Indent(&out, raw, "", "  "); err != nil {
			panic(err)
		}
		out.WriteByte('\n')
		return out.Bytes()
	})
}

// serveOpenAPI sends the description of the API.
func (s *Server) serveOpenAPI(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "application/json")
	_, _ = w.Write(s.openAPI())
}

//go:embed docs.html
var docsPage string

var docsTemplate = template.Must(template.New("docs").Parse(docsPage))

// docsView is what the page about the API shows.
type docsView struct {
	Nonce   string
	Groups  []docsGroup
	Schemas []docsSchema
}

type docsGroup struct {
	Name       string
	Operations []docsOperation
}

type docsOperation struct {
	Method, Path, Summary, Needs string
	Parameters                   []string
	Body, Answer                 string
}

type docsSchema struct{ Name, Text string }

// serveDocs shows the API to people: one page, rendered here, asking nobody else
// for anything.
func (s *Server) serveDocs(w http.ResponseWriter, r *http.Request) {
	nonce := newNonce()
	view := docsOf(s.api.OpenAPI())
	view.Nonce = nonce
	w.Header().Set("Content-Type", kinds[".html"])
	w.Header().Set("Content-Security-Policy", s.policy(r, nonce, "default", nil))
	_ = docsTemplate.Execute(w, view)
}

// docsOf groups the operations by the first word of their path.
func docsOf(o *huma.OpenAPI) docsView {
	groups := map[string][]docsOperation{}
	for path, item := range o.Paths {
		name := strings.Split(strings.TrimPrefix(path, "/api/"), "/")[0]
		for _, op := range []*huma.Operation{item.Get, item.Post, item.Put, item.Delete} {
			if op != nil {
				groups[name] = append(groups[name], docsOperationOf(op))
			}
		}
	}
	var view docsView
	for name, ops := range groups {
		slices.SortFunc(ops, func(a, b docsOperation) int {
			return strings.Compare(a.Path+a.Method, b.Path+b.Method)
		})
		view.Groups = append(view.Groups, docsGroup{name, ops})
	}
	slices.SortFunc(view.Groups, func(a, b docsGroup) int { return strings.Compare(a.Name, b.Name) })
	for name, schema := range o.Components.Schemas.Map() {
		text, _ := json.MarshalIndent(schema, "", "  ") // it was marshalled before
		view.Schemas = append(view.Schemas, docsSchema{name, string(text)})
	}
	slices.SortFunc(view.Schemas, func(a, b docsSchema) int { return strings.Compare(a.Name, b.Name) })
	return view
}

func docsOperationOf(op *huma.Operation) docsOperation {
	out := docsOperation{Method: op.Method, Path: op.Path, Summary: op.Summary}
	if p, ok := op.Metadata[needs].(parley.Permission); ok {
		out.Needs = string(p)
	}
	for _, p := range op.Parameters {
		out.Parameters = append(out.Parameters, p.In+": "+p.Name)
	}
	if op.RequestBody != nil {
		out.Body = contentName(op.RequestBody.Content)
	}
	for status, answer := range op.Responses {
		if strings.HasPrefix(status, "2") {
			out.Answer = strings.TrimSpace(status + " " + contentName(answer.Content))
		}
	}
	return out
}

// contentName is the name of the schema a content refers to.
func contentName(content map[string]*huma.MediaType) string {
	for _, media := range content {
		if media.Schema != nil && media.Schema.Ref != "" {
			return media.Schema.Ref[strings.LastIndexByte(media.Schema.Ref, '/')+1:]
		}
	}
	return ""
}
