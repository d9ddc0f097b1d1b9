# Without the right to reject an agent must answer: neither a reject nor a break
# takes the offer away. With it, choosing a break is a reject.
# P3 SEC-04 OFR-05 E6
queue support accept 30s
agent amy support level 80
agent bob support level 50 reject yes

09:00:00.000 amy is available
  amy is available
09:01:00.000 i1 arrives support
  i1 waits in support since 09:01:00.000
  i1.1 is offered to amy until 09:01:30.000 (only)
09:01:05.000 amy rejects i1.1
  refused: reject_not_permitted
09:01:06.000 amy is on_break
  refused: answer_offer_first
09:01:07.000 bob accepts i1.1
  refused: not_found
09:01:08.000 amy accepts i1.1
  i1.1 is accepted (amy)
09:02:00.000 amy stops new
  amy takes nothing new
09:02:01.000 bob is available
  bob is available
09:02:02.000 i2 arrives support
  i2 waits in support since 09:02:02.000
  i2.1 is offered to bob until 09:02:32.000 (only)
09:02:03.000 bob is work_offline
  i2.1 is rejected (bob)
  i2 waits in support since 09:02:02.000
  bob is work_offline
