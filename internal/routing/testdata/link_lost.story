# amy's link breaks while an offer rings. She keeps her chat, gets nothing new,
# and may still answer for 20 s; then the offer is withdrawn without penalty, and
# bob gets it. Back within two minutes, she goes on as if nothing had been.
# P9 P17 P18 I14 I18 I19 RES-01 E15
queue support accept 60s wrapup 60s
agent amy support level 80
agent bob support level 50

09:00:00.000 amy is available
  amy is available
09:01:00.000 i1 arrives support
  i1 waits in support since 09:01:00.000
  i1.1 is offered to amy until 09:02:00.000 (only)
09:01:05.000 amy accepts i1.1
  i1.1 is accepted (amy)
09:02:00.000 i2 arrives support
  i2 waits in support since 09:02:00.000
  i2.1 is offered to amy until 09:03:00.000 (only)
09:02:10.000 amy loses the link
  amy's link is grace until 09:04:10.000, to answer until 09:02:30.000
09:02:11.000 bob is available
  bob is available
09:02:30.001 tick
  i2.1 is withdrawn (amy, link_lost)
  i2 waits in support since 09:02:00.000
  i2.2 is offered to bob until 09:03:30.001 (only)
09:02:40.000 amy is back
  amy's link is up
09:02:41.000 i3 arrives support
  i3 waits in support since 09:02:41.000
  i3.1 is offered to amy until 09:03:41.000 (only)
09:03:00.000 i1 loses the link
  i1 is away until 09:05:00.000
09:03:20.000 i1 is back
  i1 is here again
