# A named skill only filters; the level of the membership orders. i2 needs French:
# amy, the better member, does not have enough of it. One who waits for a skill
# nobody has does not hold up the others.
# RTE-01 RTE-02 RTE-11 RTE-12
queue support accept 30s
queue taxes needs tax=50
agent amy support taxes level 80 skill french=20
agent bob support taxes level 50 skill french=50 skill tax=50

09:00:00.000 amy is available
  amy is available
09:00:01.000 bob is available
  bob is available
09:01:00.000 i1 arrives support needs french=80
  i1 waits in support since 09:01:00.000
09:01:01.000 i2 arrives support needs french=50
  i2 waits in support since 09:01:01.000
  i2.1 is offered to bob until 09:01:31.000 (only)
09:01:02.000 i3 arrives support
  i3 waits in support since 09:01:02.000
  i3.1 is offered to amy until 09:01:32.000 (only)
09:01:10.000 bob accepts i2.1
  i2.1 is accepted (bob)
09:01:11.000 amy accepts i3.1
  i3.1 is accepted (amy)
09:02:00.000 i4 arrives taxes
  i4 waits in taxes since 09:02:00.000
  i4.1 is offered to bob until 09:02:30.000 (only)
