package conformance

import (
	"errors"

	"parley/internal/crm"
)

// owned files a log as the user's with the agent's address, and another's after it.
func owned(d *desk) {
	amy, sam := d.employ("Amy.Wong@example.com", nil), d.employ("sam@example.com", nil)
	if got := d.user("amy.wong@example.com"); got != amy {
		d.t.Fatalf("amy is %q, want %q", got, amy)
	}
	l := call()
	d.file(l)
	ours := d.owner()
	if ours == "" || ours == amy {
		d.t.Errorf("at first it is %q's", ours)
	}
	l.Owner = amy
	d.file(l)
	d.one(l)
	if got := d.owner(); got != amy {
		d.t.Errorf("it is %q's, want amy's", got)
	}
	l.Owner, l.Regarding = "", d.keep(d.crm.Spec().Objects[0], Person{First: "Marie", Last: "Tremblay", Phone: "514 555 0101"})
	d.file(l)
	d.one(l)
	if got := d.owner(); got != amy {
		d.t.Errorf("without an owner it became %q's, want it to stay amy's", got)
	}
	l.Owner = sam
	d.file(l)
	d.one(l)
	if got := d.owner(); got != sam {
		d.t.Errorf("it is %q's, want sam's", got)
	}
}

// ownerless asks for those who are nobody there, two, or no longer there.
func ownerless(d *desk) {
	first := d.employ("amy@example.com", nil)
	gone := d.employ("bob@example.com", d.held.Users.Gone)
	if got := d.user("amy@example.com"); got != first {
		d.t.Errorf("amy is %q, want %q", got, first)
	}
	d.employ("amy@example.com", nil)
	for _, email := range []string{"amy@example.com", "bob@example.com", "nobody@example.com", "_my@example.com", "x' or isdisabled eq false or internalemailaddress eq '", `\' OR Id != null`} {
		if got := d.user(email); got != "" {
			d.t.Errorf("%s is %q, want nobody", email, got)
		}
	}
	l := call()
	l.Owner = gone
	if _, err := d.crm.Log(d.t.Context(), d.to, l); err == nil || !refusedFor(err) {
		d.t.Errorf("somebody who left owns a log: %v", err)
	}
	l.Owner = ""
	d.file(l)
	d.one(l)
}

// refusedFor reports whether a refusal is one that a log without an owner may not meet.
func refusedFor(err error) bool {
	var e *crm.Error
	return errors.As(err, &e) && (e.Code == crm.Forbidden || e.Code == crm.NotFound || e.Code == crm.BadRequest)
}

// owner is whose the only log is.
func (d *desk) owner() string {
	d.t.Helper()
	logs := d.logs()
	if len(logs) != 1 {
		d.t.Fatalf("%d logs are there", len(logs))
	}
	return logs[0].Fields[d.held.Users.Owner]
}
