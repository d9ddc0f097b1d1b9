== I1 I2 I5: a contact comes, waits, and is offered
queue support
agent amy support

09:00:00.000 i1 arrives support
  i1 waits in support since 09:00:00.000
09:00:01.000 i1 arrives support
  refused: conflict
09:00:02.000 i2 arrives nowhere
  refused: not_found
09:00:03.000 amy is available
  amy is available
  i1.1 is offered to amy until 09:00:33.000 (only)

== I3: out of hours a contact is asked for a message
queue support

09:00:00.000 i1 comes out of hours
  i1 is offline (closed, asked for a message)

== I4 I7: leaving at once is a short abandon, later an abandon, and over is over
queue support

09:00:00.000 i1 arrives support
  i1 waits in support since 09:00:00.000
09:00:00.000 i2 arrives support
  i2 waits in support since 09:00:00.000
09:00:04.999 i1 leaves
  i1 is short_abandoned (left)
09:00:05.000 i2 leaves
  i2 is abandoned (left)
09:00:06.000 i2 leaves
  refused: interaction_ended

== I8: skipping the queue for a message, also while it rings unseen
queue support
agent amy support

09:00:00.000 i1 arrives support
  i1 waits in support since 09:00:00.000
09:00:01.000 i1 skips the queue
  i1 is skipped (skipped, asked for a message)
09:00:02.000 amy is available
  amy is available
09:00:03.000 i2 arrives support
  i2 waits in support since 09:00:03.000
  i2.1 is offered to amy until 09:00:33.000 (only)
09:00:04.000 i2 skips the queue
  i2.1 is abandoned (amy)
  i2 is skipped (skipped, asked for a message)
09:00:05.000 i3 arrives support
  i3 waits in support since 09:00:05.000
  i3.1 is offered to amy until 09:00:35.000 (only)
09:00:06.000 amy accepts i3.1
  i3.1 is accepted (amy)
09:00:07.000 i3 skips the queue
  refused: conflict

== I9 QUE-09: waited too long, with each policy
queue spare
queue form max_wait 60s on_max_wait offline_form
queue end max_wait 60s on_max_wait message_end
queue over max_wait 60s on_max_wait overflow overflow spare
agent amy form end over spare

09:00:00.000 i1 arrives form
  i1 waits in form since 09:00:00.000, at most until 09:01:00.000
09:00:00.000 i2 arrives end
  i2 waits in end since 09:00:00.000, at most until 09:01:00.000
09:00:00.000 i3 arrives over
  i3 waits in over since 09:00:00.000, at most until 09:01:00.000
09:01:00.001 tick
  i1 is skipped (max_wait, asked for a message)
  i2 is queue_timeout (max_wait)
  i3 is diverted (max_wait)
  i3-2 follows i3
  i3-2 waits in spare since 09:00:00.000

== I10 I11 I12: accepted, rejected, lapsed; the entry time is kept
queue support accept 30s
agent amy support level 80 reject yes
agent bob support level 50

09:00:00.000 amy is available
  amy is available
09:00:00.000 bob is available
  bob is available
09:00:01.000 i1 arrives support
  i1 waits in support since 09:00:01.000
  i1.1 is offered to amy until 09:00:31.000 (level 80, before bob 50)
09:00:02.000 amy rejects i1.1
  i1.1 is rejected (amy)
  i1 waits in support since 09:00:01.000
  amy is on_break (rejected)
  i1.2 is offered to bob until 09:00:32.000 (only)
09:00:32.001 tick
  i1.2 is timed_out (bob)
  i1 waits in support since 09:00:01.000
  bob is on_break (offer_timeout)
09:00:33.000 amy is available
  amy is available
  i1.3 is offered to amy until 09:01:03.000 (only)
09:00:34.000 amy accepts i1.3
  i1.3 is accepted (amy)

== I13: the customer goes while it rings
queue support
agent amy support

