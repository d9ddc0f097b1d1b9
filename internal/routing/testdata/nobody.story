# When the last member who is logged in and enabled goes, the queue does what it
# is told for that case; those who wait at the end of the hours are still served
# until then. A queue that is shut lets nobody in, and drains or empties.
# E12 E13 E14 QUE-08 I3
queue support no_agents offline_form on_close drain
queue sales on_close offline_form
agent amy support sales
agent bob support

09:00:00.000 i1 comes out of hours
  i1 is offline (closed, asked for a message)
09:00:01.000 i2 arrives support
  i2 waits in support since 09:00:01.000
09:00:02.000 i3 arrives sales
  i3 waits in sales since 09:00:02.000
09:00:03.000 bob logs out
  bob is logged_out
  bob's link is down
09:00:04.000 support shuts
09:00:05.000 i4 arrives support
  i4 is skipped (closed, asked for a message)
09:00:06.000 sales shuts
  i3 is skipped (closed, asked for a message)
09:00:07.000 amy logs out
  amy is logged_out
  amy's link is down
  i2 is skipped (no_agents, asked for a message)
