package transcript

import (
	"bytes"
	"fmt"
	"strings"
	"sync"
	"unicode"

	"codeberg.org/go-pdf/fpdf"
	"golang.org/x/image/font/gofont/gobold"
	"golang.org/x/image/font/gofont/goregular"
	"golang.org/x/image/font/sfnt"
)

// The measures of a page.
//
// Unit: millimeters; points for type.
const (
	margin     = 18.0
	labelWidth = 38.0
	clockWidth = 20.0
	lineHeight = 5.2
	typeSize   = 10.0
	smallSize  = 8.0
	titleSize  = 16.0
)

// face is the name of the font in the document: the Go fonts, which have all of
// Latin, Greek and Cyrillic, and a license that lets them go along.
const face = "go"

// PDF returns the document as pages of A4. The same document gives the same
// bytes.
func (d Document) PDF(s Style) ([]byte, error) {
	w := wordsOf(s.Language)
	p := &pages{Fpdf: fpdf.New("P", "mm", "A4", ""), style: s}
	p.SetCreationDate(d.Initiated)
	p.SetModificationDate(d.Initiated)
	p.SetCatalogSort(true)
	p.SetTitle(w.title, true)
	p.SetLang(s.Language)
	p.AddUTF8FontFromBytes(face, "", goregular.TTF)
	p.AddUTF8FontFromBytes(face, "B", gobold.TTF)
	p.SetMargins(margin, margin, margin)
	p.SetAutoPageBreak(true, margin)
	p.AliasNbPages("{nb}")
	p.SetFooterFunc(func() {
		p.SetY(-margin + lineHeight)
		p.SetFont(face, "", smallSize)
		p.SetTextColor(90, 90, 90)
		p.CellFormat(0, lineHeight, fmt.Sprintf(w.page, p.PageNo()), "", 0, "R", false, 0, "")
	})
	p.AddPage()
	p.head(d, w)
	p.talk(d)
	if p.squares {
		p.Ln(lineHeight)
		p.write("", smallSize, w.unknown)
	}
	var out bytes.Buffer
	if err := p.Output(&out); err != nil {
		return nil, fmt.Errorf("write a transcript as PDF: %w", err)
	}
	return out.Bytes(), nil
}

// pages are what is written so far.
type pages struct {
	*fpdf.Fpdf
	style   Style
	squares bool // a character was left out
}

func (p *pages) head(d Document, w words) {
	p.write("B", titleSize, w.title)
	p.write("", typeSize, d.Center)
	p.Ln(2)
	for _, f := range d.facts(p.style) {
		p.SetFont(face, "B", typeSize)
		p.CellFormat(labelWidth, lineHeight, p.shown(f.label), "", 0, "L", false, 0, "")
		p.SetFont(face, "", typeSize)
		p.MultiCell(0, lineHeight, p.shown(f.value), "", "L", false)
	}
	p.Ln(2)
	width, _ := p.GetPageSize()
	p.SetDrawColor(160, 160, 160)
	p.Line(margin, p.GetY(), width-margin, p.GetY())
}

func (p *pages) talk(d Document) {
	day := ""
	for _, l := range d.lines(p.style) {
		if now := p.style.day(l.At); now != day {
			day = now
			p.Ln(3)
			p.write("B", typeSize, day)
		}
		who, text := d.said(l, p.style)
		p.Ln(1)
		p.SetFont(face, "", smallSize)
		p.SetTextColor(90, 90, 90)
		p.CellFormat(clockWidth, lineHeight, p.style.clock(l.At), "", 0, "L", false, 0, "")
		p.SetLeftMargin(margin + clockWidth)
		if who != "" {
			p.SetTextColor(0, 0, 0)
			p.write("B", typeSize, who)
			p.write("", typeSize, text)
		} else {
			p.write("", typeSize, text)
		}
		p.SetLeftMargin(margin)
		p.SetX(margin)
		p.SetTextColor(0, 0, 0)
	}
}

// write writes a paragraph.
func (p *pages) write(weight string, size float64, text string) {
	p.SetFont(face, weight, size)
	p.MultiCell(0, lineHeight*max(1, size/typeSize), p.shown(text), "", "L", false)
}

// square stands for a character that the font has no picture of.
const square = '\u25a1'

// shown returns a text in what the font can show: an emoji, whatever it is made
// of, is one square.
func (p *pages) shown(text string) string {
	var out strings.Builder
	last := rune(0)
	for _, r := range text {
		switch {
		case r == '\n' || r == '\u00a0' || r == ' ':
		case r == '\u202f' || r == '\u2009':
			r = ' '
		case unicode.Is(unicode.Mn, r) && !drawn(r), unicode.Is(unicode.Cf, r), r == '\u200d', unicode.Is(unicode.Variation_Selector, r), r >= 0x1f3fb && r <= 0x1f3ff && last == square:
			continue // joins or colors what is before it
		case unicode.IsControl(r):
			r = ' '
		case !drawn(r):
			p.squares = true
			r = square
		}
		out.WriteRune(r)
		last = r
	}
	return out.String()
}

// font is what can be drawn. Parsing it once is enough: it never changes.
var font = sync.OnceValues(func() (*sfnt.Font, error) { return sfnt.Parse(goregular.TTF) })

func drawn(r rune) bool {
	f, err := font()
	if err != nil || r > 0xffff { // the library writes what lies in the first plane
		return false
	}
	index, err := f.GlyphIndex(nil, r)
	return err == nil && index != 0
}
