== E1: two chats want the same agent: one offer, the other waits at the head
queue support wrapup 60s
agent amy support

09:00:00.000 i1 arrives support
  i1 waits in support since 09:00:00.000
09:00:00.000 i2 arrives support
  i2 waits in support since 09:00:00.000
09:00:01.000 amy is available
  amy is available
  i1.1 is offered to amy until 09:00:31.000 (only)
09:00:02.000 amy accepts i1.1
  i1.1 is accepted (amy)
  i2.1 is offered to amy until 09:00:32.000 (only)

== E1b: two may ring at once, but there is one free slot
center parallel 2
queue support
agent amy support cap 2

09:00:00.000 amy is available
  amy is available
09:00:01.000 i1 arrives support
  i1 waits in support since 09:00:01.000
  i1.1 is offered to amy until 09:00:31.000 (only)
09:00:02.000 amy accepts i1.1
  i1.1 is accepted (amy)
09:00:03.000 i2 arrives support
  i2 waits in support since 09:00:03.000
  i2.1 is offered to amy until 09:00:33.000 (only)
09:00:04.000 i3 arrives support
  i3 waits in support since 09:00:04.000

== E2: two agents are free and one chat comes: one offer
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

== E3: accepting in the millisecond of the deadline counts
queue support accept 30s
agent amy support

09:00:00.000 amy is available
  amy is available
09:00:01.000 i1 arrives support
  i1 waits in support since 09:00:01.000
  i1.1 is offered to amy until 09:00:31.000 (only)
09:00:31.000 tick
09:00:31.000 amy accepts i1.1
  i1.1 is accepted (amy)

== E3: one millisecond later it does not, and the lapse has its effect
queue support accept 30s
agent amy support

09:00:00.000 amy is available
  amy is available
09:00:01.000 i1 arrives support
  i1 waits in support since 09:00:01.000
  i1.1 is offered to amy until 09:00:31.000 (only)
09:00:31.001 amy accepts i1.1
  i1.1 is timed_out (amy)
  i1 waits in support since 09:00:01.000
  amy is on_break (offer_timeout)
  refused: offer_expired

== E4: a double click is one accept
queue support
agent amy support

09:00:00.000 amy is available
  amy is available
09:00:01.000 i1 arrives support
  i1 waits in support since 09:00:01.000
  i1.1 is offered to amy until 09:00:31.000 (only)
09:00:02.000 amy accepts i1.1
  i1.1 is accepted (amy)
09:00:02.000 amy accepts i1.1

== E5: the customer left first: the accept is told so
queue support
agent amy support

09:00:00.000 amy is available
  amy is available
09:00:01.000 i1 arrives support
  i1 waits in support since 09:00:01.000
  i1.1 is offered to amy until 09:00:31.000 (only)
09:00:07.000 i1 leaves
  i1.1 is abandoned (amy)
  i1 is abandoned (left)
09:00:07.000 amy accepts i1.1
  refused: customer_left

== E5: the accept came first: an active chat that ends at once and must be looked at
queue support
agent amy support

09:00:00.000 amy is available
  amy is available
09:00:01.000 i1 arrives support
  i1 waits in support since 09:00:01.000
  i1.1 is offered to amy until 09:00:31.000 (only)
09:00:02.000 amy accepts i1.1
  i1.1 is accepted (amy)
09:00:02.000 i1 leaves
  i1 ends by the customer (left)
  i1 is logged (not yet viewed)
  amy is available
09:00:03.000 amy opens i1
  i1 was opened by amy
09:00:04.000 amy dismisses i1
  i1 is gone from amy's list

== E6: a break while an offer rings is a reject with the right, and refused without
queue support
agent amy support level 80 on_reject work_offline reject yes
agent bob support level 50

09:00:00.000 amy is available
  amy is available
09:00:00.000 bob is available
  bob is available
09:00:01.000 i1 arrives support
  i1 waits in support since 09:00:01.000
  i1.1 is offered to amy until 09:00:31.000 (level 80, before bob 50)
09:00:02.000 amy is on_break
  i1.1 is rejected (amy)
  i1 waits in support since 09:00:01.000
  amy is on_break
  i1.2 is offered to bob until 09:00:32.000 (only)
