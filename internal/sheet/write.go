// Package sheet writes and reads tables as spreadsheets have them: CSV in the
// ways that people's programs write it, and without what a spreadsheet would run.
// Pure.
package sheet

import (
	"encoding/csv"
	"io"
	"strings"
	"time"
)

// Mark stands at the beginning of a table, so that spreadsheets read it as UTF-8.
const Mark = "\ufeff"

// Writer writes rows as they come.
type Writer struct{ csv *csv.Writer }

// NewWriter writes a table's head to w.
func NewWriter(w io.Writer, head ...string) (*Writer, error) {
	if _, err := io.WriteString(w, Mark); err != nil {
		return nil, err
	}
	out := &Writer{csv.NewWriter(w)}
	out.csv.UseCRLF = true
	return out, out.Row(head...)
}

// Row writes one row, with each cell harmless.
func (w *Writer) Row(cells ...string) error {
	safe := make([]string, len(cells))
	for i, c := range cells {
		safe[i] = Safe(c)
	}
	return w.csv.Write(safe)
}

// Flush hands over what is written so far.
func (w *Writer) Flush() error {
	w.csv.Flush()
	return w.csv.Error()
}

// dangerous begin what a spreadsheet runs instead of showing it.
const dangerous = "=+-@\t\r\n"

// Safe returns a cell that every spreadsheet shows as it is: what would be a
// formula begins with an apostrophe. So does what Plain would take one from.
//
// Source: A-001.
func Safe(cell string) string {
	if bare := strings.TrimLeft(cell, " \u00a0"); bare != "" && strings.ContainsRune(dangerous, rune(bare[0])) {
		return "'" + cell
	}
	if Plain(cell) != cell {
		return "'" + cell
	}
	return cell
}

// Plain takes back what Safe did.
func Plain(cell string) string {
	if after, ok := strings.CutPrefix(cell, "'"); ok && Safe(after) != after {
		return after
	}
	return cell
}

// Time writes a moment, "" if there is none.
func Time(millis int64) string {
	if millis == 0 {
		return ""
	}
	return time.UnixMilli(millis).UTC().Format(time.RFC3339)
}
