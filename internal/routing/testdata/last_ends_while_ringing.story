# amy's last chat ends while another rings: she is shown in post processing, and
# may still answer. What would follow the wrap-up waits for that offer.
# E31b P4 P12b P14 WRP-10
center after_wrapup on_break
queue support accept 60s wrapup 0s
agent amy support

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
09:02:10.000 amy ends i1
  i1 ends by the agent
  i1 is logged
  amy will be on_break
09:02:20.000 amy accepts i2.1
  i2.1 is accepted (amy)
  amy has no next status
09:02:30.000 i3 arrives support
  i3 waits in support since 09:02:30.000
  i3.1 is offered to amy until 09:03:30.000 (only)
09:02:40.000 amy ends i2
  i2 ends by the agent
  i2 is logged
  amy will be on_break
09:02:50.000 i3 leaves
  i3.1 is abandoned (amy)
  i3 is abandoned (left)
  amy is on_break