09:00:00.000 amy is available
  amy is available
09:00:01.000 i1 arrives support
  i1 waits in support since 09:00:01.000
  i1.1 is offered to amy until 09:00:31.000 (only)
09:00:02.000 i1 loses the link
  i1 is away until 09:02:02.000
09:00:03.000 amy is on_break
  refused: answer_offer_first
09:00:20.000 amy accepts i1.1
  i1.1 is accepted (amy)
09:02:02.001 tick
  i1 ends by the customer (left)
  i1 is logged (not yet viewed)
  amy is available

== I14: withdrawn by a supervisor, no penalty
queue support
agent amy support
agent bob support

09:00:00.000 amy is available
  amy is available
09:00:00.000 bob is available
  bob is available
09:00:01.000 i1 arrives support
  i1 waits in support since 09:00:01.000
  i1.1 is offered to amy until 09:00:31.000 (id, before bob)
09:00:02.000 sam makes amy on_break
  i1.1 is withdrawn (amy, supervisor)
  i1 waits in support since 09:00:01.000
  amy is on_break (supervisor, by sam)
  i1.2 is offered to bob until 09:00:32.000 (only)

== I16 I26: ended by the agent and logged at once where there is no wrap-up
queue support
agent amy support

09:00:00.000 amy is available
  amy is available
09:00:01.000 i1 arrives support
  i1 waits in support since 09:00:01.000
  i1.1 is offered to amy until 09:00:31.000 (only)
09:00:02.000 amy accepts i1.1
  i1.1 is accepted (amy)
09:00:03.000 amy ends i1
  i1 ends by the agent
  i1 is logged
  amy is available
09:00:04.000 amy ends i1
  refused: interaction_ended

== I17 I18 I19: the customer's link, and their end
queue support wrapup 60s
agent amy support

09:00:00.000 amy is available
  amy is available
09:00:01.000 i1 arrives support
  i1 waits in support since 09:00:01.000
  i1.1 is offered to amy until 09:00:31.000 (only)
09:00:02.000 amy accepts i1.1
  i1.1 is accepted (amy)
09:00:03.000 i1 loses the link
  i1 is away until 09:02:03.000
09:00:04.000 i1 is back
  i1 is here again
09:00:05.000 i1 leaves
  i1 ends by the customer (left)
  i1 is wrapped up by amy until 09:01:05.000
09:00:06.000 i1 leaves
  refused: interaction_ended
09:00:07.000 i1 loses the link

== I20 XFR-06: to another queue, at the old entry time, while the customer is away
queue support
queue sales
agent amy support
agent bob sales

09:00:00.000 amy is available
  amy is available
09:00:01.000 i1 arrives support
  i1 waits in support since 09:00:01.000
  i1.1 is offered to amy until 09:00:31.000 (only)
09:00:02.000 amy accepts i1.1
  i1.1 is accepted (amy)
09:00:03.000 i1 loses the link
  i1 is away until 09:02:03.000
09:00:04.000 amy transfers i1 to sales as i2
  i1 goes from amy to sales as i2
  i1 ends by the agent (transferred)
  i1 is logged
  amy is available
  i2 follows i1 from amy
  i2 is away until 09:02:04.000
  i2 waits in sales since 09:00:01.000
09:02:04.001 tick
  i2 is abandoned (left)

== I20b: the chat ends before the other agent took it
queue support
agent amy support level 80
agent bob

09:00:00.000 amy is available
  amy is available
09:00:00.000 bob is available
  bob is available
09:00:01.000 i1 arrives support
  i1 waits in support since 09:00:01.000
  i1.1 is offered to amy until 09:00:31.000 (only)
09:00:02.000 amy accepts i1.1
  i1.1 is accepted (amy)
09:00:03.000 amy transfers i1 to bob as i2
  i2 follows i1 from amy
  i1 stays with amy until bob takes i2
  i2.1 is offered to bob until 09:00:33.000 (addressed)
