package sheet

import (
	"errors"
	"slices"
	"strings"
	"testing"
)

// TestSafe says that no cell that is written is one that a spreadsheet would run,
// and that what is read back is what was written.
func TestSafe(t *testing.T) {
	for _, cell := range []string{`=HYPERLINK("http://x")`, "+1 514 555", "-2", "@SUM(A1)", "\tx", "\rx", "  =1", "plain", "O'Brien", "'quoted'", "a=b", "'=1", "''-2", "'"} {
		var b strings.Builder
		w, err := NewWriter(&b, "head")
		if err == nil {
			err = errors.Join(w.Row(cell), w.Flush())
		}
		if err != nil {
			t.Fatal(err)
		}
		line := strings.Trim(strings.Split(strings.TrimPrefix(b.String(), Mark), "\r\n")[1], `"`)
		if line == "" || strings.ContainsRune(dangerous, rune(strings.TrimLeft(line, " ")[0])) {
			t.Errorf("%q is written as %q", cell, line)
		}
		read, err := Read([]byte(b.String()))
		if err != nil || len(read.Rows) != 1 || !strings.HasSuffix(read.Rows[0].Cells[0], strings.TrimSpace(cell)) {
			t.Errorf("%q is read back as %+v, %v", cell, read.Rows, err)
		}
	}
}

// TestRead reads the same table in each way that programs write it.
func TestRead(t *testing.T) {
	for name, file := range map[string]string{
		UTF8:             "name,city\nZo\u00eb,\"Trois-Rivi\u00e8res, QC\"\n\n,\nLuc,Laval\n",
		UTF8 + " marked": Mark + "name;city\r\nZo\u00eb;\"Trois-Rivi\u00e8res, QC\"\r\n;\r\nLuc;Laval",
		Latin1:           "name;city\nZo\xeb;Trois-Rivi\xe8res, QC\nLuc;Laval\n",
		UTF16:            "\xff\xfen\x00a\x00m\x00e\x00\t\x00c\x00i\x00t\x00y\x00\n\x00Z\x00o\x00\xeb\x00\t\x00T\x00r\x00o\x00i\x00s\x00-\x00R\x00i\x00v\x00i\x00\xe8\x00r\x00e\x00s\x00,\x00 \x00Q\x00C\x00\n\x00L\x00u\x00c\x00\t\x00L\x00a\x00v\x00a\x00l\x00",
	} {
		got, err := Read([]byte(file))
		if err != nil || len(got.Rows) != 2 || !slices.Equal(got.Rows[0].Cells, []string{"Zo\u00eb", "Trois-Rivi\u00e8res, QC"}) ||
			!slices.Equal(got.Rows[1].Cells, []string{"Luc", "Laval"}) || got.Rows[0].Line != 2 || !strings.HasPrefix(name, got.Encoding) {
			t.Errorf("%s: %+v, %v", name, got, err)
		}
	}
	for file, line := range map[string]int{"": 1, "\n\n": 1, "a,b\n\"open,c\n": 2, "a\n\x00": 1} {
		var wrong *Error
		if _, err := Read([]byte(file)); !errors.As(err, &wrong) || wrong.Line < line {
			t.Errorf("%q: %v", file, err)
		}
	}
	if got := Plain("'x'"); got != "'x'" {
		t.Errorf("an apostrophe of its own is gone: %s", got)
	}
}

func FuzzRead(f *testing.F) {
	f.Add([]byte("a;b\n1;2\n"))
	f.Fuzz(func(t *testing.T, file []byte) {
		got, err := Read(file)
		if err == nil && len(got.Head) == 0 {
			t.Error("a table without a head")
		}
	})
}