09:00:03.000 bob is on_break
  refused: answer_offer_first

== E7: everybody has declined it: offered again to the first who is available
queue support accept 30s
agent amy support reject yes
agent bob support reject yes

09:00:00.000 amy is available
  amy is available
09:00:01.000 i1 arrives support
  i1 waits in support since 09:00:01.000
  i1.1 is offered to amy until 09:00:31.000 (only)
09:00:02.000 amy rejects i1.1
  i1.1 is rejected (amy)
  i1 waits in support since 09:00:01.000
  amy is on_break (rejected)
09:00:03.000 bob is available
  bob is available
  i1.2 is offered to bob until 09:00:33.000 (only)
09:00:33.001 tick
  i1.2 is timed_out (bob)
  i1 waits in support since 09:00:01.000
  bob is on_break (offer_timeout)
09:00:40.000 bob is available
  bob is available
  i1.3 is offered to bob until 09:01:10.000 (only)

== E8: the only agent lapsed, is back, and is offered it at once
queue support accept 30s
agent amy support

09:00:00.000 amy is available
  amy is available
09:00:01.000 i1 arrives support
  i1 waits in support since 09:00:01.000
  i1.1 is offered to amy until 09:00:31.000 (only)
09:00:31.001 tick
  i1.1 is timed_out (amy)
  i1 waits in support since 09:00:01.000
  amy is on_break (offer_timeout)
09:00:32.000 amy is available
  amy is available
  i1.2 is offered to amy until 09:01:02.000 (only)

== E9: a reject while busy stops new work and leaves the chat alone
queue support
agent amy support reject yes

09:00:00.000 amy is available
  amy is available
09:00:01.000 i1 arrives support
  i1 waits in support since 09:00:01.000
  i1.1 is offered to amy until 09:00:31.000 (only)
09:00:02.000 amy accepts i1.1
  i1.1 is accepted (amy)
09:00:03.000 i2 arrives support
  i2 waits in support since 09:00:03.000
  i2.1 is offered to amy until 09:00:33.000 (only)
09:00:04.000 amy rejects i2.1
  i2.1 is rejected (amy)
  i2 waits in support since 09:00:03.000
  amy takes nothing new, then on_break
09:00:05.000 amy ends i1
  i1 ends by the agent
  i1 is logged
  amy is on_break (rejected)

== E10: a lapse while busy, then resume: offers flow, the break is forgotten
queue support accept 30s
agent amy support

09:00:00.000 amy is available
  amy is available
09:00:01.000 i1 arrives support
  i1 waits in support since 09:00:01.000
  i1.1 is offered to amy until 09:00:31.000 (only)
09:00:02.000 amy accepts i1.1
  i1.1 is accepted (amy)
09:00:03.000 i2 arrives support
  i2 waits in support since 09:00:03.000
  i2.1 is offered to amy until 09:00:33.000 (only)
09:00:33.001 tick
  i2.1 is timed_out (amy)
  i2 waits in support since 09:00:03.000
  amy takes nothing new, then on_break
09:00:40.000 amy resumes
  amy takes new work
  i2.2 is offered to amy until 09:01:10.000 (only)
09:00:41.000 amy accepts i2.2
  i2.2 is accepted (amy)
09:00:42.000 amy ends i1
  i1 ends by the agent
  i1 is logged
09:00:43.000 amy ends i2
  i2 ends by the agent
  i2 is logged
  amy is available

== E11: taken out of the queue while chatting: the chat goes on to its codes, nothing new comes
queue support wrapup 60s code required
agent amy support

09:00:00.000 amy is available
  amy is available
09:00:01.000 i1 arrives support
  i1 waits in support since 09:00:01.000
  i1.1 is offered to amy until 09:00:31.000 (only)
09:00:02.000 amy accepts i1.1
  i1.1 is accepted (amy)
09:00:03.000 amy quits support
09:00:04.000 i2 arrives support
  i2 waits in support since 09:00:04.000
09:00:05.000 amy ends i1
  i1 ends by the agent
  i1 is wrapped up by amy until 09:01:05.000
09:00:06.000 amy wraps up i1
  refused: disposition_required
