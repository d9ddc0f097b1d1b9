package smpp

import (
	"bytes"
	"fmt"
	"net"
	"strings"
	"testing"
	"time"
)

var noon = time.Date(2026, 3, 2, 12, 0, 0, 0, time.UTC)

// esme is a client in a few lines: requests out, units in.
type esme struct {
	t    *testing.T
	conn net.Conn
	n    uint32
}

// dial connects to a center that ends with the test.
func dial(t *testing.T, c *Center) *esme {
	t.Helper()
	return dialTo(t, c.Address())
}

// dialTo connects to an address.
func dialTo(t *testing.T, address string) *esme {
	t.Helper()
	conn, err := net.Dial("tcp", address)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close() })
	return &esme{t: t, conn: conn}
}

func listen(t *testing.T, o Options) *Center {
	t.Helper()
	o.Now = func() time.Time { return noon }
	c, err := Listen("127.0.0.1:0", o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = c.Close() })
	return c
}

// tell writes a unit without waiting.
func (e *esme) tell(command Command, body []byte) uint32 {
	e.t.Helper()
	e.n++
	if _, err := e.conn.Write(pdu{command: command, sequence: e.n, body: body}.bytes()); err != nil {
		e.t.Fatal(err)
	}
	return e.n
}

// hear reads the next unit.
func (e *esme) hear() pdu {
	e.t.Helper()
	_ = e.conn.SetReadDeadline(time.Now().Add(20 * time.Second))
	p, err := readPDU(e.conn)
	if err != nil {
		e.t.Fatal(err)
	}
	return p
}

// call writes a unit and reads the next one.
func (e *esme) call(command Command, body []byte) pdu {
	e.t.Helper()
	e.tell(command, body)
	return e.hear()
}

func (e *esme) bind(command Command) {
	e.t.Helper()
	if p := e.call(command, bindBody("amy", "secret")); p.status != OK || p.command != command|answer {
		e.t.Fatalf("bind: %+v", p)
	}
}

// ack answers a deliver_sm.
func (e *esme) ack(p pdu, status Status) {
	e.t.Helper()
	if _, err := e.conn.Write(pdu{command: deliverAnswer, status: status, sequence: p.sequence, body: []byte{0}}.bytes()); err != nil {
		e.t.Fatal(err)
	}
}

func bindBody(system, password string) []byte {
	var w writer
	w.text(system)
	w.text(password)
	w.text("")
	w.octets(versionThirtyFour, 0, 0)
	w.text("")
	return w.out
}

func message(text string) short {
	octets, coding := encode(text, false)
	return short{from: "15145550100", to: "15145550134", coding: coding, registered: 1, text: octets}
}

func parse(t *testing.T, p pdu) short {
	t.Helper()
	s, status := parseShort(p.body)
	if p.command != deliverSM || status != OK {
		t.Fatalf("not a deliver_sm: %+v", p)
	}
	return s
}

func TestARefusedBindHasNoBodyAndMayBeTriedAgain(t *testing.T) {
	c := listen(t, Options{Login: func(_, password string) Status {
		if password != "secret" {
			return InvalidPassword
		}
		return OK
	}})
	e := dial(t, c)
	if p := e.call(bindTransceiver, bindBody("amy", "wrong")); p.status != InvalidPassword || len(p.body) != 0 {
		t.Errorf("wrong password: %+v", p)
	}
	if p := e.call(submitSM, message("too early").bytes()); p.status != WrongBindState {
		t.Errorf("submit before bind: %+v", p)
	}
	e.bind(bindTransceiver)
	if p := e.call(bindTransceiver, bindBody("amy", "secret")); p.status != AlreadyBound {
		t.Errorf("bound twice: %+v", p)
	}
	if p := e.call(enquireLink, nil); p.command != enquireLinkAnswer {
		t.Errorf("enquire_link: %+v", p)
	}
	if p := e.call(Command(0x7777), nil); p.command != genericNack || p.status != InvalidCommand {
		t.Errorf("unknown command: %+v", p)
	}
	if p := e.call(unbind, nil); p.command != unbindAnswer {
		t.Errorf("unbind: %+v", p)
	}
	if _, err := readPDU(e.conn); err == nil {
		t.Error("the connection goes on after unbind")
	}
}

