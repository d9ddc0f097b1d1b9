package channel

import "parley"

// Begins is the setting, of a channel that has it, that says what a message does
// while nobody serves: it begins an interaction, which runs the script, or it
// waits until the bot that serves hands the conversation over.
//
// Source: API-01.
const (
	Begins         = "begins"
	BeginsScript   = "script"
	BeginsHandover = "handover"
)

// Waits reports whether messages at an entry point wait for a handover.
func Waits(in parley.EntryPoint) bool { return in.Settings[Begins] == BeginsHandover }