09:00:07.000 amy codes i1
  i1 is coded
09:00:08.000 amy wraps up i1
  i1 is logged
  amy is available

== E12: a queue is not removed while something waits in it
queue support
agent amy support

09:00:00.000 i1 arrives support
  i1 waits in support since 09:00:00.000
09:00:01.000 support is removed
  refused: queue_not_empty
09:00:02.000 i1 leaves
  i1 is short_abandoned (left)
09:00:03.000 support is removed

== E12: a queue that shuts drains, to its members
queue support on_close drain
agent amy support

09:00:00.000 i1 arrives support
  i1 waits in support since 09:00:00.000
09:00:01.000 support shuts
09:00:02.000 amy is available
  amy is available
  i1.1 is offered to amy until 09:00:32.000 (only)

== E12: a queue that shuts overflows, ringing offers too
queue spare
queue support on_close overflow overflow spare
agent amy support level 80
agent bob spare

09:00:00.000 i1 arrives support
  i1 waits in support since 09:00:00.000
09:00:01.000 amy is available
  amy is available
  i1.1 is offered to amy until 09:00:31.000 (only)
09:00:02.000 i2 arrives support
  i2 waits in support since 09:00:02.000
09:00:03.000 support shuts
  i1.1 is withdrawn (amy, membership)
  i1 waits in support since 09:00:00.000
  i1 is diverted (closed)
  i1-2 follows i1
  i1-2 waits in spare since 09:00:00.000
  i2 is diverted (closed)
  i2-2 follows i2
  i2-2 waits in spare since 09:00:02.000

== E12: a queue that shuts asks for a message
queue support on_close offline_form
agent amy support

09:00:00.000 i1 arrives support
  i1 waits in support since 09:00:00.000
09:00:01.000 support shuts
  i1 is skipped (closed, asked for a message)
09:00:02.000 i2 arrives support
  i2 is skipped (closed, asked for a message)

== E13: those who wait at the end of the hours are served until the last agent goes
queue support no_agents message_end
agent amy support cap 1

09:00:00.000 i1 arrives support
  i1 waits in support since 09:00:00.000
09:00:01.000 i2 arrives support
  i2 waits in support since 09:00:01.000
09:00:02.000 i3 comes out of hours
  i3 is offline (closed, asked for a message)
09:00:03.000 amy is available
  amy is available
  i1.1 is offered to amy until 09:00:33.000 (only)
09:00:04.000 amy accepts i1.1
  i1.1 is accepted (amy)
09:00:05.000 amy ends i1
  i1 ends by the agent
  i1 is logged
  amy is available
  i2.1 is offered to amy until 09:00:35.000 (only)
09:00:06.000 amy accepts i2.1
  i2.1 is accepted (amy)
09:00:07.000 i4 arrives support
  i4 waits in support since 09:00:07.000
09:00:08.000 amy ends i2
  i2 ends by the agent
  i2 is logged
  amy is available
  i4.1 is offered to amy until 09:00:38.000 (only)
09:00:09.000 amy accepts i4.1
  i4.1 is accepted (amy)
09:00:10.000 i5 arrives support
  i5 waits in support since 09:00:10.000
09:00:11.000 amy ends i4
  i4 ends by the agent
  i4 is logged
  amy is available
  i5.1 is offered to amy until 09:00:41.000 (only)
09:00:12.000 sam sends amy home
  i5.1 is withdrawn (amy, supervisor)
  i5 waits in support since 09:00:10.000
  amy is logged_out (supervisor, by sam)
  amy's link is down
  i5 is queue_timeout (no_agents)

== E14: the last agent may log out while others wait, not with chats of their own
queue support no_agents offline_form
agent amy support

09:00:00.000 amy is available
  amy is available
09:00:01.000 i1 arrives support
  i1 waits in support since 09:00:01.000
  i1.1 is offered to amy until 09:00:31.000 (only)
09:00:02.000 amy logs out
  refused: interactions_open
09:00:03.000 amy accepts i1.1
  i1.1 is accepted (amy)
09:00:04.000 amy logs out
  refused: interactions_open