func TestAnImpossibleLengthIsNackedAndCut(t *testing.T) {
	e := dial(t, listen(t, Options{}))
	if _, err := e.conn.Write([]byte{0xFF, 0, 0, 0, 0, 0, 0, 4, 0, 0, 0, 0, 0, 0, 0, 9}); err != nil {
		t.Fatal(err)
	}
	if p := e.hear(); p.command != genericNack || p.status != InvalidPDULength || p.sequence != 9 {
		t.Errorf("got %+v", p)
	}
	if _, err := readPDU(e.conn); err == nil {
		t.Error("the connection goes on")
	}
}

func TestReceiptsComeAsTextAndAsTLVs(t *testing.T) {
	for _, want := range []struct {
		manner Manner
		id     string
		text   bool
		tlv    bool
	}{
		{Manner{}, "3735928560", true, false},
		{Manner{HexIDs: true}, "DEADBEF0", true, false},
		{Manner{TLV: true, HexIDs: true}, "DEADBEF0", true, true},
		{Manner{TLV: true, NoText: true}, "3735928560", false, true},
	} {
		c := listen(t, Options{Manner: func(string) Manner { return want.manner }})
		e := dial(t, c)
		e.bind(bindTransceiver)
		p := e.call(submitSM, message("On it!").bytes())
		if string(p.body) != want.id+"\x00" {
			t.Errorf("%+v: id %q, not %q", want.manner, p.body, want.id)
		}
		s := parse(t, e.hear())
		if s.class&0x3C != classReceipt || s.from != "15145550134" || s.to != "15145550100" {
			t.Errorf("no receipt: %+v", s)
		}
		text := "id:3735928560 sub:001 dlvrd:001 submit date:2603021200 done date:2603021200 stat:DELIVRD err:000 text:On it!"
		if !want.text {
			text = ""
		}
		if string(s.text) != text {
			t.Errorf("%+v: text %q", want.manner, s.text)
		}
		if has := string(s.tlvs[tagReceiptedID]) == "3735928560\x00" && bytes.Equal(s.tlvs[tagState], []byte{2}); has != want.tlv {
			t.Errorf("%+v: TLVs %v", want.manner, s.tlvs)
		}
	}
}

func TestOnlyAskedForReceiptsCome(t *testing.T) {
	for _, each := range []struct {
		registered byte
		state      State
		want       bool
	}{
		{0, Delivered, false},
		{1, Delivered, true},
		{1, Undeliverable, true},
		{2, Delivered, false},
		{2, Rejected, true},
		{1, Enroute, false},
		{0x11, Enroute, true},
	} {
		if got := wanted(each.registered, each.state); got != each.want {
			t.Errorf("registered_delivery %#x, %s: %v", each.registered, each.state, got)
		}
	}
}

func TestWhatWasNotAnsweredIsSentAgain(t *testing.T) {
	c := listen(t, Options{})
	for _, text := range []string{"one", "two", "three"} {
		if err := c.Say("amy", Mobile{From: "15145550134", To: "15145550100", Text: text}); err != nil {
			t.Fatal(err)
		}
	}
	first := dial(t, c)
	first.bind(bindReceiver)
	first.ack(first.hear(), OK)
	for range 2 {
		first.hear()
	}
	if p := first.call(enquireLink, nil); p.command != enquireLinkAnswer { // the ack before it has been read
		t.Fatalf("got %+v", p)
	}
	_ = first.conn.Close()
	second := dial(t, c)
	second.bind(bindTransceiver)
	for _, want := range []string{"two", "three"} {
		p := second.hear()
		if got := string(parse(t, p).text); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
		second.ack(p, OK)
	}
}

