package all

import (
	"encoding/json"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"parley"
	"parley/internal/channel"
	"parley/internal/records"
	"parley/internal/settings"
	"parley/internal/transcript"
)

const root = "../../.."

// TestHomes: a channel has a name where people read it, and a limit where people
// write. What docs/add-a-channel.md asks for beside the folder fails here until it is there.
func TestHomes(t *testing.T) {
	wire := text(t, "web/protocol/index.ts")
	for provider, c := range New(nil, nil) {
		spec := c.Spec()
		for _, carried := range spec.Channels {
			name := string(carried)
			t.Run(provider+" "+name, func(t *testing.T) {
				if _, known := settings.Find("text.agent_limit." + name); !known {
					t.Errorf("no limit of an agent's text: internal/settings/keys.go")
				}
				if !strings.Contains(wire, "| \""+name+"\"") {
					t.Errorf("web/protocol/index.ts does not have it")
				}
				if !slices.Contains(blockable(t), name) {
					t.Errorf("the list of who is blocked cannot be narrowed to it: internal/api/park.go")
				}
				for _, language := range []string{"en", "fr-CA"} {
					if carried != parley.X && transcript.ChannelName(carried, language) == name {
						t.Errorf("%s: no name in transcripts: internal/transcript/words.go", language)
					}
					words(t, language, spec, name)
				}
			})
		}
		if kinds := tagged(records.KeyInput{}, "Kind"); !slices.Contains(kinds, string(spec.Key)) {
			t.Errorf("%s: nobody can be given a %s by hand: internal/records/keys.go", provider, spec.Key)
		}
	}
}

// words holds a channel against the catalogs of the pages. base_url is a line of
// every form, with words of its own.
func words(t *testing.T, language string, spec channel.Spec, name string) {
	t.Helper()
	common, people, admin := catalog(t, language, "common.json"), catalog(t, language, "records.json"), catalog(t, language, "admin.json")
	for _, path := range [][]string{{"channel", name}, {"incoming", name}} {
		if said(common, path...) == "" {
			t.Errorf("%s/common.json: no %s", language, strings.Join(path, "."))
		}
	}
	if said(people, "customer", "key", string(spec.Key)) == "" {
		t.Errorf("%s/records.json: no customer.key.%s", language, spec.Key)
	}
	for _, f := range append(slices.Clone(spec.Fields), spec.Address) {
		if f.Name != "" && f.Name != "base_url" && said(common, "channel", "field", f.Name) == "" {
			t.Errorf("%s/common.json: no channel.field.%s", language, f.Name)
		}
		if f.Pattern != "" && f.Name != "phone_number" && said(admin, "network", "form", spec.Provider+"_"+f.Name)+said(admin, "network", "form", f.Name) == "" {
			t.Errorf("%s/admin.json: no network.form.%s", language, f.Name)
		}
	}
}

func text(t *testing.T, path string) string {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join(root, path))
	if err != nil {
		t.Fatal(err)
	}
	return string(raw)
}

func catalog(t *testing.T, language, file string) map[string]any {
	t.Helper()
	out := map[string]any{}
	if err := json.Unmarshal([]byte(text(t, "web/app/src/i18n/"+language+"/"+file)), &out); err != nil {
		t.Fatal(err)
	}
	return out
}

// said returns a word of a catalog, "" if it is not there.
func said(words map[string]any, path ...string) string {
	for _, step := range path[:len(path)-1] {
		words, _ = words[step].(map[string]any)
	}
	word, _ := words[path[len(path)-1]].(string)
	return word
}

// tagged is what a field may be.
func tagged(of any, field string) []string {
	f, _ := reflect.TypeOf(of).FieldByName(field)
	return strings.Split(f.Tag.Get("enum"), ",")
}

// blockable are the channels a list of blocks can be narrowed to.
func blockable(t *testing.T) []string {
	t.Helper()
	var document struct {
		Paths map[string]map[string]struct {
			Parameters []struct {
				Name   string
				Schema struct{ Enum []string }
			}
		}
	}
	if err := json.Unmarshal([]byte(text(t, "internal/api/testdata/openapi.json")), &document); err != nil {
		t.Fatal(err)
	}
	for _, p := range document.Paths["/api/blocks"]["get"].Parameters {
		if p.Name == "channel" {
			return p.Schema.Enum
		}
	}
	t.Fatal("the list of blocks has no channel")
	return nil
}

// reason is where the code names one of ours: in a Detail, or as what is odd.
var reason = regexp.MustCompile(`(?:Detail: |Detail = |Detail: fmt\.Sprintf\(|Odd: |Odd = |odd = |Unreadable\(|TooMany = )"([^"]+)"`)

// TestReasons: what we say ourselves of what went wrong begins with a word that the
// pages have in every language; no sentence of one language reaches them.
func TestReasons(t *testing.T) {
	files, err := filepath.Glob(root + "/internal/channel/*/*.go")
	if err != nil || len(files) < 50 {
		t.Fatal(len(files), err)
	}
	found := 0
	for _, file := range append(files, root+"/internal/channel/sms.go", root+"/internal/channel/media.go", root+"/internal/office/try.go") {
		if strings.HasSuffix(file, "_test.go") || strings.Contains(file, "/conformance/") {
			continue
		}
		for _, m := range reason.FindAllStringSubmatch(text(t, strings.TrimPrefix(file, root)), -1) {
			word, _, _ := strings.Cut(m[1], " ")
			if strings.HasPrefix(word, "%") || strings.HasPrefix(word, "form-data") {
				continue // a network's own
			}
			found++
			for _, language := range []string{"en", "fr-CA"} {
				if said(catalog(t, language, "admin.json"), "network", "why", word) == "" && !ofFile[word] {
					t.Errorf("%s: %s/admin.json has no network.why.%s", filepath.Base(file), language, word)
				}
			}
		}
	}
	if found < 80 {
		t.Errorf("only %d reasons found", found)
	}
}

// ofFile are the reasons why a file did not come; they are said beside it.
var ofFile = map[string]bool{"expired": true, "not_allowed": true, "too_large": true, "blocked": true, "not_an_address": true}
