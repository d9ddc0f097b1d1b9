package crm

import (
	"strings"
	"testing"
	"time"
)

func TestCut(t *testing.T) {
	for _, test := range []struct {
		s    string
		most int
		want string
	}{{"abc", 3, "abc"}, {"abcd", 3, "abc"}, {"", 3, ""}, {"a\U0001f600b", 2, "a"}, {"a\U0001f600b", 3, "a\U0001f600"}, {"\u00e9\u00e9\u00e9", 2, "\u00e9\u00e9"}} {
		if got := Cut(test.s, test.most); got != test.want {
			t.Errorf("%q cut to %d is %q", test.s, test.most, got)
		}
	}
}

// TestSummary DYN-06: what is known is said, what is not is left out.
func TestSummary(t *testing.T) {
	at := time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)
	l := Log{Channel: "whatsapp", Transaction: "int_1", Origin: "int_1", Initiated: at, Ended: at.Add(time.Minute)}
	if got, want := l.Summary(), "Channel: whatsapp\nInitiated: 2026-03-02 09:00:00 UTC\nEnded: 2026-03-02 09:01:00 UTC\nTransaction: int_1"; got != want {
		t.Errorf("%s", got)
	}
	if l.Lasted() != time.Minute || (Log{}).Lasted() != 0 || (Log{Initiated: at, Ended: at.Add(-time.Hour)}).Lasted() != 0 {
		t.Error("it lasted otherwise")
	}
	l.Accepted, l.Origin = at.Add(40*time.Second), "int_0"
	if l.Lasted() != 20*time.Second || !strings.Contains(l.Summary(), "Origin: int_0") {
		t.Error(l.Summary())
	}
}

// TestSummaryFrench DYN-06: in a French center the CRM's reader reads French.
func TestSummaryFrench(t *testing.T) {
	at := time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)
	l := Log{
		Language: "fr-CA", Channel: "Texto", Queue: "Ventes", Agent: "Amy", Phone: "+15145550101", Initiated: at, Accepted: at, Ended: at, Codes: []string{"R\u00e9gl\u00e9"},
		Transaction: "int_1", Origin: "int_0", Notes: "Fid\u00e8le.",
	}
	want := strings.ReplaceAll("Canal~: Texto|File~: Ventes|Agent~: Amy|T\u00e9l\u00e9phone~: +15145550101|D\u00e9but~: 2026-03-02 09:00:00 UTC|Acceptation~: 2026-03-02 09:00:00 UTC|"+
		"Fin~: 2026-03-02 09:00:00 UTC|Codes~: R\u00e9gl\u00e9|Transaction~: int_1|Transaction d'origine~: int_0|Notes~: Fid\u00e8le.", "~", "\u00a0")
	if got := strings.ReplaceAll(l.Summary(), "\n", "|"); got != want {
		t.Errorf("%s\nwant\n%s", got, want)
	}
}

func TestColumn(t *testing.T) {
	setting := "messenger = new_facebookid\n\nx=new_twitter"
	if Column(setting, "x") != "new_twitter" || Column(setting, "messenger") != "new_facebookid" || Column(setting, "") != "" || Column("", "x") != "" {
		t.Error("a column is another's")
	}
}

// DYN-09: a line for a channel that there is not would never be asked about.
func TestColumns(t *testing.T) {
	const setting = "x = new_twitter\n\nmessenger=new_facebookid\n"
	if !Columns(setting) || Columns("twitter = new_twitter") || !Columns("") {
		t.Error("DYN-09: a mistyped channel is not noticed, or a good one is refused")
	}
	for channel, want := range map[string]string{"x": "new_twitter", "facebook": "new_facebookid", "telegram": ""} {
		if got := Column(setting, channel); got != want {
			t.Errorf("DYN-09: the column of %s is %q, want %q", channel, got, want)
		}
	}
}
