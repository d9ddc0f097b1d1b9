package drill

import (
	"context"
	"fmt"
	"net/url"
	"strings"
	"time"

	"parley/internal/drill/people"
	"parley/internal/simulator"
)

// spoken is a message as an administrator reads it.
type spoken struct {
	people.Message
	Delivery *struct{ State, Code, Detail string } `json:"delivery"`
}

// audit compares what people know with what the server keeps and the phones show.
func (x *exchange) audit(ctx context.Context) {
	x.t.Helper()
	var talks [][]spoken
	settled := func() bool { // nothing is on its way any more
		var err error
		if x.ada, err = people.SignIn(ctx, x.base, "ada", "demo"); err != nil { // who is not connected is logged out after a while
			x.t.Fatal(err)
		}
		talks = x.readBack(ctx)
		on := 0
		for _, talk := range talks {
			for _, m := range talk {
				if m.Delivery != nil && m.Delivery.State == "pending" {
					on++
				}
			}
		}
		return on == 0 && x.missing(talks) == 0
	}
	for end := time.Now().Add(2 * time.Minute); !settled() && time.Now().Before(end) && ctx.Err() == nil; {
		time.Sleep(2 * time.Second)
	}
	came := x.auditIn(talks)
	sent, doubtful := x.auditOut(talks)
	if came == 0 || sent == 0 {
		x.t.Error("nothing was said: the drill proved nothing")
	}
	x.t.Logf("%d conversations: %d lines of customers, %d of agents of which %d unconfirmed; 0 lost, 0 twice", len(talks), came, sent, doubtful)
}

// readBack reads every conversation that came by a network, oldest line first.
func (x *exchange) readBack(ctx context.Context) (talks [][]spoken) {
	x.t.Helper()
	ids := map[string]bool{}
	x.pages(ctx, "/api/interactions?limit=50", func(i people.Interaction) { ids[i.Conversation] = true })
	now, err := x.ada.Snapshot(ctx)
	if err != nil {
		x.t.Fatal(err)
	}
	for _, i := range now.Interactions {
		ids[i.Conversation] = true
	}
	for id := range ids {
		var talk []spoken
		for before := ""; ; {
			var page struct {
				Items []spoken
				Next  string
			}
			if err := x.ada.Do(ctx, "GET", "/api/conversations/"+id+"/messages?limit=100"+before, nil, &page); err != nil {
				x.t.Fatal(err)
			}
			talk = append(append([]spoken{}, page.Items...), talk...)
			if before = "&before=" + page.Next; page.Next == "" {
				break
			}
		}
		talks = append(talks, talk)
	}
	return talks
}

// pages goes through a list.
func (x *exchange) pages(ctx context.Context, path string, take func(people.Interaction)) {
	x.t.Helper()
	for after := ""; ; {
		var page struct {
			Items []people.Interaction
			Next  string
		}
		if err := x.ada.Do(ctx, "GET", path+after, nil, &page); err != nil {
			x.t.Fatal(err)
		}
		for _, i := range page.Items {
			take(i)
		}
		if after = "&after=" + url.QueryEscape(page.Next); page.Next == "" {
			return
		}
	}
}

// missing counts what a network was told that we have, and we do not.
func (x *exchange) missing(talks [][]spoken) (n int) {
	there := map[string]bool{}
	for _, talk := range talks {
		for _, m := range talk {
			there[m.Text] = true
		}
	}
	for text, acknowledged := range x.kept {
		if acknowledged && !there[text] {
			n++
		}
	}
	return n
}

// auditIn holds that everything a network was told we have is there once, numbered
// without a gap, and nothing nobody said. SMPP numbers nothing: what a killed server
// had kept and not answered for is brought again, and cannot be told from a customer
// who said it twice.
func (x *exchange) auditIn(talks [][]spoken) (came int) {
	x.t.Helper()
	again := 0
	defer func() {
		if most := phonesPerNetwork * (x.kills + 1); again > most {
			x.t.Errorf("R-43: %d lines came twice by SMPP, more than the %d that were under way when the server was killed", again, most)
		}
	}()
	seen := map[string]bool{}
	for _, talk := range talks {
		for i, m := range talk {
			if m.Seq != int64(i+1) {
				x.t.Errorf("P3: %s has seq %d at place %d", m.Conversation, m.Seq, i+1)
			}
			if m.Sender != "customer" {
				continue
			}
			if _, said := x.kept[m.Text]; !said {
				x.t.Errorf("phantom: nobody said %q", m.Text)
			}
			switch {
			case seen[m.Text] && strings.HasPrefix(m.Text, "acc-smpp/"):
				again++
			case seen[m.Text]:
				x.t.Errorf("R-43: %q is there twice", m.Text)
			}
			seen[m.Text] = true
		}
	}
	for text, acknowledged := range x.kept {
		if acknowledged && !seen[text] {
			x.t.Errorf("P1: the network was told that we have %q, and it is lost", text)
		}
	}
	return len(seen)
}

// auditOut holds that what agents sent is on the customer's phone once, or is
// shown as unconfirmed and there once at most.
func (x *exchange) auditOut(talks [][]spoken) (sent, doubtful int) {
	x.t.Helper()
	shown := map[string]int{}
	place := map[string]string{} // line to "phone and place on it", in order
	for _, l := range lines() {
		for i, m := range x.phones.Sees(l.account, l.who) {
			if m.From == simulator.FromCenter {
				shown[m.Text]++
				place[m.Text] = fmt.Sprintf("%s %06d", l.who, i)
			}
		}
	}
	kept := map[string]people.Ack{}
	for _, talk := range talks {
		last := ""
		for _, m := range talk {
			if m.Sender != "agent" {
				continue
			}
			sent++
			kept[m.Text] = people.Ack{ID: m.ID, Seq: m.Seq}
			state, times := "none", shown[m.Text]
			if m.Delivery != nil {
				state = m.Delivery.State
			}
			switch state {
			case "sent", "delivered", "read", "played":
				if times != 1 {
					x.t.Errorf("R-46: %q is %s, and on the phone %d times", m.Text, state, times)
				}
			case "unconfirmed":
				if doubtful++; times > 1 {
					x.t.Errorf("M12: %q is on the phone %d times", m.Text, times)
				}
			default:
				x.t.Errorf("R-46: %q ended as %s (%+v)", m.Text, state, m.Delivery)
			}
			if at := place[m.Text]; at != "" {
				if at < last {
					x.t.Errorf("CNV-02: %q is on the phone before the line that was written first", m.Text)
				}
				last = at
			}
		}
	}
	for text, n := range shown {
		if _, ours := kept[text]; !ours && strings.HasPrefix(text, "an answer") {
			x.t.Errorf("P1: the phone shows %q %d times, and we do not have it", text, n)
		}
	}
	for text, ack := range x.book.known() {
		if kept[text] != ack {
			x.t.Errorf("P1: %q was acknowledged as %v and is %v", text, ack, kept[text])
		}
	}
	return sent, doubtful
}
