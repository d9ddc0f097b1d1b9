# An offer nobody answers goes to the next agent and keeps its place. An idle
# agent leaves Available; a busy one stops taking new work.
# P7 P8 I12 OFR-06 OFR-07 OFR-08 PRE-09 PRE-10 E3 E9
queue support accept 30s wrapup 60s
agent amy support level 80
agent bob support level 50

09:00:00.000 amy is available
  amy is available
09:00:05.000 bob is available
  bob is available
09:01:00.000 i1 arrives support
  i1 waits in support since 09:01:00.000
  i1.1 is offered to amy until 09:01:30.000 (level 80, before bob 50)
09:01:30.001 tick
  i1.1 is timed_out (amy)
  i1 waits in support since 09:01:00.000
  amy is on_break (offer_timeout)
  i1.2 is offered to bob until 09:02:00.001 (only)
09:02:00.001 bob accepts i1.2
  i1.2 is accepted (bob)
09:03:00.000 i2 arrives support
  i2 waits in support since 09:03:00.000
  i2.1 is offered to bob until 09:03:30.000 (only)
09:03:30.001 tick
  i2.1 is timed_out (bob)
  i2 waits in support since 09:03:00.000
  bob takes nothing new, then on_break
09:03:31.000 bob accepts i2.1
  refused: offer_expired