09:00:05.000 amy ends i1
  i1 ends by the agent
  i1 is logged
  amy is available
09:00:06.000 amy is work_offline
  amy is work_offline
09:00:07.000 i2 arrives support
  i2 waits in support since 09:00:07.000
09:00:08.000 amy logs out
  amy is logged_out
  amy's link is down
  i2 is skipped (no_agents, asked for a message)

== E15: back within 20 s nothing is lost, and the offer rings on
queue support accept 60s
agent amy support

09:00:00.000 amy is available
  amy is available
09:00:01.000 i1 arrives support
  i1 waits in support since 09:00:01.000
  i1.1 is offered to amy until 09:01:01.000 (only)
09:00:02.000 amy accepts i1.1
  i1.1 is accepted (amy)
09:00:03.000 i2 arrives support
  i2 waits in support since 09:00:03.000
  i2.1 is offered to amy until 09:01:03.000 (only)
09:00:10.000 amy loses the link
  amy's link is grace until 09:02:10.000, to answer until 09:00:30.000
09:00:11.000 i3 arrives support
  i3 waits in support since 09:00:11.000
09:00:29.000 amy is back
  amy's link is up
09:00:30.000 amy accepts i2.1
  i2.1 is accepted (amy)
  i3.1 is offered to amy until 09:01:30.000 (only)

== E15: the deadline passes during the grace: withdrawn, never timed out
queue support accept 10s
agent amy support

09:00:00.000 amy is available
  amy is available
09:00:01.000 i1 arrives support
  i1 waits in support since 09:00:01.000
  i1.1 is offered to amy until 09:00:11.000 (only)
09:00:02.000 amy loses the link
  amy's link is grace until 09:02:02.000, to answer until 09:00:22.000
09:00:11.001 tick
  i1.1 is withdrawn (amy, link_lost)
  i1 waits in support since 09:00:01.000
09:00:12.000 amy is back
  amy's link is up
  i1.2 is offered to amy until 09:00:22.000 (only)

== E16: gone for good: first in line again, ahead of those who came since
queue support
agent amy support level 80
agent bob support level 50

09:00:00.000 amy is available
  amy is available
09:00:01.000 i1 arrives support
  i1 waits in support since 09:00:01.000
  i1.1 is offered to amy until 09:00:31.000 (only)
09:00:02.000 amy accepts i1.1
  i1.1 is accepted (amy)
09:00:03.000 amy stops new
  amy takes nothing new
09:00:04.000 i2 arrives support priority 60
  i2 waits in support since 09:00:04.000 at priority 60
09:00:05.000 amy loses the link
  amy's link is grace until 09:02:05.000
09:02:05.001 tick
  i1 waits in support since 09:00:01.000 at priority 100 (amy is gone)
  amy is logged_out (connection_lost)
  amy's link is down
09:02:06.000 bob is available
  bob is available
  i1.2 is offered to bob until 09:02:36.000 (only)

== E17: amy returns before anybody accepted: the chat is no longer hers, but she may be offered it
queue support
agent amy support

09:00:00.000 amy is available
  amy is available
09:00:01.000 i1 arrives support
  i1 waits in support since 09:00:01.000
  i1.1 is offered to amy until 09:00:31.000 (only)
09:00:02.000 amy accepts i1.1
  i1.1 is accepted (amy)
09:00:03.000 amy loses the link
  amy's link is grace until 09:02:03.000
09:02:03.001 tick
  i1 waits in support since 09:00:01.000 at priority 100 (amy is gone)
  amy is logged_out (connection_lost)
  amy's link is down
09:02:10.000 amy logs in
  amy is on_break (login)
  amy's link is up
09:02:11.000 amy ends i1
  refused: not_found
09:02:12.000 amy is available
  amy is available
  i1.2 is offered to amy until 09:02:42.000 (only)

== E18: a customer who reloads the page keeps their place, and their chat
queue support
agent amy support

09:00:00.000 i1 arrives support
  i1 waits in support since 09:00:00.000
09:00:01.000 i1 loses the link
  i1 is away until 09:02:01.000
09:00:02.000 i2 arrives support
  i2 waits in support since 09:00:02.000
09:01:30.000 i1 is back
  i1 is here again
