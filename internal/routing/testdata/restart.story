# The server restarts while an offer rings: it is withdrawn without penalty, every
# link enters its grace, waiting and active customers too; a wrap-up's deadline
# stands. Whoever comes back first is offered the chat again.
# P17b RES-05 E39 I14
queue support accept 30s wrapup 600s
agent amy support level 80
agent bob support level 50

09:00:00.000 amy is available
  amy is available
09:00:01.000 bob is available
  bob is available
09:01:00.000 i1 arrives support
  i1 waits in support since 09:01:00.000
  i1.1 is offered to amy until 09:01:30.000 (level 80, before bob 50)
09:01:01.000 amy accepts i1.1
  i1.1 is accepted (amy)
09:01:02.000 amy ends i1
  i1 ends by the agent
  i1 is wrapped up by amy until 09:11:02.000
09:01:03.000 i2 arrives support
  i2 waits in support since 09:01:03.000
  i2.1 is offered to bob until 09:01:33.000 (only)
09:01:04.000 bob accepts i2.1
  i2.1 is accepted (bob)
09:01:05.000 i3 arrives support
  i3 waits in support since 09:01:05.000
  i3.1 is offered to bob until 09:01:35.000 (only)
09:01:40.000 the server restarts
  everybody who waits on the web is away
  i3.1 is withdrawn (bob, restart)
  i3 waits in support since 09:01:05.000
  amy's link is grace until 09:03:40.000
  bob's link is grace until 09:03:40.000
  i2 is away until 09:03:40.000
09:01:41.000 bob is back
  bob's link is up
  i3.2 is offered to bob until 09:02:11.000 (only)
09:01:42.000 i3 is back
  i3 is here again
09:03:40.001 tick
  i3.2 is timed_out (bob)
  i3 waits in support since 09:01:05.000
  bob takes nothing new, then on_break
  i2 ends by the customer (left)
  i2 is wrapped up by bob until 09:13:40.001
  i1 is logged (wrapup_expired)
  amy is logged_out (connection_lost)
  amy's link is down
