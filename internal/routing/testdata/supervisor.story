# sam helps: a status for an idle agent counts at once and takes a ringing offer
# back without penalty; for a busy one it is noted for later. Sent home, an agent
# leaves everything in good order.
# P15 P16 I28 PRE-16 E32
queue support accept 30s wrapup 60s
agent amy support level 80
agent bob support level 50
agent sam

09:00:00.000 amy is available
  amy is available
09:01:00.000 i1 arrives support
  i1 waits in support since 09:01:00.000
  i1.1 is offered to amy until 09:01:30.000 (only)
09:01:01.000 sam makes amy work_offline
  i1.1 is withdrawn (amy, supervisor)
  i1 waits in support since 09:01:00.000
  amy is work_offline (supervisor, by sam)
09:01:02.000 sam makes amy available
  amy is available (supervisor, by sam)
  i1.2 is offered to amy until 09:01:32.000 (only)
09:01:32.003 tick
  i1.2 is timed_out (amy)
  i1 waits in support since 09:01:00.000
  amy is on_break (offer_timeout)
09:01:40.000 sam makes amy available
  amy is available (supervisor, by sam)
  i1.3 is offered to amy until 09:02:10.000 (only)
09:01:45.000 amy accepts i1.3
  i1.3 is accepted (amy)
09:02:00.000 sam makes amy on_break
  amy will be on_break
09:02:30.000 i2 arrives support
  i2 waits in support since 09:02:30.000
09:03:00.000 amy ends i1
  i1 ends by the agent
  i1 is wrapped up by amy until 09:04:00.000
09:03:30.000 amy wraps up i1
  i1 is logged
  amy is on_break (supervisor, by sam)
09:03:31.000 bob is available
  bob is available
  i2.1 is offered to bob until 09:04:01.000 (only)
09:03:35.000 bob accepts i2.1
  i2.1 is accepted (bob)
09:04:00.000 sam sends bob home
  i2 waits in support since 09:02:30.000 at priority 100 (bob is gone)
  bob is logged_out (supervisor, by sam)
  bob's link is down
09:04:10.000 sam closes i2
  i2 is cancelled (supervisor)
