// Package routing decides who is offered what. It is pure: it is told the time
// and one command, and answers with the events that follow. It reads no clock,
// does no I/O, throws no dice and starts no goroutine, so the same commands give
// the same events for ever.
//
// Read it in this order: command.go (what may be asked), event.go (what can
// happen), decide.go and its parts decide_*.go (what follows from what),
// evolve.go (what is remembered), choose.go (who, and what first), receipt.go and
// why.go (the reasons), timers.go (deadlines), snapshot.go (all that is
// remembered, as data). docs/routing.md tells the rules in words.
package routing
