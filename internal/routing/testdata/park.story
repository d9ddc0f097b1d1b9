== I29 I30 RPL-03: a parked talk takes no slot and no wrap-up, and comes back first to who parked it
queue support accept 30s wrapup 60s
agent amy support cap 1
agent bob support

09:00:00.000 amy is available
  amy is available
09:00:01.000 bob is on_break
  bob is on_break
09:00:02.000 i1 arrives support over sms
  i1 waits in support since 09:00:02.000
  i1.1 is offered to amy until 09:00:32.000 (only)
09:00:03.000 amy accepts i1.1
  i1.1 is accepted (amy)
09:05:00.000 amy parks i1 for 1h
  i1 is parked by amy until 10:05:00.000
09:05:01.000 amy parks i1 for 59m59s
09:05:02.000 amy ends i1
  refused: conflict
09:05:03.000 amy transfers i1 to bob as i1b
  refused: conflict
09:06:00.000 i2 arrives support over sms
  i2 waits in support since 09:06:00.000
  i2.1 is offered to amy until 09:06:30.000 (only)
09:06:01.000 amy accepts i2.1
  i2.1 is accepted (amy)
09:06:02.000 amy takes i1 back
  refused: at_capacity
09:06:03.000 amy ends i2
  i2 ends by the agent
  i2 is wrapped up by amy until 09:07:03.000
09:06:04.000 amy wraps up i2
  i2 is logged
  amy is available
09:06:10.000 bob is available
  bob is available
09:06:11.000 i1 writes again
  i1 waits in support since 09:00:02.000, first for amy until 09:07:11.000
  i1.2 is offered to amy until 09:06:41.000 (preferred)
09:06:12.000 i1 writes again
09:06:13.000 amy takes i1 back
09:06:15.000 amy accepts i1.2
  i1.2 is accepted (amy)
09:06:16.000 bob takes i1 back
  refused: not_found
== I30: nobody waits for an agent who cannot: another is offered what came back
queue support accept 30s
agent amy support
agent bob support

09:00:00.000 amy is available
  amy is available
09:00:02.000 i1 arrives support over sms
  i1 waits in support since 09:00:02.000
  i1.1 is offered to amy until 09:00:32.000 (only)
09:00:03.000 amy accepts i1.1
  i1.1 is accepted (amy)
09:00:04.000 amy parks i1 for 10m
  i1 is parked by amy until 09:10:04.000
09:00:05.000 amy logs out
  amy is logged_out
  amy's link is down
09:00:06.000 bob is available
  bob is available
09:10:04.000 tick
09:10:04.001 tick
  i1 waits in support since 09:00:02.000, first for amy until 09:11:04.001
  i1.2 is offered to bob until 09:10:34.001 (only)
09:10:05.000 bob accepts i1.2
  i1.2 is accepted (bob)
09:10:06.000 bob parks i1
  i1 is parked by bob until the next message, at most until 17:10:06.000
09:10:07.000 amy takes i1 back
  refused: not_found
09:10:08.000 bob is on_break
  bob is on_break
09:10:09.000 bob takes i1 back
  refused: agent_unavailable
09:10:10.000 bob is available
  bob is available
09:10:11.000 bob takes i1 back
  i1 waits in support since 09:00:02.000, first for bob until 09:11:11.000
  i1.3 is offered to bob until 09:10:41.000 (preferred)
== I29: only what is asynchronous is parked, and not while it is being transferred
queue support
agent amy support
agent bob support

09:00:00.000 amy is available
  amy is available
09:00:01.000 i1 arrives support
  i1 waits in support since 09:00:01.000
  i1.1 is offered to amy until 09:00:31.000 (only)
09:00:02.000 amy accepts i1.1
  i1.1 is accepted (amy)
09:00:03.000 amy parks i1
  refused: conflict
09:00:04.000 i2 arrives support over sms
  i2 waits in support since 09:00:04.000
  i2.1 is offered to amy until 09:00:34.000 (only)
09:00:05.000 amy accepts i2.1
  i2.1 is accepted (amy)
09:00:06.000 bob is available
  bob is available
09:00:07.000 amy transfers i2 to bob as i3
  i3 follows i2 from amy
  i2 stays with amy until bob takes i3
  i3.1 is offered to bob until 09:00:37.000 (addressed)
09:00:08.000 amy parks i2
  refused: conflict
09:00:09.000 bob parks i2
  refused: not_found
09:00:40.000 tick
  i3.1 is timed_out (bob)
  i3 is cancelled (timed_out)
  bob is on_break (offer_timeout)
09:00:41.000 amy parks i2 for 0s
  refused: bad_request
== I28 I29: a supervisor closes what is parked; a queue with something parked stays
queue support
agent amy support

09:00:00.000 amy is available
  amy is available
09:00:01.000 i1 arrives support over sms
  i1 waits in support since 09:00:01.000
  i1.1 is offered to amy until 09:00:31.000 (only)
09:00:02.000 amy accepts i1.1
  i1.1 is accepted (amy)
09:00:03.000 amy stops new
  amy takes nothing new
09:00:04.000 amy parks i1
  i1 is parked by amy until the next message, at most until 17:00:04.000
  amy is work_offline
09:00:05.000 support is removed
  refused: queue_not_empty
09:00:06.000 sam closes i1
  i1 is cancelled (supervisor)
09:00:07.000 support is removed
09:00:08.000 amy takes i1 back
  refused: interaction_ended
== I29: a customer whose program ends what is parked leaves nothing to do
queue support wrapup 60s
agent amy support

09:00:00.000 amy is available
  amy is available
09:00:01.000 i1 arrives support over open
  i1 waits in support since 09:00:01.000
  i1.1 is offered to amy until 09:00:31.000 (only)
09:00:02.000 amy accepts i1.1
  i1.1 is accepted (amy)
09:00:03.000 amy parks i1
  i1 is parked by amy until the next message, at most until 17:00:03.000
09:00:04.000 i1 ends by a program
  i1 is cancelled (left)
09:00:05.000 amy takes i1 back
  refused: interaction_ended
