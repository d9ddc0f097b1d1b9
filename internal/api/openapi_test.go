package api

import (
	"flag"
	"os"
	"testing"
)

var update = flag.Bool("update", false, "write the golden files")

// TestOpenAPI compares the description of the API with the one that is kept: a
// change of it is a change for everybody who speaks it.
func TestOpenAPI(t *testing.T) {
	const golden = "testdata/openapi.json"
	h := open(t)
	if *update {
		if err := os.WriteFile(golden, h.doors.openAPI(), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if string(want) != string(h.doors.openAPI()) {
		t.Errorf("%s is out of date: run go test ./internal/api -run TestOpenAPI -update and read the difference", golden)
	}
}
