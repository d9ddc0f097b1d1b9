# Stop new is for the busy: the offer that rings stays answerable, nothing else
# comes, and after the last wrap-up the agent is offline. A transfer addressed to
# them still rings.
# P10 P14 CAP-04 CAP-06 CAP-07 E31 PRE-08
queue support accept 30s wrapup 60s
agent amy support level 80
agent bob support level 50

09:00:00.000 amy stops new
  refused: presence_not_allowed
09:00:00.000 amy is available
  amy is available
09:01:00.000 i1 arrives support
  i1 waits in support since 09:01:00.000
  i1.1 is offered to amy until 09:01:30.000 (only)
09:01:05.000 amy accepts i1.1
  i1.1 is accepted (amy)
09:02:00.000 i2 arrives support
  i2 waits in support since 09:02:00.000
  i2.1 is offered to amy until 09:02:30.000 (only)
09:02:01.000 amy stops new
  amy takes nothing new
09:02:05.000 amy accepts i2.1
  i2.1 is accepted (amy)
09:02:10.000 i3 arrives support
  i3 waits in support since 09:02:10.000
09:02:11.000 bob is available
  bob is available
  i3.1 is offered to bob until 09:02:41.000 (only)
09:02:15.000 bob accepts i3.1
  i3.1 is accepted (bob)
09:02:20.000 bob transfers i3 to amy as i4
  i4 follows i3 from bob
  i3 stays with bob until amy takes i4
  i4.1 is offered to amy until 09:02:50.000 (addressed)
09:02:25.000 amy accepts i4.1
  i4.1 is accepted (amy)
  i3 goes from bob to amy as i4
  i3 ends by the agent (transferred)
  i3 is wrapped up by bob until 09:03:25.000
09:03:00.000 amy ends i1
  i1 ends by the agent
  i1 is wrapped up by amy until 09:04:00.000
09:03:01.000 amy ends i2
  i2 ends by the agent
  i2 is wrapped up by amy until 09:04:01.000
09:03:02.000 amy ends i4
  i4 ends by the agent
  i4 is wrapped up by amy until 09:04:02.000
09:04:02.001 tick
  i3 is logged (wrapup_expired)
  bob is available (wrapup_expired)
  i1 is logged (wrapup_expired)
  i2 is logged (wrapup_expired)
  i4 is logged (wrapup_expired)
  amy is work_offline
