package main

import (
	"context"
	"fmt"
	"net/url"
	"os"
	"slices"
	"strings"
	"time"

	"parley/internal/drill/people"
	"parley/internal/store/storetest"
)

// samples is how often each list is asked for; every second time it is its
// second page.
const samples = 200

// listTarget is what 99 of 100 answers shall stay below.
const listTarget = 10 * time.Millisecond

// offered returns the lists of the screens with each of their filters, alone and
// together, and with what hardly any row fits.
func (x ids) offered() []string {
	const often = string(storetest.Often)
	var all []string
	add := func(path string, filters ...string) {
		for _, f := range filters {
			all = append(all, path+"?limit=50"+f)
		}
	}
	add("/api/customers", "", "&sort=created", "&q=cust9", "&q=cust", "&q=bench+cust12", "&q=cust12345678@example", "&q=1555", "&q=B1000", "&q=nobody",
		"&open=true", "&open=true&q=cust1")
	add("/api/cases", "", "&status=open", "&status=closed", "&unlinked=true", "&unlinked=true&status=open", "&draft=all", "&draft=all&status=open",
		"&draft=mine", "&q=cust12", "&q=bench", "&q=cust12&status=open", "&q=cust12&draft=all", "&q=1000000007", "&customer="+often, "&customer="+often+"&status=open",
		"&channel=webchat", "&channel=sms", "&channel=telegram", "&channel=sms&status=open", "&channel=webchat&status=closed", "&channel=sms&unlinked=true")
	var talks []string
	for _, state := range []string{"", "&state=logged", "&state=abandoned", "&state=queue_timeout", "&state=diverted"} {
		for _, queue := range []string{"", x.Busy, x.Seldom, x.never} {
			for _, agent := range []string{"", x.Amy, x.Bob, x.sam} {
				talks = append(talks, state+told("queue", queue)+told("agent", agent))
				if agent == x.Bob || queue == x.Seldom || agent == "" && queue == "" {
					talks = append(talks, state+told("queue", queue)+told("agent", agent)+"&channel=webchat", state+told("queue", queue)+told("agent", agent)+"&channel=sms")
				}
			}
		}
	}
	add("/api/interactions", talks...)
	day := fmt.Sprintf("&from=%d&to=%d", storetest.Filled.UnixMilli(), storetest.Filled.Add(time.Hour).UnixMilli())
	add("/api/interactions", day, day+"&state=logged", day+"&queue="+x.Busy, day+"&agent="+x.Amy, day+"&agent="+x.Amy+"&state=abandoned")
	for _, state := range []string{"", "&state=new", "&state=taken", "&state=replied", "&state=done"} {
		add("/api/missed", state, state+"&kind=abandoned", state+"&kind=queue_timeout", state+"&kind=skipped")
	}
	for _, queue := range []string{"", x.Busy, x.Seldom, x.never} {
		add("/api/offers", told("queue", queue), told("queue", queue)+"&agent="+x.Amy, told("queue", queue)+"&agent="+x.Bob, told("queue", queue)+"&agent="+x.sam)
	}
	add("/api/admin/audit", "")
	add("/api/customers/"+often+"/cases", "")
	add("/api/customers/"+often+"/interactions", "")
	return all
}

func told(name, value string) string {
	if value == "" {
		return ""
	}
	return "&" + name + "=" + value
}

// lists times each list the screens offer at three sizes.
func lists(ctx context.Context, b *bench) error {
	return b.onEach(ctx, func(ctx context.Context, name, database string) error {
		t, err := open(ctx, b, database, 0)
		if err != nil {
			return err
		}
		defer t.close()
		x, err := t.ids(ctx)
		if err != nil {
			return err
		}
		had := 0
		for _, rows := range []int{b.rows / 100, b.rows / 10, b.rows} {
			t.server.Stop()
			if err := records(ctx, t.dsn(), x, had, rows); err != nil {
				return fmt.Errorf("seed %d: %w", rows, err)
			}
			had = rows
			if err := t.server.Start(ctx); err != nil {
				return err
			}
			all, err := t.each(ctx, x.offered())
			if err != nil {
				return err
			}
			slow := 0
			for _, l := range all {
				fmt.Fprintf(os.Stderr, "    %s, %d rows: p50 %s, p99 %s %s\n", name, rows, short(l.at(50)), short(l.at(99)), l.path)
				if l.at(99) > listTarget {
					slow++
				}
			}
			worst := slices.MaxFunc(all, func(a, b *timed) int { return int(a.at(99) - b.at(99)) })
			b.report.add(row{what: fmt.Sprintf("%s, any list and filter, %d rows", name, rows), got: "worst p99 " + short(worst.at(99)), target: "p99 10 ms",
				note: fmt.Sprintf("`%s`; %d of %d lists above the target; %d HTTP round trips each", worst.path, slow, len(all), samples)})
		}
		return nil
	})
}

// timed is how long one list took.
type timed struct {
	path string
	spread
}

// stay signs ada in and keeps her connected: who is not is logged out after a while.
func (t *town) stay(ctx context.Context) (err error) {
	if t.ada, err = people.SignIn(ctx, t.server.URL, "ada", "demo"); err != nil {
		return err
	}
	ada := t.ada
	go func() {
		for ctx.Err() == nil {
			now, err := ada.Snapshot(ctx)
			if err != nil {
				return // the lists will say so too
			}
			_, _ = ada.Follow(ctx, now.N, drop) // it ends where a new snapshot is asked for
		}
	}()
	return nil
}

// each asks for every list and for the page after its first.
func (t *town) each(ctx context.Context, paths []string) ([]*timed, error) {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	if err := t.stay(ctx); err != nil {
		return nil, err
	}
	var all []*timed
	for _, path := range paths {
		l := &timed{path: path}
		second := path
		for i := range samples {
			var page struct{ Next string }
			began := time.Now()
			if err := t.ada.Do(ctx, "GET", []string{path, second}[i%2], nil, &page); err != nil {
				return nil, fmt.Errorf("%s: %w", path, err)
			}
			l.took(time.Since(began))
			if i == 0 && page.Next != "" {
				second = path + "&after=" + url.QueryEscape(page.Next)
			}
		}
		all = append(all, l)
	}
	return all, nil
}

// ids returns whom the rows shall name.
func (t *town) ids(ctx context.Context) (ids, error) {
	x := ids{Fill: storetest.Fill{EntryPoint: t.entry, Busy: t.queue, Old: 100}}
	var agents struct{ Items []struct{ ID, Login string } }
	if err := t.ada.Do(ctx, "GET", "/api/admin/agents", nil, &agents); err != nil {
		return x, err
	}
	for _, a := range agents.Items {
		switch a.Login {
		case "amy":
			x.Amy = a.ID
		case "bob":
			x.Bob = a.ID
		case "sam":
			x.sam = a.ID
		}
	}
	var queues struct{ Items []struct{ ID, Name string } }
	if err := t.ada.Do(ctx, "GET", "/api/admin/queues", nil, &queues); err != nil {
		return x, err
	}
	for _, q := range queues.Items {
		switch {
		case q.ID == x.Busy:
		case x.Seldom == "":
			x.Seldom = q.ID
		case x.never == "":
			x.never = q.ID
		}
	}
	if strings.Contains("|"+strings.Join([]string{x.Amy, x.Bob, x.sam, x.Seldom, x.never}, "|")+"|", "||") {
		return x, fmt.Errorf("the demo lacks an agent or a queue: %+v", x)
	}
	return x, nil
}