09:00:04.000 i1 leaves
  i2.1 is withdrawn (bob, transfer_ended)
  i2 is cancelled (transfer_ended)
  i1 ends by the customer (left)
  i1 is logged (not yet viewed)
  amy is available
09:00:05.000 bob accepts i2.1
  refused: offer_expired

== I20b: the sender is gone for good before the other took it
queue support
agent amy support level 80
agent bob

09:00:00.000 amy is available
  amy is available
09:00:00.000 bob is available
  bob is available
09:00:01.000 i1 arrives support
  i1 waits in support since 09:00:01.000
  i1.1 is offered to amy until 09:00:31.000 (only)
09:00:02.000 amy accepts i1.1
  i1.1 is accepted (amy)
09:00:03.000 amy transfers i1 to bob as i2
  i2 follows i1 from amy
  i1 stays with amy until bob takes i2
  i2.1 is offered to bob until 09:00:33.000 (addressed)
09:00:04.000 sam sends amy home
  i2.1 is withdrawn (bob, transfer_ended)
  i2 is cancelled (transfer_ended)
  i1 waits in support since 09:00:01.000 at priority 100 (amy is gone)
  amy is logged_out (supervisor, by sam)
  amy's link is down

== I20b: the other loses the link, then has no slot
queue support accept 60s
agent amy support level 80
agent bob cap 1

09:00:00.000 amy is available
  amy is available
09:00:00.000 bob is available
  bob is available
09:00:01.000 i1 arrives support
  i1 waits in support since 09:00:01.000
  i1.1 is offered to amy until 09:01:01.000 (only)
09:00:02.000 amy accepts i1.1
  i1.1 is accepted (amy)
09:00:03.000 amy transfers i1 to bob as i2
  i2 follows i1 from amy
  i1 stays with amy until bob takes i2
  i2.1 is offered to bob until 09:01:03.000 (addressed)
09:00:04.000 bob loses the link
  bob's link is grace until 09:02:04.000, to answer until 09:00:24.000
09:00:24.001 tick
  i2.1 is withdrawn (bob, link_lost)
  i2 is cancelled (withdrawn)
09:00:25.000 bob is back
  bob's link is up
09:00:26.000 i3 arrives support
  i3 waits in support since 09:00:26.000
  i3.1 is offered to amy until 09:01:26.000 (only)
09:00:27.000 amy accepts i3.1
  i3.1 is accepted (amy)
09:00:28.000 amy transfers i3 to bob as i4
  i4 follows i3 from amy
  i3 stays with amy until bob takes i4
  i4.1 is offered to bob until 09:01:28.000 (addressed)
09:00:29.000 bob accepts i4.1
  i4.1 is accepted (bob)
  i3 goes from amy to bob as i4
  i3 ends by the agent (transferred)
  i3 is logged
09:00:30.000 amy transfers i1 to bob as i5
  refused: at_capacity

== I21: the agent is gone for good: the same interaction, first in line
queue support
agent amy support

09:00:00.000 amy is available
  amy is available
09:00:01.000 i1 arrives support
  i1 waits in support since 09:00:01.000
  i1.1 is offered to amy until 09:00:31.000 (only)
09:00:02.000 amy accepts i1.1
  i1.1 is accepted (amy)
09:00:03.000 sam sends amy home
  i1 waits in support since 09:00:01.000 at priority 100 (amy is gone)
  amy is logged_out (supervisor, by sam)
  amy's link is down

== I24 I25 WRP-04 WRP-11: coded, extended, wrapped up, and once is enough
queue support wrapup 60s code required
agent amy support

09:00:00.000 amy is available
  amy is available
09:00:01.000 i1 arrives support
  i1 waits in support since 09:00:01.000
  i1.1 is offered to amy until 09:00:31.000 (only)
09:00:02.000 amy accepts i1.1
  i1.1 is accepted (amy)
