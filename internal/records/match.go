package records

import (
	"context"
	"strconv"
	"strings"

	"parley"
	"parley/internal/identity"
	"parley/internal/store"
)

// matchMax is how many customers a match lists.
const matchMax = 20

// Match finds whose a visitor may be, by what they claim: case number, account
// number, customer id, e-mail, phone, and the variable of the name mapped, which
// is what their own field of that name holds; "" = none. The first rule with hits
// wins; none has proved anything.
//
// Source: POP-04.
func Match(ctx context.Context, v store.View, visitor parley.Visitor, mapped string) (store.Match, error) {
	byField := func(ctx context.Context, v store.View, visitor parley.Visitor) (store.Match, error) {
		return byMapped(ctx, v, mapped, visitor.Variables[mapped])
	}
	for _, rule := range []func(context.Context, store.View, parley.Visitor) (store.Match, error){
		byCase, byAccount, byID, byEmail, byPhone, byField,
	} {
		m, err := rule(ctx, v, visitor)
		if err != nil && !absent(err) {
			return store.Match{}, err
		}
		if err == nil && m.Count > 0 {
			return m, nil
		}
	}
	return store.Match{Customers: []parley.CustomerID{}}, nil
}

func byCase(ctx context.Context, v store.View, visitor parley.Visitor) (store.Match, error) {
	number, ok := caseNumber(visitor.CaseNumber)
	if !ok {
		return store.Match{}, nil
	}
	c, err := v.CaseNumbered(ctx, number)
	if err != nil || c.Customer == "" {
		return store.Match{}, err
	}
	return store.Match{Count: 1, Rule: "case", Customers: []parley.CustomerID{c.Customer}, Case: c.ID}, nil
}

// caseNumber reads a case number as people write it: 1001, #1001, # 1001.
func caseNumber(s string) (int64, bool) {
	s = strings.TrimSpace(strings.TrimPrefix(strings.TrimSpace(s), "#"))
	n, err := strconv.ParseInt(s, 10, 64)
	return n, err == nil && n > 0
}

func byAccount(ctx context.Context, v store.View, visitor parley.Visitor) (store.Match, error) {
	number := identity.Account(visitor.AccountNumber)
	if number == "" {
		return store.Match{}, nil
	}
	return single(v.CustomerWithAccount(ctx, number))("account")
}

// customerVariable is the variable that names a customer by their id.
const customerVariable = "customer_id"

func byID(ctx context.Context, v store.View, visitor parley.Visitor) (store.Match, error) {
	id := parley.CustomerID(visitor.Variables[customerVariable])
	if id == "" {
		return store.Match{}, nil
	}
	is, err := v.HasCustomer(ctx, id)
	if err != nil || !is {
		return store.Match{}, err
	}
	return store.Match{Count: 1, Rule: "customer", Customers: []parley.CustomerID{id}}, nil
}

// byMapped looks in what customers' own fields hold.
func byMapped(ctx context.Context, v store.View, field, value string) (store.Match, error) {
	if field == "" || value == "" {
		return store.Match{}, nil
	}
	ids, err := v.CustomersWithValue(ctx, field, value, matchMax)
	return store.Match{Count: len(ids), Rule: "field", Customers: ids}, err
}

func byEmail(ctx context.Context, v store.View, visitor parley.Visitor) (store.Match, error) {
	email := identity.Email(visitor.Email)
	if email == "" {
		return store.Match{}, nil
	}
	return single(v.CustomerWithEmail(ctx, email))("email")
}

func byPhone(ctx context.Context, v store.View, visitor parley.Visitor) (store.Match, error) {
	digits := identity.Digits(visitor.Phone)
	if len(digits) < identity.DigitsMin {
		return store.Match{}, nil
	}
	ids, err := v.CustomersWithPhone(ctx, digits, matchMax)
	return store.Match{Count: len(ids), Rule: "phone", Customers: ids}, err
}

// single is a match of one customer, by a rule.
func single(id parley.CustomerID, err error) func(rule string) (store.Match, error) {
	return func(rule string) (store.Match, error) {
		return store.Match{Count: 1, Rule: rule, Customers: []parley.CustomerID{id}}, err
	}
}
