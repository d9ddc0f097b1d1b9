# An agent holds six at a time and the seventh waits, until a slot frees: a
# wrap-up still takes one.
# CAP-01 CAP-02 CAP-03 PRE-06 F021 RTE-07 P13
queue support accept 30s wrapup 60s
agent amy support cap 6

09:00:00.000 amy is available
  amy is available
09:01:00.000 i1 arrives support
  i1 waits in support since 09:01:00.000
  i1.1 is offered to amy until 09:01:30.000 (only)
09:01:01.000 amy accepts i1.1
  i1.1 is accepted (amy)
09:01:02.000 i2 arrives support
  i2 waits in support since 09:01:02.000
  i2.1 is offered to amy until 09:01:32.000 (only)
09:01:03.000 amy accepts i2.1
  i2.1 is accepted (amy)
09:01:04.000 i3 arrives support
  i3 waits in support since 09:01:04.000
  i3.1 is offered to amy until 09:01:34.000 (only)
09:01:05.000 amy accepts i3.1
  i3.1 is accepted (amy)
09:01:06.000 i4 arrives support
  i4 waits in support since 09:01:06.000
  i4.1 is offered to amy until 09:01:36.000 (only)
09:01:07.000 amy accepts i4.1
  i4.1 is accepted (amy)
09:01:08.000 i5 arrives support
  i5 waits in support since 09:01:08.000
  i5.1 is offered to amy until 09:01:38.000 (only)
09:01:09.000 amy accepts i5.1
  i5.1 is accepted (amy)
09:01:10.000 i6 arrives support
  i6 waits in support since 09:01:10.000
  i6.1 is offered to amy until 09:01:40.000 (only)
09:01:11.000 amy accepts i6.1
  i6.1 is accepted (amy)
09:01:12.000 i7 arrives support
  i7 waits in support since 09:01:12.000
09:02:00.000 amy ends i3
  i3 ends by the agent
  i3 is wrapped up by amy until 09:03:00.000
09:02:30.000 amy wraps up i3
  i3 is logged
  i7.1 is offered to amy until 09:03:00.000 (only)