09:01:31.000 amy is available
  amy is available
  i1.1 is offered to amy until 09:02:01.000 (only)
09:01:32.000 amy accepts i1.1
  i1.1 is accepted (amy)
  i2.1 is offered to amy until 09:02:02.000 (only)
09:01:33.000 i1 loses the link
  i1 is away until 09:03:33.000
09:01:34.000 i1 is back
  i1 is here again

== E18: one who does not come back leaves the line, and the chat
queue support wrapup 60s
agent amy support

09:00:00.000 i1 arrives support
  i1 waits in support since 09:00:00.000
09:00:01.000 i1 loses the link
  i1 is away until 09:02:01.000
09:02:01.001 tick
  i1 is abandoned (left)
09:02:02.000 amy is available
  amy is available
09:02:03.000 i2 arrives support
  i2 waits in support since 09:02:03.000
  i2.1 is offered to amy until 09:02:33.000 (only)
09:02:04.000 amy accepts i2.1
  i2.1 is accepted (amy)
09:02:05.000 i2 loses the link
  i2 is away until 09:04:05.000
09:04:05.001 tick
  i2 ends by the customer (left)
  i2 is wrapped up by amy until 09:05:05.001

== E19: the browser was closed while amy was elsewhere: the row stays until she has looked
queue support wrapup 30s
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
09:02:03.001 tick
  i1 ends by the customer (left)
  i1 is wrapped up by amy until 09:02:33.001
09:02:33.002 tick
  i1 is logged (wrapup_expired, not yet viewed)
  amy is available (wrapup_expired)
09:10:00.000 amy opens i1
  i1 was opened by amy
09:10:01.000 amy dismisses i1
  i1 is gone from amy's list
09:10:02.000 amy dismisses i1

== E20: a new chat of the same conversation may begin during the wrap-up, not before
queue support wrapup 60s
agent amy support
agent bob support

09:00:00.000 amy is available
  amy is available
09:00:01.000 i1 arrives support
  i1 waits in support since 09:00:01.000
  i1.1 is offered to amy until 09:00:31.000 (only)
09:00:02.000 amy accepts i1.1
  i1.1 is accepted (amy)
09:00:03.000 i2 arrives support in c1
  refused: conversation_open
09:00:04.000 amy ends i1
  i1 ends by the agent
  i1 is wrapped up by amy until 09:01:04.000
09:00:05.000 bob is available
  bob is available
09:00:06.000 i2 arrives support in c1
  i2 waits in support since 09:00:06.000
  i2.1 is offered to bob until 09:00:36.000 (only)

== E25 XFR-05: a transfer to a queue without anybody is refused
queue support
queue night
agent amy support

09:00:00.000 amy is available
  amy is available
09:00:01.000 i1 arrives support
  i1 waits in support since 09:00:01.000
  i1.1 is offered to amy until 09:00:31.000 (only)
09:00:02.000 amy accepts i1.1
  i1.1 is accepted (amy)
09:00:03.000 amy transfers i1 to night as i2 anyway
  refused: queue_unstaffed

== E25: or warned of, and done if the agent insists
center unstaffed warn
queue support
queue night
agent amy support

09:00:00.000 amy is available
  amy is available
09:00:01.000 i1 arrives support
  i1 waits in support since 09:00:01.000
  i1.1 is offered to amy until 09:00:31.000 (only)
09:00:02.000 amy accepts i1.1
  i1.1 is accepted (amy)
09:00:03.000 amy transfers i1 to night as i2
  refused: queue_unstaffed
09:00:04.000 amy transfers i1 to night as i2 anyway
  i1 goes from amy to night as i2
  i1 ends by the agent (transferred)
  i1 is logged
  amy is available
  i2 follows i1 from amy
  i2 waits in night since 09:00:01.000

== E26: a transfer may be accepted by the same agent, as a new segment
queue support
queue sales
agent amy support sales

09:00:00.000 amy is available
  amy is available
09:00:01.000 i1 arrives support
  i1 waits in support since 09:00:01.000
  i1.1 is offered to amy until 09:00:31.000 (only)
09:00:02.000 amy accepts i1.1
  i1.1 is accepted (amy)
