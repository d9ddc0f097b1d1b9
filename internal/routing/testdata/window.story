== I23: a talk ends when its window closes: its agent is warned before, every message opens it anew
queue support wrapup 60s
agent amy support

09:00:00.000 amy is available
  amy is available
09:00:01.000 i1 arrives support window 10m near 2m
  i1 waits in support since 09:00:01.000
  i1.1 is offered to amy until 09:00:31.000 (only)
09:00:10.000 amy accepts i1.1
  i1.1 is accepted (amy)
09:05:00.000 the window of i1 is open for 10m
  the window of i1 is open until 09:15:00.000
09:13:00.000 tick
09:13:00.001 tick
  the window of i1 is about to close: its agent is warned
09:14:00.000 the window of i1 is open for 10m
  the window of i1 is open until 09:24:00.000
09:22:00.001 tick
  the window of i1 is about to close: its agent is warned
09:24:00.000 tick
09:24:00.001 tick
  i1 ends by the system (window)
  i1 is wrapped up by amy until 09:25:00.001
09:24:01.000 the window of i1 is open for 10m
  the window of i1 is open until 09:34:01.000
09:24:02.000 amy wraps up i1
  i1 is logged
  amy is available
== I23: what closed before anybody took the talk ends nothing; what is near is told at once
queue support
agent amy support

09:00:00.000 i1 arrives support window 1m near 30s
  i1 waits in support since 09:00:00.000
09:00:00.000 i2 arrives support window 10m near 9m
  i2 waits in support since 09:00:00.000
09:05:00.000 amy is available
  amy is available
  i1.1 is offered to amy until 09:05:30.000 (only)
09:05:01.000 amy accepts i1.1
  i1.1 is accepted (amy)
  the window of i1 was shut before
  i2.1 is offered to amy until 09:05:31.000 (only)
09:05:02.000 amy ends i1
  i1 ends by the agent
  i1 is logged
09:05:03.000 amy accepts i2.1
  i2.1 is accepted (amy)
  the window of i2 is about to close: its agent is warned
09:10:00.001 tick
  i2 ends by the system (window)
  i2 is logged
  amy is available
== I23: a window moves also for whom the talk is on its way to
queue support
agent amy support
agent bob support

09:00:00.000 amy is available
  amy is available
09:00:01.000 i1 arrives support window 5m near 1m
  i1 waits in support since 09:00:01.000
  i1.1 is offered to amy until 09:00:31.000 (only)
09:00:02.000 amy accepts i1.1
  i1.1 is accepted (amy)
09:00:03.000 bob is available
  bob is available
09:00:04.000 amy transfers i1 to bob as i2
  i2 follows i1 from amy
  i1 stays with amy until bob takes i2
  i2.1 is offered to bob until 09:00:34.000 (addressed)
09:00:20.000 the window of i1 is open for 5m
  the window of i1 is open until 09:05:20.000
  the window of i2 is open until 09:05:20.000
09:00:21.000 bob accepts i2.1
  i2.1 is accepted (bob)
  i1 goes from amy to bob as i2
  i1 ends by the agent (transferred)
  i1 is logged
  amy is available
09:04:20.001 tick
  the window of i2 is about to close: its agent is warned
09:05:20.001 tick
  i2 ends by the system (window)
  i2 is logged
  bob is available
