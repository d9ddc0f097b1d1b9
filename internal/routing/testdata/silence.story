== I15 I22: silence is warned of, counts anew with every message, and ends the talk
queue support wrapup 60s
agent amy support

09:00:00.000 amy is available
  amy is available
09:00:01.000 i1 arrives support warned 2m silent 5m
  i1 waits in support since 09:00:01.000
  i1.1 is offered to amy until 09:00:31.000 (only)
09:00:10.000 amy accepts i1.1
  i1.1 is accepted (amy)
  the silence of i1 counts anew
09:02:10.000 tick
09:02:10.001 tick
  i1 is silent: both are warned
09:03:00.000 something is said in i1
  the silence of i1 counts anew
09:05:00.000 tick
09:05:00.001 tick
  i1 is silent: both are warned
09:08:00.000 tick
09:08:00.001 tick
  i1 ends by the system (inactivity)
  i1 is wrapped up by amy until 09:09:00.001
09:08:01.000 something is said in i1
09:08:02.000 amy wraps up i1
  i1 is logged
  amy is available
== I22: what is not configured, waits or is parked is never silent
queue support
agent amy support

09:00:00.000 i1 arrives support over sms warned 10s silent 20s
  i1 waits in support since 09:00:00.000
09:10:00.000 something is said in i1
09:10:01.000 amy is available
  amy is available
  i1.1 is offered to amy until 09:10:31.000 (only)
09:10:02.000 amy accepts i1.1
  i1.1 is accepted (amy)
  the silence of i1 counts anew
09:10:05.000 amy parks i1 for 1h
  i1 is parked by amy until 10:10:05.000
09:11:00.000 tick
09:11:01.000 amy takes i1 back
  i1 waits in support since 09:00:00.000, first for amy until 09:12:01.000
  i1.2 is offered to amy until 09:11:31.000 (preferred)
09:11:02.000 amy accepts i1.2
  i1.2 is accepted (amy)
  the silence of i1 counts anew
09:11:12.001 tick
  i1 is silent: both are warned
09:11:13.000 i2 arrives support
  i2 waits in support since 09:11:13.000
  i2.1 is offered to amy until 09:11:43.000 (only)
09:11:14.000 amy accepts i2.1
  i2.1 is accepted (amy)
09:11:15.000 something is said in i2
09:12:00.000 tick
  i1 ends by the system (inactivity)
  i1 is logged
