package center

import (
	"maps"
	"slices"

	"parley"
	"parley/internal/settings"
)

// variables keeps what fits of what a site says of its visitor: few, short, each by
// a plain name and on one line, in the order of their names. The rest is left out:
// no visitor can mend it.
//
// Source: WEB-04, SCR-02, A-002.
func variables(told parley.Variables) parley.Variables {
	kept := parley.Variables{}
	for _, name := range slices.Sorted(maps.Keys(told)) {
		var faults []parley.FieldError
		value := line("variables", told[name], parley.VariableMax, &faults)
		if parley.VariableNamed(name) && value != "" && len(faults) == 0 && len(kept) < parley.VariablesMax {
			kept[name] = value
		}
	}
	if len(kept) == 0 {
		return nil
	}
	return kept
}

// mapped is the field of customers that a variable of the same name is looked up
// in, "" for none.
//
// Source: POP-04.
func (b *book) mapped() string { return b.values.Text("pop.match_field", settings.At{}) }

// unmarked hides the numbers of payment cards in what somebody says of themselves.
//
// Source: A-118.
func (c *Center) unmarked(who parley.Visitor) parley.Visitor {
	for _, s := range []*string{&who.Question, &who.Name, &who.AccountNumber, &who.CaseNumber} {
		*s = c.masked(*s)
	}
	for name, value := range who.Variables {
		who.Variables[name] = c.masked(value)
	}
	return who
}
