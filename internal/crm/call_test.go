package crm_test

import (
	"errors"
	"net/http"
	"testing"

	"parley/internal/crm"
	"parley/internal/netguard"
)

// an address that may not be called is a wrong set-up, not a CRM that is
// down: nothing is tried again and again.
func TestBlocked(t *testing.T) {
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, "http://127.0.0.1:9/", nil)
	if err != nil {
		t.Fatal(err)
	}
	_, err = crm.Call(netguard.New(netguard.Options{}), req)
	var e *crm.Error
	if !errors.As(err, &e) || e.Code != crm.Config {
		t.Errorf("A-064: it says %v", err)
	}
}
