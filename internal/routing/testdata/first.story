# The first chat of the day: amy logs in, is ready, serves, wraps up, and is
# available again. Her idle time starts anew when the wrap-up is done.
# P1 P2 P5 P6 P12 P13 P14 I1 I2 I5 I10 I16 I25 I26 PRE-02 PRE-05 PRE-07 PRE-08 RTE-07
queue support accept 30s wrapup 60s
agent amy support day off

09:00:00.000 amy logs in
  amy is on_break (login)
  amy's link is up
09:00:01.000 i1 arrives support
  i1 waits in support since 09:00:01.000
09:00:05.000 amy is available
  amy is available
  i1.1 is offered to amy until 09:00:35.000 (only)
09:00:10.000 amy accepts i1.1
  i1.1 is accepted (amy)
09:00:11.000 amy accepts i1.1
09:05:00.000 amy ends i1
  i1 ends by the agent
  i1 is wrapped up by amy until 09:06:00.000
09:05:01.000 i2 arrives support
  i2 waits in support since 09:05:01.000
09:05:30.000 amy wraps up i1
  i1 is logged
  amy is available
  i2.1 is offered to amy until 09:06:00.000 (only)
