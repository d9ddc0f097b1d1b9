== P1 PRE-02: logging in lands on break; a disabled account may not
queue support
agent amy support day off
agent bob support day off

09:00:00.000 amy logs in
  amy is on_break (login)
  amy's link is up
09:00:01.000 bob is disabled
09:00:02.000 bob logs in
  refused: forbidden

== P2 P3 P23 PRE-03: ready, break, offline in every direction; from logged out only by logging in
queue support
agent amy support

09:00:00.000 amy is available
  amy is available
09:00:01.000 amy is on_break
  amy is on_break
09:00:02.000 amy is work_offline
  amy is work_offline
09:00:03.000 amy is on_break
  amy is on_break
09:00:04.000 amy is available
  amy is available
09:00:05.000 amy is available
09:00:06.000 amy is work_offline
  amy is work_offline
09:00:07.000 amy is busy
  refused: presence_not_allowed
09:00:08.000 amy logs out
  amy is logged_out
  amy's link is down
09:00:09.000 amy is available
  refused: presence_not_allowed
09:00:10.000 amy logs out

== P3b P3c PRE-05: busy, the menu offers stop new only, unless a status may be chosen ahead
queue support
agent amy support

09:00:00.000 amy is available
  amy is available
09:00:01.000 i1 arrives support
  i1 waits in support since 09:00:01.000
  i1.1 is offered to amy until 09:00:31.000 (only)
09:00:02.000 amy accepts i1.1
  i1.1 is accepted (amy)
09:00:03.000 amy is on_break
  refused: busy
center busy_menu deferred
09:00:04.000 amy is on_break
  amy will be on_break
09:00:05.000 amy is on_break
09:00:06.000 i2 arrives support
  i2 waits in support since 09:00:06.000
09:00:07.000 amy ends i1
  i1 ends by the agent
  i1 is logged
  amy is on_break

== P4 WRP-10: offline pressed during wrap-up is the next status
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
09:00:04.000 amy is on_break
  refused: busy
09:00:05.000 amy is work_offline
  amy will be work_offline
09:01:03.001 tick
  i1 is logged (wrapup_expired)
  amy is work_offline

== P7 PRE-10: rejecting in wrap-up: what follows is noted for after it
center parallel 2
queue support wrapup 60s
agent amy support reject yes on_reject work_offline

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
09:00:05.000 amy rejects i2.1
  i2.1 is rejected (amy)
  i2 waits in support since 09:00:03.000
  amy takes nothing new, then work_offline
09:00:06.000 amy wraps up i1
  i1 is logged
  amy is work_offline (rejected)

== P8 PRE-09: lapsing leads to the status set for lapses
queue support accept 30s
agent amy support on_timeout work_offline

09:00:00.000 amy is available
  amy is available
09:00:01.000 i1 arrives support
  i1 waits in support since 09:00:01.000
  i1.1 is offered to amy until 09:00:31.000 (only)
09:00:31.001 tick
  i1.1 is timed_out (amy)
  i1 waits in support since 09:00:01.000
  amy is work_offline (offer_timeout)

== P9 P21 QUE-03: switched off in the queue while its offer rings: withdrawn without penalty
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
09:00:02.000 amy quits support
  i1.1 is withdrawn (amy, membership)
  i1 waits in support since 09:00:01.000
  i1.2 is offered to bob until 09:00:32.000 (only)
09:00:03.000 amy joins support
09:00:04.000 i2 arrives support
  i2 waits in support since 09:00:04.000
  i2.1 is offered to amy until 09:00:34.000 (only)

== P10 P11 CAP-05: stop new, and a waiting chat comes with resume
queue support
agent amy support

09:00:00.000 amy is available
  amy is available
09:00:01.000 i1 arrives support
  i1 waits in support since 09:00:01.000
  i1.1 is offered to amy until 09:00:31.000 (only)
