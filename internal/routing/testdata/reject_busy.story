# Rejecting while busy leaves the running chat alone, but stops new work. Resume
# lifts both the stop and the break that was to follow; the reject itself is not
# forgotten for that chat until nobody else is left.
# P7 P11 PRE-10 CAP-05 E9 E10
queue support accept 30s wrapup 60s
agent amy support reject yes

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
09:02:05.000 amy rejects i2.1
  i2.1 is rejected (amy)
  i2 waits in support since 09:02:00.000
  amy takes nothing new, then on_break
09:02:06.000 i3 arrives support
  i3 waits in support since 09:02:06.000
09:02:10.000 amy resumes
  amy takes new work
  i2.2 is offered to amy until 09:02:40.000 (only)
09:02:15.000 amy rejects i2.2
  i2.2 is rejected (amy)
  i2 waits in support since 09:02:00.000
  amy takes nothing new, then on_break
09:03:00.000 amy ends i1
  i1 ends by the agent
  i1 is wrapped up by amy until 09:04:00.000
09:04:00.001 tick
  i1 is logged (wrapup_expired)
  amy is on_break (rejected)
