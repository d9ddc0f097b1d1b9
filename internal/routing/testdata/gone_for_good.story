# amy's link does not come back: after two minutes she is logged out, her chat
# goes back to its queue ahead of those who came later, and her wrap-up is closed
# over its missing code. When she returns, the chat is no longer hers.
# P19 I21 RES-02 E16 E17 RTE-03
queue support accept 30s wrapup 300s code required
agent amy support level 80
agent bob support level 50

09:00:00.000 amy is available
  amy is available
09:01:00.000 i1 arrives support
  i1 waits in support since 09:01:00.000
  i1.1 is offered to amy until 09:01:30.000 (only)
09:01:05.000 amy accepts i1.1
  i1.1 is accepted (amy)
09:01:10.000 i2 arrives support
  i2 waits in support since 09:01:10.000
  i2.1 is offered to amy until 09:01:40.000 (only)
09:01:15.000 amy accepts i2.1
  i2.1 is accepted (amy)
09:02:00.000 amy ends i2
  i2 ends by the agent
  i2 is wrapped up by amy until 09:07:00.000
09:02:10.000 amy loses the link
  amy's link is grace until 09:04:10.000
09:03:00.000 i3 arrives support
  i3 waits in support since 09:03:00.000
09:04:10.001 tick
  i1 waits in support since 09:01:00.000 at priority 100 (amy is gone)
  i2 is logged (wrapup_expired, code missing)
  amy is logged_out (connection_lost)
  amy's link is down
09:04:20.000 amy logs in
  amy is on_break (login)
  amy's link is up
09:04:21.000 amy ends i1
  refused: not_found
09:04:30.000 bob is available
  bob is available
  i1.2 is offered to bob until 09:05:00.000 (only)
09:04:35.000 bob accepts i1.2
  i1.2 is accepted (bob)
  i3.1 is offered to bob until 09:05:05.000 (only)