func TestARefusalForNowIsTriedAgainAtTheNextSignOfLife(t *testing.T) {
	c := listen(t, Options{})
	e := dial(t, c)
	e.bind(bindTransceiver)
	if err := c.Say("amy", Mobile{From: "15145550134", To: "15145550100", Text: "again"}); err != nil {
		t.Fatal(err)
	}
	e.ack(e.hear(), QueueFull)
	e.tell(enquireLink, nil)
	if p := e.hear(); p.command != enquireLinkAnswer {
		t.Fatalf("got %+v", p)
	}
	p := e.hear()
	if got := string(parse(t, p).text); got != "again" {
		t.Errorf("got %q", got)
	}
	e.ack(p, OK)
	e.call(enquireLink, nil)
	if n := c.Waiting("amy"); n != 0 {
		t.Errorf("%d still wait", n)
	}
}

func TestTheWindowIsTenDeliveries(t *testing.T) {
	c := listen(t, Options{})
	for i := range 12 {
		if err := c.Say("amy", Mobile{From: "15145550134", To: "15145550100", Text: fmt.Sprint(i)}); err != nil {
			t.Fatal(err)
		}
	}
	e := dial(t, c)
	e.bind(bindTransceiver)
	var heard []pdu
	for range 10 {
		heard = append(heard, e.hear())
	}
	if p := e.call(enquireLink, nil); p.command != enquireLinkAnswer {
		t.Fatalf("an eleventh came: %+v", p)
	}
	e.ack(heard[3], OK)
	if got := string(parse(t, e.hear()).text); got != "10" {
		t.Errorf("after an answer came %q", got)
	}
}

func TestHeldAnswersFillTheWindowAndComeInAnyOrder(t *testing.T) {
	c := listen(t, Options{Manner: func(string) Manner { return Manner{Hold: true, Window: 2} }})
	e := dial(t, c)
	e.bind(bindTransceiver)
	body := short{from: "15145550100", to: "15145550134", text: []byte("hi")}.bytes()
	one, two, three := e.tell(submitSM, body), e.tell(submitSM, body), e.tell(submitSM, body)
	if p := e.hear(); p.sequence != three || p.status != Throttled {
		t.Fatalf("the third of two: %+v", p)
	}
	if n := c.Release("amy", true); n != 2 {
		t.Fatalf("released %d", n)
	}
	if a, b := e.hear(), e.hear(); a.sequence != two || b.sequence != one {
		t.Errorf("answers %d, %d", a.sequence, b.sequence)
	}
}

func TestSilenceIsAskedAboutAndThenCut(t *testing.T) {
	e := dial(t, listen(t, Options{Idle: 200 * time.Millisecond}))
	e.bind(bindTransceiver)
	if p := e.hear(); p.command != enquireLink {
		t.Errorf("got %+v", p)
	}
	if _, err := readPDU(e.conn); err == nil {
		t.Error("the connection goes on")
	}
}

func TestVerdicts(t *testing.T) {
	verdicts, heard := make(chan Verdict, 1), make(chan Submit, 10)
	c := listen(t, Options{Submit: func(s Submit) Verdict { heard <- s; return <-verdicts }})
	e := dial(t, c)
	e.bind(bindTransceiver)
	for _, status := range []Status{Throttled, QueueFull, SystemError, SubmitFailed} {
		verdicts <- Verdict{Status: status}
		if p := e.call(submitSM, message("hi").bytes()); p.status != status || len(p.body) != 0 {
			t.Errorf("status %#x: %+v", status, p)
		}
	}
	verdicts <- Verdict{Early: true, States: []State{Delivered, Delivered}, Err: "042"}
	e.tell(submitSM, message("hi").bytes())
	if a, b := parse(t, e.hear()), parse(t, e.hear()); !strings.Contains(string(a.text), "err:042") || string(a.text) != string(b.text) {
		t.Errorf("receipts %q, %q", a.text, b.text)
	}
	if p := e.hear(); p.command != submitSM|answer || p.status != OK {
		t.Errorf("then the answer: %+v", p)
	}
	verdicts <- Verdict{Cut: true}
	e.tell(submitSM, message("gone").bytes())
	if _, err := readPDU(e.conn); err == nil {
		t.Error("the connection goes on")
	}
	for range 5 {
		<-heard
	}
	if last := <-heard; last.Text != "gone" || !last.Whole {
		t.Errorf("accepted %+v", last)
	}
}

