# A script asks before it forwards. Who does not answer is asked no more; who
# leaves meanwhile is no queue's abandon. In the line they hear something every 30
# s, twice, but not while an offer rings.
# I1 I2 I3 I4 SCR-02 SCR-04 RTE-11
queue support accept 30s wrapup 60s
agent amy support skill french=80
agent bob support

09:00:00.000 i1 is in a script for 60s
  i1 is asked, until 09:01:00.000
09:00:30.000 i1 is asked again for 60s
  i1 is asked, until 09:01:30.000
09:01:30.000 tick
09:01:30.001 tick
  i1 did not answer
09:02:00.000 i1 is forwarded to support
  i1 waits in support since 09:02:00.000
09:02:10.000 bob is available
  bob is available
09:02:30.000 tick
09:02:30.001 tick
  i1 is told something, 1 left
09:02:40.000 amy is available
  amy is available
  i1.1 is offered to amy until 09:03:10.000 (only)
09:03:05.000 tick
09:03:11.000 tick
  i1.1 is timed_out (amy)
  i1 waits in support since 09:02:00.000
  amy is on_break (offer_timeout)
  i1 is told something, 0 left
09:03:12.000 i1 is forwarded to support
  refused: conflict
09:04:00.000 tick
09:05:00.000 i2 is in a script for 60s
  i2 is asked, until 09:06:00.000
09:05:01.000 i2 leaves
  i2 is abandoned (left)
09:06:00.000 i3 is in a script for 60s
  i3 is asked, until 09:07:00.000
09:06:01.000 i3 loses the link
  i3 is away until 09:08:01.000
09:08:01.001 tick
  i3 did not answer
  i3 is abandoned (left)
09:09:00.000 i4 is in a script for 60s
  i4 is asked, until 09:10:00.000
09:09:10.000 i4 ends in the script as offline
  i4 is offline (script)
09:09:11.000 i4 ends in the script as offline
  refused: interaction_ended