09:00:03.000 amy transfers i1 to sales as i2
  i1 goes from amy to sales as i2
  i1 ends by the agent (transferred)
  i1 is logged
  amy is available
  i2 follows i1 from amy
  i2 waits in sales since 09:00:01.000
  i2.1 is offered to amy until 09:00:33.000 (only)
09:00:04.000 amy accepts i2.1
  i2.1 is accepted (amy)

== E27: the sender still wraps up when the customer is back with them: two segments
queue support wrapup 60s
queue sales
agent amy support level 80
agent bob sales

09:00:00.000 amy is available
  amy is available
09:00:01.000 i1 arrives support
  i1 waits in support since 09:00:01.000
  i1.1 is offered to amy until 09:00:31.000 (only)
09:00:02.000 amy accepts i1.1
  i1.1 is accepted (amy)
09:00:03.000 i9 arrives support
  i9 waits in support since 09:00:03.000
  i9.1 is offered to amy until 09:00:33.000 (only)
09:00:04.000 amy accepts i9.1
  i9.1 is accepted (amy)
09:00:05.000 bob is available
  bob is available
09:00:06.000 amy transfers i1 to sales as i2
  i1 goes from amy to sales as i2
  i1 ends by the agent (transferred)
  i1 is wrapped up by amy until 09:01:06.000
  i2 follows i1 from amy
  i2 waits in sales since 09:00:01.000
  i2.1 is offered to bob until 09:00:36.000 (only)
09:00:07.000 bob accepts i2.1
  i2.1 is accepted (bob)
09:00:08.000 bob transfers i2 to amy as i3
  i3 follows i2 from bob
  i2 stays with bob until amy takes i3
  i3.1 is offered to amy until 09:00:38.000 (addressed)
09:00:09.000 amy accepts i3.1
  i3.1 is accepted (amy)
  i2 goes from bob to amy as i3
  i2 ends by the agent (transferred)
  i2 is logged
  bob is available
09:01:06.001 tick
  i1 is logged (wrapup_expired)

== E28: a list made required during a wrap-up holds for the next one
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
09:00:04.000 support requires a code
09:00:05.000 amy wraps up i1
  i1 is logged
  amy is available
09:00:06.000 i2 arrives support
  i2 waits in support since 09:00:06.000
  i2.1 is offered to amy until 09:00:36.000 (only)
09:00:07.000 amy accepts i2.1
  i2.1 is accepted (amy)
09:00:08.000 amy ends i2
  i2 ends by the agent
  i2 is wrapped up by amy until 09:01:08.000
09:00:09.000 amy wraps up i2
  refused: disposition_required

== E29: the wrap-up's time is over while a form is open: status and slot change as ever
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
09:00:04.000 i2 arrives support
  i2 waits in support since 09:00:04.000
09:01:03.001 tick
  i1 is logged (wrapup_expired)
  amy is available (wrapup_expired)
  i2.1 is offered to amy until 09:01:33.001 (only)

== E30: a maximum lowered below the load drops nothing and blocks until there is room
queue support
agent amy support

09:00:00.000 amy is available
  amy is available
09:00:01.000 i1 arrives support
  i1 waits in support since 09:00:01.000
  i1.1 is offered to amy until 09:00:31.000 (only)
09:00:02.000 amy accepts i1.1
  i1.1 is accepted (amy)
09:00:03.000 i2 arrives support
  i2 waits in support since 09:00:03.000
  i2.1 is offered to amy until 09:00:33.000 (only)
09:00:04.000 amy accepts i2.1
  i2.1 is accepted (amy)
09:00:05.000 amy may hold 1
09:00:06.000 i3 arrives support
  i3 waits in support since 09:00:06.000
09:00:07.000 amy ends i1
  i1 ends by the agent
  i1 is logged
09:00:08.000 amy ends i2
  i2 ends by the agent
  i2 is logged
  amy is available
  i3.1 is offered to amy until 09:00:38.000 (only)

== E31: stop new with an offer ringing: it stays answerable
queue support
agent amy support

09:00:00.000 amy is available
  amy is available
