# An automatic break may end by itself, unless the agent chose a status meanwhile.
# P20 P3 PRE-11 T_auto_return
queue support accept 30s
agent amy support back 10s

09:00:00.000 amy is available
  amy is available
09:01:00.000 i1 arrives support
  i1 waits in support since 09:01:00.000
  i1.1 is offered to amy until 09:01:30.000 (only)
09:01:30.001 tick
  i1.1 is timed_out (amy)
  i1 waits in support since 09:01:00.000
  amy is on_break (offer_timeout, until 09:01:40.001)
09:01:40.002 tick
  amy is available (auto_return)
  i1.2 is offered to amy until 09:02:10.002 (only)
09:02:10.003 tick
  i1.2 is timed_out (amy)
  i1 waits in support since 09:01:00.000
  amy is on_break (offer_timeout, until 09:02:20.003)
09:02:15.000 amy is on_break
  amy is on_break
09:03:00.000 tick
