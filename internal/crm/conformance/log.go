package conformance

import (
	"strings"
	"time"

	"parley/internal/crm"
	"parley/internal/simulator/simtest"
)

const logID = "0199a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5b"

// call is a finished conversation.
func call() crm.Log {
	at := simtest.Morning
	return crm.Log{
		ID: logID, Subject: "WhatsApp with Marie Tremblay", Transaction: "int_1", Origin: "int_0", Channel: "whatsapp", Queue: "Support", Agent: "Amy Wong", Phone: phone,
		Initiated: at, Accepted: at.Add(20 * time.Second), Ended: at.Add(7 * time.Minute), Codes: []string{"Solved", "Billing"}, Notes: "She paid twice.",
		Transcript: "09:00 Marie: Bonjour ?\n09:01 Amy: Bonjour Marie, d\u00e9sol\u00e9e pour l'attente.\n",
	}
}

// file must succeed.
func (d *desk) file(l crm.Log) crm.Ref {
	d.t.Helper()
	ref, err := d.crm.Log(d.t.Context(), d.to, l)
	if err != nil {
		d.t.Fatal(err)
	}
	if ref.Object != d.kind() || ref.ID == "" {
		d.t.Errorf("%+v", ref)
	}
	return ref
}

// one asserts that there is one log, closed, regarding that record, with all of
// the transcript exactly once.
func (d *desk) one(l crm.Log) {
	d.t.Helper()
	logs := d.logs()
	if len(logs) != 1 {
		d.t.Fatalf("%d logs are there", len(logs))
	}
	if logs[0].Name != l.Subject || logs[0].Regarding != l.Regarding.ID || !logs[0].Closed {
		d.t.Errorf("%+v", logs[0])
	}
	text := d.held.Text(d.book.Records(), logs[0].ID)
	if n := strings.Count(text, strings.TrimSpace(l.Transcript)); n != 1 {
		d.t.Errorf("the transcript is there %d times:\n%.2000s", n, text)
	}
}

func logged(d *desk) {
	l := call()
	l.Regarding = d.keep(d.crm.Spec().Objects[0], Person{First: "Marie", Last: "Tremblay", Phone: "514 555 0101"})
	first := d.file(l)
	d.one(l)
	if second := d.file(l); second != first {
		d.t.Errorf("%v, then %v", first, second)
	}
	d.one(l)
	l.Transcript += "09:07 Marie: Merci !\n"
	l.Subject = "WhatsApp with Marie Tremblay, again"
	d.file(l)
	d.one(l)
	other := l
	other.ID = "0199a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5c"
	if d.file(other) == first || len(d.logs()) != 2 {
		d.t.Errorf("another conversation is %v", d.logs())
	}
}

func relinked(d *desk) {
	l := call()
	for _, object := range d.crm.Spec().Objects {
		l.Regarding = d.keep(object, Person{First: "Marie", Last: "Tremblay", Company: "Boulangerie", Phone: "514 555 0101"})
		d.file(l)
		d.one(l)
	}
}

func unlinked(d *desk) {
	l := call()
	d.file(l)
	d.one(l)
	l.Regarding = d.keep(d.crm.Spec().Objects[0], Person{First: "Marie", Last: "Tremblay", Phone: "514 555 0101"})
	d.file(l)
	d.one(l)
}

func long(d *desk) {
	l := call()
	l.Transcript = strings.Repeat("09:01 Amy: D\u00e9sol\u00e9e \U0001f600\n", d.crm.Spec().NoteMax/16) + "the end"
	l.Notes = strings.Repeat("A long note. ", 400)
	l.Subject = strings.Repeat("Subject ", 60)
	ref := d.file(l)
	d.file(l)
	text := d.held.Text(d.book.Records(), ref.ID)
	if len(d.logs()) != 1 || strings.Count(text, l.Transcript) != 1 {
		d.t.Errorf("%d logs, %d of %d characters", len(d.logs()), len(text), len(l.Transcript))
	}
	if !strings.Contains(text, strings.TrimSpace(l.Notes)) {
		d.t.Error("the notes are cut")
	}
	short := call()
	short.Subject = l.Subject
	d.file(short)
	if text := d.held.Text(d.book.Records(), ref.ID); strings.Contains(text, "the end") || !strings.Contains(text, strings.TrimSpace(short.Transcript)) {
		d.t.Error("the old transcript is still there")
	}
}

func says(d *desk) {
	l := call()
	ref := d.file(l)
	text := d.held.Text(d.book.Records(), ref.ID)
	for _, want := range []string{"whatsapp", "Support", "Amy Wong", "2026-03-02 09:00:00", "2026-03-02 09:00:20", "2026-03-02 09:07:00", "Solved", "Billing", "int_1", "int_0", "She paid twice.", phone} {
		if !strings.Contains(text, want) {
			d.t.Errorf("%q is nowhere in\n%s", want, text)
		}
	}
}
