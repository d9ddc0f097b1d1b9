package salesforce

import (
	"cmp"
	"html/template"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"
)

// pages is where people see the organization.
func (n *network) pages() string { return "/sim/control/pages/" + n.line.Account().ID }

// formFields are what a new contact's form asks.
var formFields = []string{"FirstName", "LastName", "Email", "MobilePhone", "Phone", "Title", "MailingCity"}

type (
	view struct {
		Organization, Pages string
		Missing             bool
		Title, Object       string
		Fields              []entry
		Files               []entry
		Form                []entry
		Rows                []link
	}
	entry struct{ Name, Value string }
	link  struct{ Object, ID, Name string }
)

// Page is what people there see: a record with its tasks, the form for a new
// contact, the list of all. path is Lightning's.
//
// Source: https://developer.salesforce.com/docs/platform/lwc/guide/use-navigate-url-addressable.html
func (n *network) Page(w http.ResponseWriter, r *http.Request) {
	if r.Method == http.MethodPost {
		n.saved(w, r)
		return
	}
	v := view{Organization: or(n.line.Setting("organization"), "Demo Shop"), Pages: n.pages()}
	parts := strings.Split(strings.Trim(r.URL.Query().Get("path"), "/"), "/")
	switch {
	case len(parts) >= 4 && parts[1] == "r":
		v.Missing = !n.fill(&v, parts[3])
	case len(parts) == 4 && parts[1] == "o":
		known := n.defaults(r.URL.Query().Get("defaultFieldValues"))
		for _, name := range slices.Concat(formFields, []string{"Twitter__c", "Facebook__c"}) {
			if value := known[name]; value != "" || slices.Contains(formFields, name) {
				v.Form = append(v.Form, entry{name, value})
			}
		}
	default:
		for _, one := range n.Records() {
			if one.Object != "contentversion" {
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

// defaults reads what Lightning's encodeDefaultFieldValues writes.
func (n *network) defaults(list string) map[string]string {
	out := map[string]string{}
	for pair := range strings.SplitSeq(list, ",") {
		name, raw, _ := strings.Cut(pair, "=")
		value, err := url.PathUnescape(raw)
		if known, f, ok := n.objects["contact"].field(name); ok && err == nil && f.kind == "text" {
			out[known] = value
		}
	}
	return out
}

// fill fills v with one record; false if there is none.
func (n *network) fill(v *view, id string) bool {
	n.mu.Lock()
	defer n.mu.Unlock()
	r := n.find(nil, id)
	if r == nil || slices.Contains(hidden, r.of.name) {
		return false
	}
	v.Object = r.of.name
	v.Title = cmp.Or(written(r.values[r.of.label]), id)
	for _, name := range slices.Sorted(maps.Keys(r.values)) {
		if name != "Id" && name != "VersionData" && name != "SystemModstamp" {
			v.Fields = append(v.Fields, entry{name, written(r.values[name])})
		}
	}
	for _, other := range n.newest(nil) {
		switch {
		case other.values["WhoId"] == r.id || other.values["WhatId"] == r.id:
			v.Rows = append(v.Rows, link{other.of.name, other.id, written(other.values["Subject"])})
		case other.values["FirstPublishLocationId"] == r.id && other.values["IsLatest"] == true:
			v.Files = append(v.Files, entry{written(other.values["Title"]), content(other)})
		}
	}
	for _, name := range []string{"WhoId", "WhatId", "AccountId"} {
		if to, ok := r.values[name].(string); ok && n.rows[to] != nil {
			v.Rows = append(v.Rows, link{n.rows[to].of.name, to, written(n.rows[to].values["Name"])})
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
	http.Redirect(w, r, n.pages()+"?path=/lightning/r/Contact/"+id+"/view", http.StatusSeeOther)
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
<header><strong>{{.Organization}}</strong> <span>Simulated Salesforce</span> <a href="{{.Pages}}">All records</a> <a href="{{.Pages}}?path=/lightning/o/Contact/new">New contact</a></header>
<main>
{{$pages := .Pages}}
{{if .Missing}}<h1>Page does not exist</h1><p>The record was deleted, or it never was.</p>
{{else if .Form}}<h1>New contact</h1>
<form method="post" action="{{$pages}}">{{range .Form}}<label>{{.Name}} <input name="{{.Name}}" value="{{.Value}}" maxlength="120"></label>{{end}}<button>Save</button></form>
{{else if .Title}}<h1>{{.Title}}</h1><p>{{.Object}}</p>
<table>{{range .Fields}}<tr><th scope="row">{{.Name}}</th><td>{{.Value}}</td></tr>{{end}}</table>
{{range .Files}}<h2>File: {{.Name}}</h2><pre>{{.Value}}</pre>{{end}}
{{if .Rows}}<h2>Related</h2>{{end}}{{else}}<h1>Records</h1>{{if not .Rows}}<p>There is nothing yet.</p>{{end}}{{end}}
{{if .Rows}}<table>{{range .Rows}}<tr><td>{{.Object}}</td><td><a href="{{$pages}}?path=/lightning/r/{{.Object}}/{{.ID}}/view">{{.Name}}</a></td></tr>{{end}}</table>{{end}}
</main>
</body>
</html>
`))
