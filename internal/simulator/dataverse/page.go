package dataverse

import (
	"cmp"
	"html/template"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"
)

// Page is what people there see: a record with its calls, the form for a new
// contact, the list of all. It takes what main.aspx takes.
//
// Source: https://learn.microsoft.com/power-apps/developer/model-driven-apps/open-forms-views-dialogs-reports-url
func (n *network) Page(w http.ResponseWriter, r *http.Request) {
	asked := r.URL.Query()
	v := view{Organization: or(n.line.Setting("organization"), "Demo Shop"), Account: n.line.Account().ID}
	switch {
	case r.Method == http.MethodPost:
		n.saved(w, r)
		return
	case asked.Get("pagetype") == "entityrecord" && asked.Get("id") != "":
		if !n.record(&v, asked.Get("etn"), asked.Get("id")) {
			v.Missing = true
		}
	case asked.Get("pagetype") == "entityrecord":
		known, _ := url.ParseQuery(asked.Get("extraqs"))
		for _, name := range formFields {
			v.Form = append(v.Form, field{name, known.Get(name)})
		}
		for name := range known {
			if !slices.Contains(formFields, name) && n.entities["contacts"].columns[name].max > 0 {
				v.Form = append(v.Form, field{name, known.Get(name)})
			}
		}
	default:
		for _, one := range n.Records() {
			if one.Object != "annotation" {
				v.Rows = append(v.Rows, link{one.Object, one.ID, cmp.Or(one.Name, one.ID)})
			}
		}
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	if v.Missing {
		w.WriteHeader(http.StatusNotFound)
	}
	_ = page.Execute(w, v) // a browser that has gone needs no page
}

// formFields are what a new contact's form asks.
var formFields = []string{"firstname", "lastname", "emailaddress1", "mobilephone", "telephone1", "jobtitle", "address1_city"}

type (
	view struct {
		Organization, Account string
		Missing               bool
		Title, Object         string
		Closed                bool
		Fields                []field
		Notes                 []field
		Rows                  []link
		Form                  []field
		Regarding             *link
	}
	field struct{ Name, Value string }
	link  struct{ Object, ID, Name string }
)

// pages is where they are.
func (n *network) pages() string { return "/sim/control/pages/" + n.line.Account().ID }

// record fills v with one record; false if there is none.
func (n *network) record(v *view, object, id string) bool {
	id = strings.ToLower(strings.Trim(id, "{}"))
	n.mu.Lock()
	defer n.mu.Unlock()
	r := n.rows[id]
	if r == nil || r.e.name != object {
		return false
	}
	v.Title, v.Object, v.Closed = cmp.Or(r.name(), id), object, r.values["statecode"] != 0.0
	for _, name := range slices.Sorted(maps.Keys(r.values)) {
		if value := written(r.values[name]); value != "" && !strings.HasPrefix(name, "_") && name != r.e.key && name != "versionnumber" && name != "documentbody" {
			v.Fields = append(v.Fields, field{name, value})
		}
	}
	if owner, ok := r.values["_ownerid_value"].(string); ok && n.rows[owner] != nil {
		v.Fields = append(v.Fields, field{"owner", n.rows[owner].name()})
	}
	if to, ok := r.values["_regardingobjectid_value"].(string); ok && n.rows[to] != nil {
		v.Regarding = &link{n.rows[to].e.name, to, n.rows[to].name()}
	}
	for _, other := range n.newest(nil) {
		switch {
		case other.values["_regardingobjectid_value"] == id:
			v.Rows = append(v.Rows, link{other.e.name, other.id, other.name()})
		case other.values["_objectid_value"] == id:
			text, _ := other.values["notetext"].(string)
			if file, ok := other.values["filename"].(string); ok {
				text = file
			}
			v.Notes = append(v.Notes, field{other.name(), text})
		}
	}
	return true
}

// saved is the form being sent.
func (n *network) saved(w http.ResponseWriter, r *http.Request) {
	if r.ParseForm() != nil {
		http.Error(w, "The form cannot be read.", http.StatusBadRequest)
		return
	}
	fields := map[string]string{}
	for name := range r.PostForm {
		if value := strings.TrimSpace(r.PostForm.Get(name)); value != "" {
			fields[name] = value
		}
	}
	id, err := n.Keep("contact", fields)
	if err != nil {
		http.Error(w, err.Error(), http.StatusUnprocessableEntity)
		return
	}
	http.Redirect(w, r, n.pages()+"?pagetype=entityrecord&etn=contact&id="+id, http.StatusSeeOther)
}

var page = template.Must(template.New("page").Parse(`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{{or .Title "Records"}} - {{.Organization}}</title>
<style>
:root{color-scheme:light dark}
body{font:16px/1.5 system-ui,sans-serif;margin:0 auto;padding:1rem;max-width:56rem}
header{display:flex;gap:1rem;align-items:baseline;flex-wrap:wrap;border-bottom:1px solid;margin-bottom:1rem}
table{border-collapse:collapse;width:100%}
th,td{text-align:left;vertical-align:top;padding:.375rem .75rem .375rem 0;border-bottom:1px solid color-mix(in srgb,currentColor 20%,transparent);overflow-wrap:anywhere;white-space:pre-line}
th{font-weight:600;width:14rem}
pre{white-space:pre-wrap;overflow-wrap:anywhere;border-left:3px solid;padding-left:1rem}
label{display:block;margin:.75rem 0}
input{display:block;font:inherit;width:100%;max-width:24rem;min-height:2.75rem;box-sizing:border-box}
button{font:inherit;min-height:2.75rem;padding:0 1.5rem}
</style>
</head>
<body>
<header><strong>{{.Organization}}</strong> <span>Simulated Dynamics 365</span> <a href="/sim/control/pages/{{.Account}}">All records</a> <a href="/sim/control/pages/{{.Account}}?pagetype=entityrecord&amp;etn=contact">New contact</a></header>
<main>
{{if .Missing}}<h1>Record is unavailable</h1><p>It was deleted, or it never was.</p>
{{else if .Form}}<h1>New contact</h1>
<form method="post">{{range .Form}}<label>{{.Name}} <input name="{{.Name}}" value="{{.Value}}" maxlength="100"></label>{{end}}<button>Save</button></form>
{{else if .Title}}<h1>{{.Title}}</h1><p>{{.Object}}{{if .Closed}}, closed{{end}}{{with .Regarding}} - regarding <a href="?pagetype=entityrecord&amp;etn={{.Object}}&amp;id={{.ID}}">{{.Name}}</a>{{end}}</p>
<table>{{range .Fields}}<tr><th scope="row">{{.Name}}</th><td>{{.Value}}</td></tr>{{end}}</table>
{{range .Notes}}<h2>Note: {{.Name}}</h2><pre>{{.Value}}</pre>{{end}}
{{if .Rows}}<h2>Timeline</h2>{{end}}{{else}}<h1>Records</h1>{{if not .Rows}}<p>There is nothing yet.</p>{{end}}{{end}}
{{if .Rows}}<table>{{range .Rows}}<tr><td>{{.Object}}</td><td><a href="?pagetype=entityrecord&amp;etn={{.Object}}&amp;id={{.ID}}">{{.Name}}</a></td></tr>{{end}}</table>{{end}}
</main>
</body>
</html>
`))
