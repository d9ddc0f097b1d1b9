package crm

import (
	"slices"
	"sync"
)

// SearchAll asks for every kind of record at once: those that are to be searched,
// else all that spec has. The answer is in their order, at most SearchMax. ask
// returns nothing where none of a kind can fit.
//
// Errors: the first of ask's.
func SearchAll(spec Spec, to Connection, ask func(object string) ([]Record, error)) ([]Record, error) {
	objects := to.Objects
	if len(objects) == 0 {
		objects = spec.Objects
	}
	found, errs := make([][]Record, len(objects)), make([]error, len(objects))
	var asked sync.WaitGroup
	for i, object := range objects {
		asked.Go(func() { found[i], errs[i] = ask(object) })
	}
	asked.Wait()
	for _, err := range errs {
		if err != nil {
			return nil, err
		}
	}
	all := slices.Concat(found...)
	return all[:min(len(all), SearchMax)], nil
}
