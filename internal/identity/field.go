package identity

import (
	"net/url"
	"slices"
	"strconv"
	"time"
	"unicode/utf8"

	"parley"
)

// FieldValue returns a value as a field keeps it, and what is wrong with it, ""
// if nothing. An empty value is none.
//
// Source: CRM-05.
func FieldValue(field parley.CustomField, given string) (value, fault string) {
	value = Text(given)
	if value == "" {
		return "", ""
	}
	var f parley.Faults
	f.Text("", value, 0, lengthOf(field))
	if len(f) > 0 {
		return value, f[0].Code
	}
	ok := true
	switch field.Type {
	case parley.FieldURL:
		u, err := url.Parse(value)
		ok = err == nil && (u.Scheme == "https" || u.Scheme == "http") && u.Host != ""
	case parley.FieldNumber:
		_, err := strconv.ParseFloat(value, 64)
		ok = err == nil && numeric(value)
	case parley.FieldDate:
		_, err := time.Parse(time.DateOnly, value)
		ok = err == nil
	case parley.FieldPickList:
		ok = slices.Contains(field.Options, value)
	}
	if !ok {
		return value, "not_a_" + string(field.Type)
	}
	return value, ""
}

// lengthOf returns how long a value may be: only some types are bounded by
// their field.
func lengthOf(field parley.CustomField) int {
	if field.Length > 0 {
		return field.Length
	}
	return FieldLengthMax
}

// FieldLengthMax is how long a value may be at most.
//
// Unit: code points.
const FieldLengthMax = 2000

// numeric reports whether a number is written with digits, a sign and a point
// only: no exponent, no infinity.
func numeric(s string) bool {
	for _, r := range s {
		if (r < '0' || r > '9') && r != '.' && r != '-' && r != '+' || r >= utf8.RuneSelf {
			return false
		}
	}
	return true
}
