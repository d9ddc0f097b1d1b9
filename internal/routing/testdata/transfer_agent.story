# A transfer to an agent is an offer: amy keeps the chat until bob takes it. If he
# does not, nothing has changed for her customer.
# I20b XFR-01 XFR-04 P7 P8 CAP-04
queue support accept 30s wrapup 60s
agent amy support level 80
agent bob level 50 reject yes

09:00:00.000 amy is available
  amy is available
09:01:00.000 i1 arrives support
  i1 waits in support since 09:01:00.000
  i1.1 is offered to amy until 09:01:30.000 (only)
09:01:05.000 amy accepts i1.1
  i1.1 is accepted (amy)
09:02:00.000 amy transfers i1 to bob as i2
  refused: agent_unavailable
09:02:05.000 bob is available
  bob is available
09:02:06.000 amy transfers i1 to bob as i2
  i2 follows i1 from amy
  i1 stays with amy until bob takes i2
  i2.1 is offered to bob until 09:02:36.000 (addressed)
09:02:07.000 amy transfers i1 to bob as i3
  refused: conflict
09:02:10.000 bob rejects i2.1
  i2.1 is rejected (bob)
  i2 is cancelled (rejected)
  bob is on_break (rejected)
09:03:00.000 bob is available
  bob is available
09:03:01.000 amy transfers i1 to bob as i3
  i3 follows i1 from amy
  i1 stays with amy until bob takes i3
  i3.1 is offered to bob until 09:03:31.000 (addressed)
09:03:31.001 tick
  i3.1 is timed_out (bob)
  i3 is cancelled (timed_out)
  bob is on_break (offer_timeout)
09:04:00.000 bob is available
  bob is available
09:04:01.000 amy transfers i1 to bob as i4
  i4 follows i1 from amy
  i1 stays with amy until bob takes i4
  i4.1 is offered to bob until 09:04:31.000 (addressed)
09:04:05.000 bob accepts i4.1
  i4.1 is accepted (bob)
  i1 goes from amy to bob as i4
  i1 ends by the agent (transferred)
  i1 is wrapped up by amy until 09:05:05.000
09:05:00.000 bob ends i4
  i4 ends by the agent
  i4 is wrapped up by bob until 09:06:00.000
09:05:10.000 bob wraps up i4
  i1 is logged (wrapup_expired)
  amy is available (wrapup_expired)
  i4 is logged
  bob is available
09:05:11.000 amy transfers i1 to bob as i5
  refused: interaction_ended
