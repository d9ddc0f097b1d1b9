# A queue that is full, or in which somebody waited too long, does what it is told:
# overflow to another queue at the old entry time, ask for a message, or end. An
# overflow queue that would not keep them either is no help.
# I9 QUE-08 QUE-09
queue night no_agents offline_form
queue spare
queue support max_size 1 on_full overflow overflow spare max_wait 60s on_max_wait message_end
queue sales max_wait 60s on_max_wait overflow overflow spare
queue late max_wait 60s on_max_wait overflow overflow night
agent amy support sales late
agent bob spare

09:00:00.000 i1 arrives support
  i1 waits in support since 09:00:00.000, at most until 09:01:00.000
09:00:01.000 i2 arrives support
  i2 is diverted (queue_full)
  i2-2 follows i2
  i2-2 waits in spare since 09:00:01.000
09:00:02.000 i3 arrives sales
  i3 waits in sales since 09:00:02.000, at most until 09:01:02.000
09:00:03.000 i4 arrives night
  i4 is skipped (no_agents, asked for a message)
09:00:04.000 i5 arrives late
  i5 waits in late since 09:00:04.000, at most until 09:01:04.000
09:01:00.001 tick
  i1 is queue_timeout (max_wait)
09:01:02.001 tick
  i3 is diverted (max_wait)
  i3-2 follows i3
  i3-2 waits in spare since 09:00:02.000
09:01:04.001 tick
  i5 waits in late since 09:00:04.000
09:02:00.000 bob is available
  bob is available
  i2-2.1 is offered to bob until 09:02:30.000 (only)
09:02:01.000 bob accepts i3-2.1
  refused: not_found
