package smpp

import (
	"cmp"
	"context"
	"crypto/subtle"
	"encoding/base64"
	"errors"
	"fmt"
	"net"
	"net/http"
	"strconv"
	"strings"
	"time"

	"parley/internal/simulator"
)

// Provider opens SMPP accounts, each with a message center of its own. Settings:
// system_id, password, address (our number); listen (host:port to bind to; a free
// port of 127.0.0.1). The center tells host and port.
//
// What networks differ in: carriage (udh8, udh16, sar, payload), and yes for any
// of careless, latin, tlv, no_text, hex_ids, hold; window (submit_sm at once).
var Provider = simulator.Provider{Name: "smpp", Needs: []string{"system_id", "password", "address"}, Kinds: kinds, Open: open}

// kinds is what its phones can do.
var kinds = []string{"text", "binary", "fail", "refuse", "accept"}

// network is one account and its center.
type network struct {
	line     *simulator.Line
	handsets simulator.Handsets
	center   *Center
}

func open(l *simulator.Line) (simulator.Network, error) {
	n := &network{line: l}
	listen := l.Setting("listen")
	if listen == "" {
		listen = "127.0.0.1:0"
	}
	if host, _, err := net.SplitHostPort(listen); err != nil || !net.ParseIP(host).IsLoopback() {
		return nil, fmt.Errorf("listen is a port of this machine only, such as 127.0.0.1:2775, not %q", listen)
	}
	center, err := Listen(listen, Options{Now: l.Now, Login: n.login, Manner: n.manner, Submit: n.submit, Acked: n.answered, Log: n.log})
	if err != nil {
		return nil, err
	}
	n.center = center
	host, port, _ := net.SplitHostPort(center.Address()) // an address of our own listener
	l.Tell("host", host)
	l.Tell("port", port)
	return n, nil
}

// Close ends the center.
func (n *network) Close() error { return n.center.Close() }

// Reset forgets what phones refuse, and what waits for an ESME.
func (n *network) Reset() {
	n.handsets.Clear()
	n.center.Forget(n.line.Setting("system_id"))
}

// ServeHTTP answers what a message center has no words for: its sessions, and
// (POST) cut, unbind, enquire_link, release, release_backwards.
func (n *network) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	system := n.line.Setting("system_id")
	if r.Method == http.MethodPost {
		switch strings.TrimPrefix(r.URL.Path, "/") {
		case "cut":
			n.center.Cut(system)
		case "unbind":
			n.center.Unbind(system)
		case "enquire_link":
			n.center.EnquireLink(system)
		case "release":
			n.center.Release(system, false)
		case "release_backwards":
			n.center.Release(system, true)
		default:
			http.NotFound(w, r)
			return
		}
	}
	simulator.WriteJSON(w, http.StatusOK, map[string]any{
		"address": n.center.Address(), "bound": n.center.Bound(system), "waiting": n.center.Waiting(system),
	})
}

// Sends is false: messages come by SMPP, where submit has the weather.
func (n *network) Sends(*http.Request, []byte) bool { return false }

// Fault is never asked for, because Sends is false.
func (n *network) Fault(w http.ResponseWriter, _ simulator.Fault) {
	w.WriteHeader(http.StatusServiceUnavailable)
}

func (n *network) login(system, password string) Status {
	switch {
	case n.line.Weather().TokenExpired:
		return BindFailed
	case system != n.line.Setting("system_id"):
		return InvalidSystemID
	case subtle.ConstantTimeCompare([]byte(password), []byte(n.line.Setting("password"))) != 1:
		return InvalidPassword
	}
	return OK
}

func (n *network) manner(string) Manner {
	yes := func(key string) bool { return n.line.Setting(key) == "yes" }
	window, _ := strconv.Atoi(n.line.Setting("window")) // unset is 0: the usual one
	return Manner{
		Carriage: Carriage(n.line.Setting("carriage")), Careless: yes("careless"), Latin: yes("latin"), TLV: yes("tlv"), NoText: yes("no_text"),
		HexIDs: yes("hex_ids"), Hold: yes("hold"), Window: window, NoReceipt: !n.line.Weather().Receipts,
	}
}

// submit is the weather and the phone.
func (n *network) submit(s Submit) Verdict {
	w := n.line.Weather()
	switch {
	case n.line.Happens("fail", "", w.Fail):
		return Verdict{Status: SystemError}
	case n.line.Happens("throttle", "", w.Throttle):
		return Verdict{Status: Throttled}
	case n.line.Happens("ok_with_error", "", w.OKWithError):
		return Verdict{Status: QueueFull}
	case w.OptOut || n.handsets.Stopped("+"+s.To):
		return Verdict{Status: SubmitFailed}
	case s.From != "" && s.From != strings.TrimPrefix(n.line.Setting("address"), "+"):
		return Verdict{Status: InvalidSource}
	}
	who, id := "+"+s.To, receiptID(s.ID)
	var met simulator.Fate
	if s.Whole {
		met = n.handsets.Next(who)
	}
	if code, err := strconv.ParseUint(met.Code, 0, 32); met.Now && err == nil {
		return Verdict{Status: Status(code)}
	}
	if s.Whole {
		n.line.Show(who, simulator.Message{ID: id, From: simulator.FromCenter, Kind: "text", Text: s.Text, State: "accepted"})
	}
	v := n.fate(met.Code, w)
	v.Silent = n.line.Happens("timeout_after_accept", "", w.TimeoutAfterAccept)
	told := func(*simulator.Message) {}
	if s.Whole {
		told = func(m *simulator.Message) {
			if m.State, m.Error = "delivered", v.Err; v.Err != "" {
				m.State = "failed"
			}
		}
	}
	if w.Statuses != simulator.StatusesLate {
		n.line.Change(who, id, told)
		return v
	}
	late := v
	v.States = nil
	n.line.After(who, 10*time.Minute, func(context.Context) {
		n.line.Change(who, id, told)
		n.center.receipts(s.ID, late)
	})
	return v
}

