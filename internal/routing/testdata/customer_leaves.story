# A customer who leaves while being offered costs the agent nothing: no status,
# no idle time. One who leaves at once is a short abandon. One who leaves a
# running chat stays in the list until the agent has looked.
# P9 I7 I13 I17 I25d I25e RTE-04 OFR-10 WRP-12 RES-03 E5 E19
queue support accept 30s wrapup 60s
agent amy support
agent bob support

09:00:00.000 i1 arrives support
  i1 waits in support since 09:00:00.000
09:00:04.999 i1 leaves
  i1 is short_abandoned (left)
09:00:10.000 i2 arrives support
  i2 waits in support since 09:00:10.000
09:00:15.000 i2 leaves
  i2 is abandoned (left)
09:01:00.000 amy is available
  amy is available
09:01:01.000 bob is available
  bob is available
09:02:00.000 i3 arrives support
  i3 waits in support since 09:02:00.000
  i3.1 is offered to amy until 09:02:30.000 (id, before bob)
09:02:10.000 i3 leaves
  i3.1 is abandoned (amy)
  i3 is abandoned (left)
09:02:11.000 amy accepts i3.1
  refused: customer_left
09:03:00.000 i4 arrives support
  i4 waits in support since 09:03:00.000
  i4.1 is offered to amy until 09:03:30.000 (id, before bob)
09:03:01.000 amy accepts i4.1
  i4.1 is accepted (amy)
09:04:00.000 i4 leaves
  i4 ends by the customer (left)
  i4 is wrapped up by amy until 09:05:00.000
09:05:00.001 tick
  i4 is logged (wrapup_expired, not yet viewed)
  amy is available (wrapup_expired)
09:06:00.000 amy dismisses i4
  refused: conflict
09:06:01.000 amy opens i4
  i4 was opened by amy
09:06:02.000 amy codes i4
  i4 is coded
09:06:03.000 amy dismisses i4
  i4 is gone from amy's list