func TestWhatCannotBeSubmitted(t *testing.T) {
	e := dial(t, listen(t, Options{}))
	e.bind(bindTransceiver)
	broken := func(change func(*short)) short {
		s := message("hi")
		change(&s)
		return s
	}
	for name, each := range map[string]struct {
		s    short
		want Status
	}{
		"letters as target": {broken(func(s *short) { s.to = "amy" }), InvalidTarget},
		"161 septets":       {broken(func(s *short) { s.text = bytes.Repeat([]byte("a"), 161) }), InvalidLength},
		"154 beside a header": {broken(func(s *short) {
			s.class, s.text = featureUDH, append([]byte{5, 0, 3, 1, 1, 1}, bytes.Repeat([]byte("a"), 154)...)
		}), InvalidLength},
		"71 UCS-2 characters":     {broken(func(s *short) { s.coding, s.text = codingUCS2, bytes.Repeat([]byte{0, 'a'}, 71) }), InvalidLength},
		"a header that is none":   {broken(func(s *short) { s.class, s.text = featureUDH, []byte{9, 1} }), InvalidESMClass},
		"part 3 of 2":             {broken(func(s *short) { s.class, s.text = featureUDH, []byte{5, 0, 3, 1, 2, 3, 'x'} }), InvalidESMClass},
		"text beside the payload": {broken(func(s *short) { s.tlvs = map[uint16][]byte{tagPayload: {1}} }), InvalidLength},
		"SAR part 0":              {broken(func(s *short) { s.tlvs = map[uint16][]byte{tagSarRef: {0, 1}, tagSarTotal: {2}, tagSarSequence: {0}} }), InvalidTLVLength},
		"an unknown alphabet":     {broken(func(s *short) { s.coding = 0x0D }), SubmitFailed},
	} {
		if p := e.call(submitSM, each.s.bytes()); p.status != each.want {
			t.Errorf("%s: %#x, want %#x", name, p.status, each.want)
		}
	}
	if p := e.call(submitSM, []byte{0, 1}); p.status != InvalidPDULength {
		t.Errorf("half a body: %+v", p)
	}
}

func TestQueryTellsWhereAMessageStands(t *testing.T) {
	c := listen(t, Options{Submit: func(Submit) Verdict { return Verdict{} }})
	e := dial(t, c)
	e.bind(bindTransceiver)
	id := string(bytes.TrimSuffix(e.call(submitSM, message("hi").bytes()).body, []byte{0}))
	ask := func() pdu {
		var w writer
		w.text(id)
		w.octets(1, 1)
		w.text("15145550100")
		return e.call(querySM, w.out)
	}
	if p := ask(); p.status != OK || !bytes.Equal(p.body, []byte(id+"\x00\x00\x01\x00")) {
		t.Errorf("on its way: %+v", p)
	}
	if err := c.Report(1, Undeliverable, "011"); err != nil {
		t.Fatal(err)
	}
	e.hear()
	if p := ask(); p.status != OK || !bytes.Equal(p.body, []byte(id+"\x00260302120000000+\x00\x05\x00")) {
		t.Errorf("undeliverable: %q", p.body)
	}
	id = "12"
	if p := ask(); p.status != QueryFailed {
		t.Errorf("never heard of: %+v", p)
	}
}
