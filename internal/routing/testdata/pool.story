# All queues at priority 8 are one pool, served by who came first, whatever
# priority they have inside their queue. 9 still precedes it.
# RTE-06
queue gold priority 9
queue red priority 8
queue blue priority 8
agent amy gold red blue cap 1

09:00:00.000 i1 arrives red
  i1 waits in red since 09:00:00.000
09:00:01.000 i2 arrives blue
  i2 waits in blue since 09:00:01.000
09:00:02.000 i3 arrives red
  i3 waits in red since 09:00:02.000
09:00:03.000 i4 arrives blue priority 900
  i4 waits in blue since 09:00:03.000 at priority 900
09:00:04.000 i5 arrives gold
  i5 waits in gold since 09:00:04.000
09:01:00.000 amy is available
  amy is available
  i5.1 is offered to amy until 09:01:30.000 (only)
09:01:01.000 amy accepts i5.1
  i5.1 is accepted (amy)
09:01:02.000 amy ends i5
  i5 ends by the agent
  i5 is logged
  amy is available
  i1.1 is offered to amy until 09:01:32.000 (only)
09:01:03.000 amy accepts i1.1
  i1.1 is accepted (amy)
09:01:04.000 amy ends i1
  i1 ends by the agent
  i1 is logged
  amy is available
  i2.1 is offered to amy until 09:01:34.000 (only)
09:01:05.000 amy accepts i2.1
  i2.1 is accepted (amy)
09:01:06.000 amy ends i2
  i2 ends by the agent
  i2 is logged
  amy is available
  i3.1 is offered to amy until 09:01:36.000 (only)
09:01:07.000 amy accepts i3.1
  i3.1 is accepted (amy)
09:01:08.000 amy ends i3
  i3 ends by the agent
  i3 is logged
  amy is available
  i4.1 is offered to amy until 09:01:38.000 (only)