09:00:03.000 amy wraps up i1
  refused: conflict
09:00:04.000 amy ends i1
  i1 ends by the agent
  i1 is wrapped up by amy until 09:01:04.000
09:00:05.000 amy extends i1
  i1 may be wrapped up until 09:01:34.000
09:00:06.000 amy extends i1
  refused: conflict
09:00:07.000 amy codes i1
  i1 is coded
09:00:08.000 amy wraps up i1
  i1 is logged
  amy is available
09:00:09.000 amy wraps up i1

== I25b I25c I25d I25e: the time is over, by what is left to do
queue support wrapup 60s
queue sales wrapup 60s code required
agent amy support
agent bob sales
agent cid support

09:00:00.000 amy is available
  amy is available
09:00:01.000 i1 arrives support
  i1 waits in support since 09:00:01.000
  i1.1 is offered to amy until 09:00:31.000 (only)
09:00:02.000 amy accepts i1.1
  i1.1 is accepted (amy)
09:00:03.000 amy ends i1
  i1 ends by the agent
  i1 is wrapped up by amy until 09:01:03.000
09:00:04.000 bob is available
  bob is available
09:00:05.000 i2 arrives sales
  i2 waits in sales since 09:00:05.000
  i2.1 is offered to bob until 09:00:35.000 (only)
09:00:06.000 bob accepts i2.1
  i2.1 is accepted (bob)
09:00:07.000 bob ends i2
  i2 ends by the agent
  i2 is wrapped up by bob until 09:01:07.000
09:00:08.000 cid is available
  cid is available
09:00:09.000 i3 arrives support
  i3 waits in support since 09:00:09.000
  i3.1 is offered to cid until 09:00:39.000 (only)
09:00:10.000 cid accepts i3.1
  i3.1 is accepted (cid)
09:00:11.000 i3 leaves
  i3 ends by the customer (left)
  i3 is wrapped up by cid until 09:01:11.000
09:01:11.001 tick
  i1 is logged (wrapup_expired)
  amy is available (wrapup_expired)
  i2 is overdue: bob must choose a code
  i3 is logged (wrapup_expired, not yet viewed)
  cid is available (wrapup_expired)
09:01:12.000 cid opens i3
  i3 was opened by cid
09:01:13.000 cid codes i3
  i3 is coded
09:01:14.000 cid dismisses i3
  i3 is gone from cid's list

== I27: a new interaction of the same conversation, while the old one is wrapped up
queue support wrapup 60s
agent amy support

09:00:00.000 amy is available
  amy is available
09:00:01.000 i1 arrives support
  i1 waits in support since 09:00:01.000
  i1.1 is offered to amy until 09:00:31.000 (only)
09:00:02.000 amy accepts i1.1
  i1.1 is accepted (amy)
09:00:03.000 amy ends i1
  i1 ends by the agent
  i1 is wrapped up by amy until 09:01:03.000
09:00:04.000 i2 arrives support in c1
  i2 waits in support since 09:00:04.000

== I28: closed by a supervisor, wherever it stands
queue support wrapup 60s
agent amy support

09:00:00.000 i1 arrives support
  i1 waits in support since 09:00:00.000
09:00:01.000 sam closes i1
  i1 is cancelled (supervisor)
09:00:02.000 amy is available
  amy is available
09:00:03.000 i2 arrives support
  i2 waits in support since 09:00:03.000
  i2.1 is offered to amy until 09:00:33.000 (only)
09:00:04.000 sam closes i2
  i2.1 is withdrawn (amy, supervisor)
  i2 is cancelled (supervisor)
09:00:05.000 i3 arrives support
  i3 waits in support since 09:00:05.000
  i3.1 is offered to amy until 09:00:35.000 (only)
09:00:06.000 amy accepts i3.1
  i3.1 is accepted (amy)
