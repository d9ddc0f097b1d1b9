package channel

import (
	"errors"
	"testing"

	"parley"
)

func TestSMSTo(t *testing.T) {
	sam := SMSFrom("+15550142233")
	if to, err := SMSTo(parley.Outbound{To: sam}); to != "+15550142233" || err != nil {
		t.Errorf("%s, %v", to, err)
	}
	for want, m := range map[Code]parley.Outbound{
		BadNumber:  {To: parley.Keys{{Kind: parley.KeyPhone, Value: "32665"}}},
		MediaFault: {To: sam, File: &parley.OutFile{}},
	} {
		var e *SendError
		if _, err := SMSTo(m); !errors.As(err, &e) || e.Code != want {
			t.Errorf("SMS-04, SMS-05: %v, want %s", err, want)
		}
	}
	if SMSFrom("TeaBank") != nil || SMSFrom("32665") != nil {
		t.Error("SMS-04: nobody could be answered there")
	}
}
