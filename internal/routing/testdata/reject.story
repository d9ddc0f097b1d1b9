# amy may reject: she goes on break with it, and the chat keeps its place and
# goes to bob. When everybody has had it once, a new round begins.
# P7 I11 OFR-05 OFR-07 OFR-08 SEC-04 PRE-09 E7 E8
queue support accept 30s wrapup 60s
agent amy support level 80 reject yes
agent bob support level 50 reject yes on_reject work_offline

09:00:00.000 amy is available
  amy is available
09:00:01.000 bob is available
  bob is available
09:01:00.000 i1 arrives support
  i1 waits in support since 09:01:00.000
  i1.1 is offered to amy until 09:01:30.000 (level 80, before bob 50)
09:01:05.000 amy rejects i1.1
  i1.1 is rejected (amy)
  i1 waits in support since 09:01:00.000
  amy is on_break (rejected)
  i1.2 is offered to bob until 09:01:35.000 (only)
09:01:06.000 amy is available
  amy is available
09:01:10.000 bob rejects i1.2
  i1.2 is rejected (bob)
  i1 waits in support since 09:01:00.000
  bob is work_offline (rejected)
  i1.3 is offered to amy until 09:01:40.000 (only)
