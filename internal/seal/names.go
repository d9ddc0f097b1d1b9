package seal

import (
	"encoding/json"
	"slices"
)

// Names returns which secrets were sealed by Secrets, in order. It opens none.
func Names(sealed []byte) []string {
	names := []string{}
	var kept map[string]string
	if json.Unmarshal(sealed, &kept) != nil {
		return names
	}
	for name := range kept {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}
