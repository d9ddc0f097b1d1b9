package channel

import (
	"slices"
	"strings"
	"testing"

	"github.com/rivo/uniseg"
	"pgregory.net/rapid"
)

// TestSplitPlaces is CNV-05: the best place to cut wins.
func TestSplitPlaces(t *testing.T) {
	for name, c := range map[string]struct {
		text  string
		limit int
		want  []string
	}{
		"it fits":                 {"hello", 5, []string{"hello"}},
		"nothing":                 {"", 5, []string{""}},
		"a blank line":            {"one two.\n\nthree\nfour five", 18, []string{"one two.\n\n", "three\nfour five"}},
		"a line":                  {"one two. three\nfour five", 18, []string{"one two. three\n", "four five"}},
		"a sentence":              {"One two. Three four five six.", 16, []string{"One two. ", "Three four five ", "six."}},
		"a space":                 {"one two three", 9, []string{"one two ", "three"}},
		"between characters":      {"abcdefghij", 4, []string{"abcd", "efgh", "ij"}},
		"a space far too early":   {"a bcdefghijklmnop", 12, []string{"a bcdefghijk", "lmnop"}},
		"never through a family":  {"abc\U0001f468\u200d\U0001f469\u200d\U0001f467", 5, []string{"abc", "\U0001f468\u200d\U0001f469\u200d\U0001f467"}},
		"a mark keeps its letter": {"abcde\u0301fg", 5, []string{"abcd", "e\u0301fg"}},
		"too long by itself": {"e" + strings.Repeat("\u0301", 5), 3, []string{
			"e\u0301\u0301", "\u0301\u0301\u0301"}},
	} {
		if got := Split(c.text, c.limit, CodePoints); !slices.Equal(got, c.want) {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

// TestSplitProperties is CNV-05: nothing is lost, nothing is torn, nothing is too
// long.
func TestSplitProperties(t *testing.T) {
	piece := rapid.OneOf(
		rapid.SampledFrom([]string{" ", "\n", "\n\n", "\r\n", ". ", "! ", "\u0301", "\u200d", "\U0001f468\u200d\U0001f469\u200d\U0001f467", "\U0001f1e8\U0001f1e6", "\u65e5\u672c", "\u00e9"}),
		rapid.StringMatching(`[a-z]{1,12}`),
		rapid.String(),
	)
	rapid.Check(t, func(t *rapid.T) {
		text := strings.Join(rapid.SliceOfN(piece, 0, 60).Draw(t, "text"), "")
		limit := rapid.IntRange(4, 70).Draw(t, "limit")
		unit := rapid.SampledFrom([]Unit{CodePoints, UTF16, Bytes}).Draw(t, "unit")
		parts := Split(text, limit, unit)
		if strings.Join(parts, "") != text {
			t.Fatalf("%q became %q", text, parts)
		}
		ends := map[int]bool{}
		longest, at := 0, 0
		for g := uniseg.NewGraphemes(text); g.Next(); {
			longest = max(longest, Size(g.Str(), unit))
			at += len(g.Str())
			ends[at] = true
		}
		at = 0
		for i, p := range parts {
			if Size(p, unit) > limit {
				t.Fatalf("part %d of %q has %d", i, parts, Size(p, unit))
			}
			if p == "" && text != "" {
				t.Fatalf("an empty part in %q", parts)
			}
			if at += len(p); longest <= limit && !ends[at] && text != "" {
				t.Fatalf("a character is torn behind part %d of %q", i, parts)
			}
		}
	})
}

// TestSplitWhatsApp is WAP-03: the longest message an agent may write there.
func TestSplitWhatsApp(t *testing.T) {
	text := strings.Repeat("The quick brown fox jumps over the lazy dog. ", 1000)[:40_954]
	parts := Split(text, 4096, CodePoints)
	if strings.Join(parts, "") != text || len(parts) < 10 || len(parts) > 11 {
		t.Errorf("%d parts", len(parts))
	}
	for i, p := range parts[:len(parts)-1] {
		if !strings.HasSuffix(p, ". ") {
			t.Errorf("part %d ends within a sentence", i)
		}
	}
}

func BenchmarkSplit(b *testing.B) {
	text := strings.Repeat("word ", 8190)
	for b.Loop() {
		Split(text, 4096, CodePoints)
	}
}