09:00:07.000 sam closes i3
  i3 ends by the system (closed)
  i3 is wrapped up by amy until 09:01:07.000
09:00:08.000 sam closes i3
  refused: interaction_ended

== RPL-03: kept for the last agent for a while, if they may have it
queue support
agent amy support level 80
agent bob support level 50

09:00:00.000 amy is available
  amy is available
09:00:00.000 bob is available
  bob is available
09:00:01.000 i1 arrives support prefers bob
  i1 waits in support since 09:00:01.000
  i1.1 is offered to bob until 09:00:31.000 (preferred)
09:00:02.000 i2 arrives support prefers bob
  i2 waits in support since 09:00:02.000
  i2.1 is offered to amy until 09:00:32.000 (only)

== I9: the customer is away while the queue sends them on
queue spare
queue support max_wait 10s on_max_wait overflow overflow spare
agent amy spare

09:00:00.000 i1 arrives support
  i1 waits in support since 09:00:00.000, at most until 09:00:10.000
09:00:01.000 i1 loses the link
  i1 is away until 09:02:01.000
09:00:10.001 tick
  i1 is diverted (max_wait)
  i1-2 follows i1
  i1-2 is away until 09:02:01.000
  i1-2 waits in spare since 09:00:00.000
09:02:01.001 tick
  i1-2 is abandoned (left)

== I20b: the customer is away while the other agent takes it
queue support
agent amy support level 80
agent bob

09:00:00.000 amy is available
  amy is available
09:00:00.000 bob is available
  bob is available
09:00:01.000 i1 arrives support
  i1 waits in support since 09:00:01.000
  i1.1 is offered to amy until 09:00:31.000 (only)
09:00:02.000 amy accepts i1.1
  i1.1 is accepted (amy)
09:00:03.000 amy transfers i1 to bob as i2
  i2 follows i1 from amy
  i1 stays with amy until bob takes i2
  i2.1 is offered to bob until 09:00:33.000 (addressed)
09:00:04.000 i1 loses the link
  i1 is away until 09:02:04.000
09:00:05.000 bob accepts i2.1
  i2.1 is accepted (bob)
  i1 goes from amy to bob as i2
  i1 ends by the agent (transferred)
  i1 is logged
  amy is available
  i2 is away until 09:02:04.000
09:02:04.001 tick
  i2 ends by the customer (left)
  i2 is logged (not yet viewed)
  bob is available

== WRP-06 I16: a list of the agent's group may be required too
queue support
agent amy support code required

09:00:00.000 amy is available
  amy is available
09:00:01.000 i1 arrives support
  i1 waits in support since 09:00:01.000
  i1.1 is offered to amy until 09:00:31.000 (only)
09:00:02.000 amy accepts i1.1
  i1.1 is accepted (amy)
09:00:03.000 amy ends i1
  i1 ends by the agent
  i1 is wrapped up by amy until a code is chosen
  i1 is overdue: amy must choose a code

== QUE-04 RTE-08: web chats and text messages wait in one line under the same rules
queue support
agent amy support level 80
agent bob support level 50 skill french=50

09:00:00.000 i1 arrives support over sms
  i1 waits in support since 09:00:00.000
09:00:01.000 i2 arrives support
  i2 waits in support since 09:00:01.000
09:00:02.000 i3 arrives support over sms needs french=50
  i3 waits in support since 09:00:02.000
09:00:03.000 i1 leaves
  refused: customer_cannot_end
09:00:04.000 i1 loses the link
09:00:05.000 amy is available
  amy is available
  i1.1 is offered to amy until 09:00:35.000 (only)
09:00:06.000 amy accepts i1.1
  i1.1 is accepted (amy)
  i2.1 is offered to amy until 09:00:36.000 (only)
09:00:07.000 amy ends i1
  i1 ends by the agent
  i1 is logged
09:00:08.000 bob is available
  bob is available
  i3.1 is offered to bob until 09:00:38.000 (only)