// fate is which receipts a message gets, and when.
func (n *network) fate(code string, w simulator.Weather) Verdict {
	v := Verdict{States: []State{Enroute, Delivered}, Err: code, Early: w.Statuses == simulator.StatusesBeforeAnswer}
	if code != "" {
		v.States[1] = Undeliverable
	}
	switch w.Statuses {
	case simulator.StatusesTwice:
		v.States = []State{Enroute, v.States[1], v.States[1]}
	case simulator.StatusesOutOfOrder:
		v.States = []State{v.States[1], Enroute}
	}
	return v
}

// Say is a customer's phone: text; binary (Options octets, base64, under coding and
// class); fail, refuse and accept, whose code is the network's three digits, or (now) a
// command_status.
func (n *network) Say(_ context.Context, in simulator.In) (string, error) {
	if from, ok := simulator.E164(in.From); ok {
		in.From = from
	}
	if done, err := n.handsets.Switch(in); done {
		return "", err
	}
	n.line.Known(in)
	id := fmt.Sprintf("mo-%d", n.line.Serial())
	m := simulator.Message{ID: id, From: simulator.FromCustomer, Kind: "text", Text: in.Text, State: "accepted"}
	switch in.Kind {
	case "text":
		n.line.Show(in.From, m)
		n.handsets.Word(in.From, simulator.Keyword(in.Text))
		return id, n.text(in, id)
	case "binary":
		m.Text = "(binary)"
		n.line.Show(in.From, m)
		return id, n.binary(in, id)
	}
	return "", fmt.Errorf("%w: %s", simulator.ErrCannot, in.Kind)
}

// text sends it through the weather.
func (n *network) text(in simulator.In, id string) error {
	w := n.line.Weather()
	m := Mobile{
		From: strings.TrimPrefix(in.From, "+"), To: strings.TrimPrefix(n.line.Setting("address"), "+"), Text: in.Text, Tag: in.From + " " + id,
		Backwards: n.line.Happens("reorder", in.From, w.Reorder),
	}
	times := 1
	if n.line.Happens("duplicate", in.From, w.Duplicate) {
		times = 2
	}
	say := func() (err error) {
		for range times {
			err = errors.Join(err, n.center.Say(n.line.Setting("system_id"), m))
		}
		return err
	}
	if w.DelayMS == 0 {
		return say()
	}
	n.line.After(in.From, time.Duration(w.DelayMS)*time.Millisecond, func(context.Context) { _ = say() }) // a full center loses it
	return nil
}

func (n *network) binary(in simulator.In, id string) error {
	coding, badCoding := strconv.ParseUint(cmp.Or(in.Options["coding"], "0"), 0, 8)
	class, badClass := strconv.ParseUint(cmp.Or(in.Options["class"], "0"), 0, 8)
	octets, badOctets := base64.StdEncoding.DecodeString(in.Options["octets"])
	if err := errors.Join(badCoding, badClass, badOctets); err != nil {
		return fmt.Errorf("binary has options coding and class (numbers) and octets (base64): %w", err)
	}
	return n.center.Raw(n.line.Setting("system_id"), Raw{
		From: strings.TrimPrefix(in.From, "+"), To: strings.TrimPrefix(n.line.Setting("address"), "+"),
		Class: byte(class), Coding: byte(coding), Octets: octets, Tag: in.From + " " + id,
	})
}

// answered shows on the phone that its message arrived, or did not.
func (n *network) answered(_, tag string, status Status) {
	who, id, ok := strings.Cut(tag, " ")
	if !ok {
		return // a receipt, or a piece that is not the last
	}
	n.line.Change(who, id, func(m *simulator.Message) {
		if m.State = "delivered"; status != OK {
			m.State, m.Error = "failed", fmt.Sprintf("command_status %#x", uint32(status))
		}
	})
}

func (n *network) log(p PDU) {
	row := simulator.Request{Direction: "call", Method: p.Name, URL: fmt.Sprintf("smpp://%s/%d", n.line.Setting("system_id"), p.Sequence), Body: p.Body, Status: int(p.Status)}
	if p.Out {
		row.Direction = "webhook"
	}
	n.line.Log(row)
}
