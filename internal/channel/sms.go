package channel

import "parley"

// SMSTo returns the number a text goes to.
//
// Errors: *SendError with BadNumber where there is none that can be written to,
// MediaFault for a file.
// Source: SMS-04, SMS-05.
func SMSTo(m parley.Outbound) (string, error) {
	to := parley.SMSPerson(string(m.To.Of(parley.KeyPhone)))
	switch {
	case to == "":
		return "", &SendError{Code: BadNumber, Detail: "no number"}
	case m.File != nil:
		return "", &SendError{Code: MediaFault, Detail: "not_allowed"}
	}
	return string(to), nil
}

// SMSFrom returns who wrote a text; none for a short code or a name of letters.
//
// Source: SMS-04, SMS-08.
func SMSFrom(sender string) parley.Keys {
	who := parley.SMSPerson(sender)
	if who == "" {
		return nil
	}
	return parley.Keys{{Kind: parley.KeyPhone, Value: who}}
}
