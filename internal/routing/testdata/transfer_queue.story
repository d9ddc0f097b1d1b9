# A transfer to a queue ends the sender's part, and a new interaction waits there
# since the customer first came. The same agent may get it, if they are a member.
# I20 XFR-01 XFR-03 XFR-06 E25 E26 E27
queue support accept 30s wrapup 60s
queue tax accept 30s wrapup 0s
queue night
agent amy support level 80
agent bob tax

09:00:00.000 amy is available
  amy is available
09:01:00.000 i1 arrives support
  i1 waits in support since 09:01:00.000
  i1.1 is offered to amy until 09:01:30.000 (only)
09:01:05.000 amy accepts i1.1
  i1.1 is accepted (amy)
09:01:30.000 i2 arrives tax
  i2 waits in tax since 09:01:30.000
09:02:00.000 amy transfers i1 to night as i3
  refused: queue_unstaffed
09:02:01.000 amy transfers i1 to tax as i3
  i1 goes from amy to tax as i3
  i1 ends by the agent (transferred)
  i1 is wrapped up by amy until 09:03:01.000
  i3 follows i1 from amy
  i3 waits in tax since 09:01:00.000
09:02:05.000 bob is available
  bob is available
  i3.1 is offered to bob until 09:02:35.000 (only)
09:02:10.000 bob accepts i3.1
  i3.1 is accepted (bob)
  i2.1 is offered to bob until 09:02:40.000 (only)
09:03:00.000 bob ends i3
  i2.1 is timed_out (bob)
  i2 waits in tax since 09:01:30.000
  bob takes nothing new, then on_break
  i3 ends by the agent
  i3 is logged
  bob is on_break (offer_timeout)
09:03:01.000 amy wraps up i1
  i1 is logged
  amy is available
