# A required code that was never chosen keeps the wrap-up open past its time: it
# turns overdue, the agent gets nothing, and only a code and Wrap up end it.
# I24 I25 I25b I25c WRP-06 WRP-07 P12 P13 E33
queue support accept 30s wrapup 60s code required
agent amy support

09:00:00.000 amy is available
  amy is available
09:01:00.000 i1 arrives support
  i1 waits in support since 09:01:00.000
  i1.1 is offered to amy until 09:01:30.000 (only)
09:01:05.000 amy accepts i1.1
  i1.1 is accepted (amy)
09:02:00.000 amy ends i1
  i1 ends by the agent
  i1 is wrapped up by amy until 09:03:00.000
09:02:01.000 i2 arrives support
  i2 waits in support since 09:02:01.000
09:02:30.000 amy wraps up i1
  refused: disposition_required
09:03:00.001 tick
  i1 is overdue: amy must choose a code
09:04:00.000 amy wraps up i1
  refused: disposition_required
09:04:10.000 amy codes i1
  i1 is coded
09:04:11.000 amy wraps up i1
  i1 is logged
  amy is available
  i2.1 is offered to amy until 09:04:41.000 (only)
09:04:12.000 amy wraps up i1
09:04:15.000 amy accepts i2.1
  i2.1 is accepted (amy)
09:05:00.000 amy codes i2
  i2 is coded
09:05:01.000 amy ends i2
  i2 ends by the agent
  i2 is wrapped up by amy until 09:06:01.000
09:06:01.001 tick
  i2 is logged (wrapup_expired)
  amy is available (wrapup_expired)
