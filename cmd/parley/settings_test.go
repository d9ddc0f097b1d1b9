package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/alecthomas/kong"
)

// parse reads a command line with a settings file beside it.
func parse(t *testing.T, file string, args ...string) (*commands, error) {
	t.Helper()
	name := filepath.Join(t.TempDir(), "parley.toml")
	if err := os.WriteFile(name, []byte(file), 0o600); err != nil {
		t.Fatal(err)
	}
	var cli commands
	settings := &settingsFile{}
	if err := settings.read(name); err != nil {
		return nil, err
	}
	_, err := kong.Must(&cli, kong.Resolvers(settings)).Parse(args)
	return &cli, err
}

// TestSettingsMissing: a settings file that somebody named must be there.
func TestSettingsMissing(t *testing.T) {
	t.Chdir(t.TempDir())
	if err := new(settingsFile).read(settingsPath([]string{"serve"})); err != nil {
		t.Errorf("nobody named one: %v", err)
	}
	if err := new(settingsFile).read(settingsPath([]string{"serve", "--config", "paley.toml"})); err == nil || !strings.Contains(err.Error(), "paley.toml") {
		t.Errorf("a name mistyped: %v", err)
	}
}

// TestOrder: flags, then PARLEY_*, then parley.toml, then the default.
func TestOrder(t *testing.T) {
	const file = `# a comment
listen = "127.0.0.1:1"
trusted-proxy = ["10.0.0.0/8", "192.0.2.7"] # two
demo = true
connections = 7
`
	tests := []struct {
		name, env string
		args      []string
		want      string
	}{
		{"the file beats the default", "", []string{"serve"}, "127.0.0.1:1"},
		{"the environment beats the file", "127.0.0.1:2", []string{"serve"}, "127.0.0.1:2"},
		{"a flag beats both", "127.0.0.1:2", []string{"serve", "--listen", "127.0.0.1:3"}, "127.0.0.1:3"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if test.env != "" {
				t.Setenv("PARLEY_LISTEN", test.env)
			}
			cli, err := parse(t, file, test.args...)
			if err != nil {
				t.Fatal(err)
			}
			if cli.Serve.Listen != test.want {
				t.Errorf("listens on %s, want %s", cli.Serve.Listen, test.want)
			}
			if !cli.Serve.Demo || cli.Serve.Connections != 7 || strings.Join(cli.Serve.TrustedProxy, " ") != "10.0.0.0/8 192.0.2.7" {
				t.Errorf("the rest of the file: %+v", cli.Serve)
			}
		})
	}
}

// TestFaultySettings: every fault is named, all at once.
func TestFaultySettings(t *testing.T) {
	tests := []struct {
		name, file string
		args, want []string
	}{
		{"a slip in the file", "lissten = \"x\"\n", nil, []string{`unknown setting "lissten"`}},
		{"lines that are none", "listen\ndemo = maybe\ndata = \"x\ndata = \"y\"\ndata = \"z\"", nil,
			[]string{"line 1: expected name = value", "line 2: demo", "line 3: data", "line 5: data is set twice"}},
		{"ports that are none", "", []string{"--listen", "127.0.0.1:99999", "--metrics-listen", "127.0.0.1:"}, []string{`--listen "127.0.0.1:99999": expected host:port`, `--metrics-listen "127.0.0.1:": expected`}},
		{"A-129: the demo off loopback, and more", "", []string{"--demo", "--listen", "0.0.0.0:80", "--tls-cert", "x", "--trusted-proxy", "nobody", "--public-url", "x"},
			[]string{"listens on this machine only", "belong together", `--trusted-proxy "nobody"`, "--public-url"}},
		{"an address under a path", "", []string{"--public-url", "https://x.example/chat", "--files-origin", "https://files.example?x"}, []string{"cannot live under a path", "--files-origin"}},
		{"names that are none", "", []string{"--acme", "not a host", "--data", ""}, []string{`--acme "not a host"`, "--data: expected a folder"}},
		{"a scale that is no number", "", []string{"--limit-scale", "NaN"}, []string{"--limit-scale must be more than 0"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			cli, err := parse(t, test.file, append([]string{"serve"}, test.args...)...)
			if err == nil {
				err = cli.Serve.validate()
			}
			for _, want := range test.want {
				if err == nil || !strings.Contains(err.Error(), want) {
					t.Errorf("want %q in %v", want, err)
				}
			}
		})
	}
}
