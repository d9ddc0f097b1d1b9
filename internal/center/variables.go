package center

import (
	"parley"
	"parley/internal/settings"
)

// variables checks what a site says of its visitor: few, short, each by a plain
// name and on one line. An empty one is none.
//
// Source: WEB-04, SCR-02, A-002.
func variables(told parley.Variables, faults *[]parley.FieldError) parley.Variables {
	if len(told) > parley.VariablesMax {
		*faults = append(*faults, parley.FieldError{Field: "variables", Code: "too_many"})
		return nil
	}
	kept := parley.Variables{}
	for name, value := range told {
		if !parley.VariableNamed(name) {
			*faults = append(*faults, parley.FieldError{Field: "variables", Code: "unknown"})
			continue
		}
		if value = line("variables", value, parley.VariableMax, faults); value != "" {
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
