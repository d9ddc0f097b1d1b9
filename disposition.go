package parley

// DispositionList is a list of coded results. It applies to queues and groups.
//
// Source: WRP-06.
type DispositionList struct {
	ID           ListID
	Name         string
	NameFR       string
	Required     bool
	Multiple     bool
	Queues       []QueueID
	Groups       []GroupID
	Dispositions []Disposition // in order
	Rev          int64
}

// Disposition is one coded result.
type Disposition struct {
	ID     DispositionID
	Name   string
	NameFR string
	Short  string
	Report string
	Active bool
}
