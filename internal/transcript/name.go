package transcript

import (
	"strings"

	"parley"
)

// The words that others who write of a conversation share with its transcript.

// ChannelName is what people call a channel.
func ChannelName(c parley.Channel, language string) string {
	if name := wordsOf(language).channels[c]; name != "" {
		return name
	}
	return string(c)
}

// Customer is what the one who writes in is called.
func Customer(language string) string { return wordsOf(language).customer }

// Colon is what stands between a name and what it says.
func Colon(language string) string { return wordsOf(language).colon }

// Elsewhere is who wrote what is ours, but nobody's here.
func Elsewhere(language string) string { return wordsOf(language).elsewhere }

// Noted says what the system noted under a code; name is the agent it is about.
func Noted(code, name, language string) string {
	w := wordsOf(language)
	text, known := w.system[code]
	if !known {
		text = w.system["other"]
	}
	return strings.ReplaceAll(text, "{name}", name)
}
