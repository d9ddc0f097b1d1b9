package whatsapp

import (
	"encoding/json"
	"testing"

	"parley"
)

// TestTemplateValues: WAP-05: each value goes where the template has its place.
func TestTemplateValues(t *testing.T) {
	for name, c := range map[string]struct {
		t    parley.Template
		want string
	}{
		"none": {parley.Template{Name: "hello", Language: "en"}, `{"language":{"code":"en"},"name":"hello"}`},
		"numbered": {parley.Template{Name: "a", Language: "en", Values: []string{"Zoe", "7"}},
			`{"components":[{"parameters":[{"text":"Zoe","type":"text"},{"text":"7","type":"text"}],"type":"body"}],"language":{"code":"en"},"name":"a"}`},
		"named, and two links": {parley.Template{Name: "b", Language: "en", Values: []string{"7", "Zoe", "x", "y"}, Slots: []parley.TemplateSlot{
			{Part: "header", Name: "order"}, {Part: "body", Name: "name"}, {Part: "button"}, {Part: "button", Button: 1},
		}}, `{"components":[{"parameters":[{"parameter_name":"order","text":"7","type":"text"}],"type":"header"},` +
			`{"parameters":[{"parameter_name":"name","text":"Zoe","type":"text"}],"type":"body"},` +
			`{"index":"0","parameters":[{"text":"x","type":"text"}],"sub_type":"url","type":"button"},` +
			`{"index":"1","parameters":[{"text":"y","type":"text"}],"sub_type":"url","type":"button"}],"language":{"code":"en"},"name":"b"}`},
	} {
		got, err := json.Marshal(template(&c.t))
		if err != nil || string(got) != c.want {
			t.Errorf("%s: %s\nwant %s (%v)", name, got, c.want, err)
		}
	}
}
