package main

import "testing"

// TestMutantsFit fails when a source has changed so that a mutant can no longer
// be planted.
func TestMutantsFit(t *testing.T) {
	seen := map[string]bool{}
	for _, m := range mutants {
		if err := m.fits("../../.."); err != nil {
			t.Error(err)
		}
		if seen[m.ID] || len(m.Edits) == 0 || len(m.Killers) == 0 {
			t.Errorf("%s is there twice, or changes nothing, or has no killer", m.ID)
		}
		seen[m.ID] = true
	}
	for _, id := range []string{"M1", "M2", "M3", "M4", "M5", "M6", "M7", "M8", "M9", "M10", "M11", "M12", "M13", "M15", "M16"} {
		if !seen[id] {
			t.Errorf("%s has no mutant", id)
		}
	}
}
