# Nothing can be saved for five minutes, and so nobody can say that they are back.
# A grace that ended meanwhile begins again: amy, who is back, is not logged out, and
# i1 gets the two minutes it had; then it counts as gone.
# P18 P19 I18 I19 RES-02
queue support accept 30s wrapup 60s
agent amy support level 80

09:00:00.000 amy is available
  amy is available
09:01:00.000 i1 arrives support
  i1 waits in support since 09:01:00.000
  i1.1 is offered to amy until 09:01:30.000 (only)
09:01:05.000 amy accepts i1.1
  i1.1 is accepted (amy)
09:02:00.000 amy loses the link
  amy's link is grace until 09:04:00.000
09:02:01.000 i1 loses the link
  i1 is away until 09:04:01.000
09:07:00.000 saving goes on
  amy's link is grace until 09:09:00.000
  i1 is away until 09:09:00.000
09:07:01.000 amy is back
  amy's link is up
09:09:00.001 tick
  i1 ends by the customer (left)
  i1 is wrapped up by amy until 09:10:00.001
