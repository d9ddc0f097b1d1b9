package parley

// CustomField is a field that a center adds to its customers or its cases. Its type
// never changes: what is kept would no longer fit.
//
// Source: CRM-05.
type CustomField struct {
	ID         FieldID
	Object     FieldObject
	Name       string // of the API and of imports, unique for its object
	Label      string
	LabelFR    string
	Type       FieldType
	Default    string   // what a new record says
	Length     int      // code points at most, of text, url and number
	Options    []string // of a pick list
	Predefined bool     // comes with the product: may change, not go
	Active     bool     // is asked for; what is kept stays
	Order      int
	Rev        int64
}

// FieldObject is what has a field.
type FieldObject string

// The objects with fields.
const (
	OfCustomer FieldObject = "customer"
	OfCase     FieldObject = "case"
)

// FieldType is what a field holds.
type FieldType string

// The five types. A number is written with digits and a point, a date as
// 2026-03-02.
const (
	FieldText     FieldType = "text"
	FieldURL      FieldType = "url"
	FieldNumber   FieldType = "number"
	FieldDate     FieldType = "date"
	FieldPickList FieldType = "pick_list"
)