09:00:02.000 amy accepts i1.1
  i1.1 is accepted (amy)
09:00:03.000 amy stops new
  amy takes nothing new
09:00:04.000 amy stops new
09:00:05.000 i2 arrives support
  i2 waits in support since 09:00:05.000
09:00:06.000 amy resumes
  amy takes new work
  i2.1 is offered to amy until 09:00:36.000 (only)
09:00:07.000 amy resumes

== P12 P12b P13 WRP-02: wrap-up where the queue has one, none where it has not
queue support wrapup 60s
queue sales
agent amy support sales

09:00:00.000 amy is available
  amy is available
09:00:01.000 i1 arrives support
  i1 waits in support since 09:00:01.000
  i1.1 is offered to amy until 09:00:31.000 (only)
09:00:02.000 amy accepts i1.1
  i1.1 is accepted (amy)
09:00:03.000 i2 arrives sales
  i2 waits in sales since 09:00:03.000
  i2.1 is offered to amy until 09:00:33.000 (only)
09:00:04.000 amy accepts i2.1
  i2.1 is accepted (amy)
09:00:05.000 amy ends i2
  i2 ends by the agent
  i2 is logged
09:00:06.000 amy ends i1
  i1 ends by the agent
  i1 is wrapped up by amy until 09:01:06.000
09:00:07.000 amy wraps up i1
  i1 is logged
  amy is available

== P12b I16 WRP-07: without wrap-up time, an open code makes it overdue at once
queue sales code required
agent amy sales

09:00:00.000 amy is available
  amy is available
09:00:01.000 i1 arrives sales
  i1 waits in sales since 09:00:01.000
  i1.1 is offered to amy until 09:00:31.000 (only)
09:00:02.000 amy accepts i1.1
  i1.1 is accepted (amy)
09:00:03.000 amy ends i1
  i1 ends by the agent
  i1 is wrapped up by amy until a code is chosen
  i1 is overdue: amy must choose a code
09:00:04.000 amy codes i1
  i1 is coded
09:00:05.000 amy wraps up i1
  i1 is logged
  amy is available
09:00:06.000 i2 arrives sales
  i2 waits in sales since 09:00:06.000
  i2.1 is offered to amy until 09:00:36.000 (only)
09:00:07.000 amy accepts i2.1
  i2.1 is accepted (amy)
09:00:08.000 amy codes i2
  i2 is coded
09:00:09.000 amy ends i2
  i2 ends by the agent
  i2 is logged
  amy is available

== P14 CAP-06: after stop new comes offline
queue support
agent amy support

09:00:00.000 amy is available
  amy is available
09:00:01.000 i1 arrives support
  i1 waits in support since 09:00:01.000
  i1.1 is offered to amy until 09:00:31.000 (only)
09:00:02.000 amy accepts i1.1
  i1.1 is accepted (amy)
09:00:03.000 amy stops new
  amy takes nothing new
09:00:04.000 amy ends i1
  i1 ends by the agent
  i1 is logged
  amy is work_offline

== P15 PRE-16: a supervisor's status counts at once for the idle, later for the busy
queue support
agent amy support

09:00:00.000 sam makes amy available
  amy is available (supervisor, by sam)
09:00:01.000 i1 arrives support
  i1 waits in support since 09:00:01.000
  i1.1 is offered to amy until 09:00:31.000 (only)
09:00:02.000 amy accepts i1.1
  i1.1 is accepted (amy)
09:00:03.000 sam makes amy work_offline
  amy will be work_offline
09:00:04.000 i2 arrives support
  i2 waits in support since 09:00:04.000
09:00:05.000 amy ends i1
  i1 ends by the agent
  i1 is logged
  amy is work_offline (supervisor, by sam)

== P16: sent home with an offer, a chat and a wrap-up
queue support wrapup 60s code required
agent amy support
agent bob support

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
09:00:05.000 amy ends i1
  i1 ends by the agent
  i1 is wrapped up by amy until 09:01:05.000
