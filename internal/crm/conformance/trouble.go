package conformance

import (
	"errors"
	"strings"
	"testing"
	"time"

	"parley/internal/crm"
	"parley/internal/simulator"
)

// patience is how often something is tried while the weather is bad.
const patience = 200

// try repeats what may be repeated, as the courier of logs does.
func try(t *testing.T, do func() error) (tries int) {
	t.Helper()
	for tries = 1; tries <= patience; tries++ {
		err := do()
		var e *crm.Error
		switch {
		case err == nil:
			return tries
		case !errors.As(err, &e) || e.Code != crm.Transient && e.Code != crm.Throttled:
			t.Fatalf("try %d: %v", tries, err)
		}
	}
	t.Fatalf("given up after %d tries", tries)
	return tries
}

func lost(d *desk) { d.weathered(call().Transcript, unanswered) }

func lostLong(d *desk) {
	d.weathered(strings.Repeat("09:01 Amy: Un instant.\n", d.crm.Spec().NoteMax/16), unanswered)
}

func halfFails(d *desk) {
	d.weathered(call().Transcript, func(w *simulator.Weather) { w.Fail, w.Throttle = 0.4, 0.2 })
}

func unanswered(w *simulator.Weather) { w.TimeoutAfterAccept = 0.5 }

// weathered files ten conversations, re-links and updates them in bad weather:
// each arrives once.
func (d *desk) weathered(transcript string, weather func(*simulator.Weather)) {
	marie := d.keep(d.crm.Spec().Objects[0], Person{First: "Marie", Last: "Tremblay", Phone: "514 555 0101"})
	d.Set(weather)
	tries := 0
	for i := range 10 {
		l := call()
		l.Transcript, l.ID = transcript, logID[:len(logID)-1]+string(rune('0'+i))
		for range 2 {
			tries += try(d.t, func() error {
				_, err := d.crm.Log(d.t.Context(), d.to, l)
				return err
			})
			l.Regarding = marie
		}
	}
	d.Set(func(*simulator.Weather) {})
	if tries == 20 {
		d.t.Error("nothing went wrong: the weather was not bad")
	}
	logs := d.logs()
	if len(logs) != 10 {
		d.t.Fatalf("%d logs are there, not 10", len(logs))
	}
	for _, one := range logs {
		if one.Regarding != marie.ID || !one.Closed {
			d.t.Errorf("%+v", one)
		}
		if text := d.held.Text(d.book.Records(), one.ID); countIn(text, transcript) != 1 {
			d.t.Errorf("the transcript of %s is there %d times", one.ID, countIn(text, transcript))
		}
	}
}

// createLost makes contacts while answers are lost: whoever is asked twice finds
// the duplicate.
func createLost(d *desk) {
	d.Set(func(w *simulator.Weather) { w.TimeoutAfterAccept = 0.5 })
	for _, name := range []string{"marie", "noah", "mei", "sean", "zoe"} {
		p := crm.Prefill{FirstName: name, LastName: "Tremblay", Email: name + "@example.com"}
		try(d.t, func() error {
			_, err := d.crm.Create(d.t.Context(), d.to, p)
			if e := (*crm.Error)(nil); errors.As(err, &e) && e.Code == crm.Duplicate {
				return nil
			}
			return err
		})
	}
	d.Set(func(*simulator.Weather) {})
	if n := len(d.contacts()); n != 5 {
		d.t.Errorf("%d contacts, not 5", n)
	}
}

func throttles(d *desk) {
	d.search(crm.Query{Phone: phone})
	d.Set(func(w *simulator.Weather) { w.Throttle = 1 })
	_, err := d.crm.Search(d.t.Context(), d.to, crm.Query{Phone: phone})
	d.refuses(err, crm.Throttled)
	_, err = d.crm.Log(d.t.Context(), d.to, call())
	d.refuses(err, crm.Throttled)
	d.Set(func(*simulator.Weather) {})
	d.file(call())
	d.one(call())
}

// expired lets tokens end, by the clock and before it.
func expired(d *desk) {
	d.search(crm.Query{Phone: phone})
	d.Set(func(w *simulator.Weather) { w.TokenExpired = true })
	d.search(crm.Query{Phone: phone})
	d.file(call())
	d.Set(func(*simulator.Weather) {})
	d.Advance(25 * time.Hour)
	d.search(crm.Query{Phone: phone})
	d.one(call())
}

func deleted(d *desk) {
	l := call()
	l.Regarding = d.keep(d.crm.Spec().Objects[0], Person{First: "Marie", Last: "Tremblay"})
	if err := d.book.Forget(l.Regarding.Object, l.Regarding.ID); err != nil {
		d.t.Fatal(err)
	}
	_, err := d.crm.Log(d.t.Context(), d.to, l)
	d.refuses(err, crm.NotFound)
	l.Regarding = crm.Ref{}
	d.file(l)
	d.one(l)
}

func forbidden(d *desk) {
	d.again(d.held.Deny[0], d.held.Deny[1])
	_, err := d.crm.Search(d.t.Context(), d.to, crm.Query{Phone: phone})
	d.refuses(err, crm.Forbidden)
	_, err = d.crm.Check(d.t.Context(), d.to)
	d.refuses(err, crm.Forbidden)
}

func wrong(d *desk) {
	for _, w := range d.held.Wrong {
		to := d.held.To(d.Account)
		to.ID, to.Now, to.Objects = "crm_wrong", d.Now, d.crm.Spec().Objects
		w.Break(&to)
		_, err := d.crm.Search(d.t.Context(), to, crm.Query{Phone: phone})
		var e *crm.Error
		if !errors.As(err, &e) || e.Code != w.Want {
			d.t.Errorf("%s: %v, want %s", w.Name, err, w.Want)
		}
		_, err = d.crm.Check(d.t.Context(), to)
		if !errors.As(err, &e) || e.Code != w.Want {
			d.t.Errorf("%s: checked, %v, want %s", w.Name, err, w.Want)
		}
	}
}

func checked(d *desk) {
	h, err := d.crm.Check(d.t.Context(), d.to)
	if err != nil || h.Account == "" || h.User == "" {
		d.t.Errorf("%+v, %v", h, err)
	}
}