09:00:01.000 i1 arrives support
  i1 waits in support since 09:00:01.000
  i1.1 is offered to amy until 09:00:31.000 (only)
09:00:02.000 amy accepts i1.1
  i1.1 is accepted (amy)
09:00:03.000 i2 arrives support
  i2 waits in support since 09:00:03.000
  i2.1 is offered to amy until 09:00:33.000 (only)
09:00:04.000 amy stops new
  amy takes nothing new
09:00:05.000 amy accepts i2.1
  i2.1 is accepted (amy)

== E31b: the last chat ends while another rings: a lapse is noted for after the wrap-up
queue support accept 30s wrapup 60s
agent amy support

09:00:00.000 amy is available
  amy is available
09:00:01.000 i1 arrives support
  i1 waits in support since 09:00:01.000
  i1.1 is offered to amy until 09:00:31.000 (only)
09:00:02.000 amy accepts i1.1
  i1.1 is accepted (amy)
09:00:03.000 i2 arrives support
  i2 waits in support since 09:00:03.000
  i2.1 is offered to amy until 09:00:33.000 (only)
09:00:04.000 amy ends i1
  i1 ends by the agent
  i1 is wrapped up by amy until 09:01:04.000
09:00:33.001 tick
  i2.1 is timed_out (amy)
  i2 waits in support since 09:00:03.000
  amy takes nothing new, then on_break
09:01:04.001 tick
  i1 is logged (wrapup_expired)
  amy is on_break (offer_timeout)

== E32: a supervisor may make one available who has just lapsed
queue support accept 30s
agent amy support

09:00:00.000 amy is available
  amy is available
09:00:01.000 i1 arrives support
  i1 waits in support since 09:00:01.000
  i1.1 is offered to amy until 09:00:31.000 (only)
09:00:31.001 tick
  i1.1 is timed_out (amy)
  i1 waits in support since 09:00:01.000
  amy is on_break (offer_timeout)
09:00:32.000 sam makes amy available
  amy is available (supervisor, by sam)
  i1.2 is offered to amy until 09:01:02.000 (only)

== E33: nothing is offered in post processing; while busy it is, into a free slot
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
09:00:04.000 i2 arrives support
  i2 waits in support since 09:00:04.000
09:00:05.000 i3 arrives support
  i3 waits in support since 09:00:05.000
09:00:06.000 amy wraps up i1
  i1 is logged
  amy is available
  i2.1 is offered to amy until 09:00:36.000 (only)
09:00:07.000 amy accepts i2.1
  i2.1 is accepted (amy)
  i3.1 is offered to amy until 09:00:37.000 (only)
09:00:08.000 amy accepts i3.1
  i3.1 is accepted (amy)
09:00:09.000 amy ends i2
  i2 ends by the agent
  i2 is wrapped up by amy until 09:01:09.000
09:00:10.000 i4 arrives support
  i4 waits in support since 09:00:10.000
  i4.1 is offered to amy until 09:00:40.000 (only)

== E39: a restart takes ringing offers back, without penalty
queue support accept 30s
agent amy support

09:00:00.000 amy is available
  amy is available
09:00:01.000 i1 arrives support
  i1 waits in support since 09:00:01.000
  i1.1 is offered to amy until 09:00:31.000 (only)
09:00:45.000 the server restarts
  everybody who waits on the web is away
  i1.1 is withdrawn (amy, restart)
  i1 waits in support since 09:00:01.000
  amy's link is grace until 09:02:45.000
09:00:46.000 amy is back
  amy's link is up
  i1.2 is offered to amy until 09:01:16.000 (only)

== E40: a second device takes over: chats, timers and presence carry over
queue support
agent amy support

09:00:00.000 amy is available
  amy is available
09:00:01.000 i1 arrives support
  i1 waits in support since 09:00:01.000
  i1.1 is offered to amy until 09:00:31.000 (only)
09:00:02.000 amy accepts i1.1
  i1.1 is accepted (amy)
09:00:03.000 amy logs in
09:00:04.000 amy loses the link
  amy's link is grace until 09:02:04.000
09:00:05.000 amy logs in
  amy's link is up
09:00:06.000 amy ends i1
  i1 ends by the agent
  i1 is logged
  amy is available