09:00:06.000 i3 arrives support
  i3 waits in support since 09:00:06.000
  i3.1 is offered to amy until 09:00:36.000 (only)
09:00:07.000 sam sends amy home
  i3.1 is withdrawn (amy, supervisor)
  i3 waits in support since 09:00:06.000
  i1 is logged (wrapup_expired, code missing)
  i2 waits in support since 09:00:03.000 at priority 100 (amy is gone)
  amy is logged_out (supervisor, by sam)
  amy's link is down
09:00:08.000 bob is available
  bob is available
  i2.2 is offered to bob until 09:00:38.000 (only)

== P17 P18 P19 PRE-14: the link is lost, back, lost again, and gone
queue support
agent amy support

09:00:00.000 amy is available
  amy is available
09:00:01.000 amy loses the link
  amy's link is grace until 09:02:01.000
09:00:02.000 i1 arrives support
  i1 waits in support since 09:00:02.000
09:00:03.000 amy is back
  amy's link is up
  i1.1 is offered to amy until 09:00:33.000 (only)
09:00:04.000 amy accepts i1.1
  i1.1 is accepted (amy)
09:00:05.000 amy loses the link
  amy's link is grace until 09:02:05.000
09:02:05.001 tick
  i1 waits in support since 09:00:02.000 at priority 100 (amy is gone)
  amy is logged_out (connection_lost)
  amy's link is down

== P20 PRE-11: back by itself, also from a break that was noted for later
queue support accept 30s
agent amy support back 10s

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
09:00:40.000 amy ends i1
  i1 ends by the agent
  i1 is logged
  amy is on_break (offer_timeout, until 09:00:50.000)
09:00:50.001 tick
  amy is available (auto_return)
  i2.2 is offered to amy until 09:01:20.001 (only)

== P22 CAP-08: a higher maximum frees a slot
queue support
agent amy support cap 1

09:00:00.000 amy is available
  amy is available
09:00:01.000 i1 arrives support
  i1 waits in support since 09:00:01.000
  i1.1 is offered to amy until 09:00:31.000 (only)
09:00:02.000 amy accepts i1.1
  i1.1 is accepted (amy)
09:00:03.000 i2 arrives support
  i2 waits in support since 09:00:03.000
09:00:04.000 amy may hold 2
  i2.1 is offered to amy until 09:00:34.000 (only)

== P24: an account disabled in the middle of a chat
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
09:00:03.000 amy is disabled
  i1 waits in support since 09:00:01.000 at priority 100 (amy is gone)
  amy is logged_out (supervisor)
  amy's link is down
09:00:04.000 bob is available
  bob is available
  i1.2 is offered to bob until 09:00:34.000 (only)

== P6 P20: work accepted while the break would end by itself: it does not any more
center parallel 2
queue support
agent amy support reject yes back 60s

09:00:00.000 amy is available
  amy is available
09:00:01.000 i1 arrives support
  i1 waits in support since 09:00:01.000
  i1.1 is offered to amy until 09:00:31.000 (only)
09:00:02.000 i2 arrives support
  i2 waits in support since 09:00:02.000
  i2.1 is offered to amy until 09:00:32.000 (only)
09:00:03.000 amy rejects i1.1
  i1.1 is rejected (amy)
  i1 waits in support since 09:00:01.000
  amy is on_break (rejected, until 09:01:03.000)
09:00:04.000 amy accepts i2.1
  i2.1 is accepted (amy)
09:01:03.001 tick
09:01:04.000 amy ends i2
  i2 ends by the agent
  i2 is logged
  amy is available
  i1.2 is offered to amy until 09:01:34.000 (only)

== WRP-05 PRE-08: the timer reaches zero, and the agent is available
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
09:01:03.000 tick
09:01:03.001 tick
  i1 is logged (wrapup_expired)
  amy is available (wrapup_expired)
