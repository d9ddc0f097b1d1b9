package support

import (
	"encoding/xml"
	"math"
	"net/http"
	"strconv"

	"parley"
	"parley/internal/knowledge"
)

// urlSet is a sitemap.
//
// Source: https://www.sitemaps.org/protocol.html
type urlSet struct {
	XMLName xml.Name   `xml:"http://www.sitemaps.org/schemas/sitemap/0.9 urlset"`
	URLs    []mapEntry `xml:"url"`
}

type mapEntry struct {
	Loc string `xml:"loc"`
}

// sitemap lists the pages of the Support Center, for search engines.
func (s *Site) sitemap(w http.ResponseWriter, r *http.Request) {
	page, err := s.Knowledge.Page(r.Context())
	if err == nil && !page.Enabled {
		err = parley.ErrNotFound
	}
	set := urlSet{}
	for _, t := range tongues {
		set.URLs = append(set.URLs, mapEntry{s.Origin(r) + "/support/" + t.Lang})
		var shelves []knowledge.Shelf
		if err == nil && page.FAQs {
			shelves, err = s.Knowledge.Shelves(r.Context(), t.Tag)
		}
		for _, shelf := range shelves {
			for _, a := range shelf.Answers {
				set.URLs = append(set.URLs, mapEntry{s.Origin(r) + answerPath(t.Lang, a)})
			}
		}
	}
	if err != nil {
		s.Refuse(w, r, err)
		return
	}
	body, err := xml.Marshal(set)
	if err != nil {
		s.Refuse(w, r, err)
		return
	}
	w.Header().Set("Content-Type", "application/xml; charset=utf-8")
	_, _ = w.Write([]byte(xml.Header))
	_, _ = w.Write(body)
}

// robots lets search engines look at the Support Center, and at nothing else.
func (s *Site) robots(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	_, _ = w.Write([]byte("User-agent: *\nAllow: /support\nDisallow: /\nSitemap: " + s.Origin(r) + "/support/sitemap.xml\n"))
}

// onColor is the color of letters that can be read on another: white or black,
// whichever differs more.
//
// Source: WCAG 2.2, contrast ratio.
func onColor(hex string) string {
	n, err := strconv.ParseUint(hex[min(1, len(hex)):], 16, 32)
	if err != nil {
		return "#fff"
	}
	light := 0.2126*linear(n>>16&255) + 0.7152*linear(n>>8&255) + 0.0722*linear(n&255)
	if 1.05/(light+0.05) >= (light+0.05)/0.05 {
		return "#fff"
	}
	return "#000"
}

func linear(channel uint64) float64 {
	c := float64(channel) / 255
	if c <= 0.04045 {
		return c / 12.92
	}
	return math.Pow((c+0.055)/1.055, 2.4)
}
