package channel

import "parley"

// smsMax is the longest text of one call; who carries it cuts it into segments.
//
// Unit: UTF-16 code units.
// Source: networks.md 10.
const smsMax = 1600

// SMS is what everybody who carries texts has in common.
//
// Source: SMS-03 to SMS-06, CNV-05, CNV-07.
func SMS(provider, name string) Spec {
	return Spec{
		Provider:    provider,
		Channels:    []parley.Channel{parley.SMS},
		Name:        name,
		Address:     Field{Name: "phone_number", Required: true, Pattern: `^\+[1-9][0-9]{6,14}$`},
		Limit:       smsMax,
		Unit:        UTF16,
		PlainText:   true,
		Receipts:    true,
		Segments:    true,
		NewCustomer: "form",
		Key:         parley.KeyPhone,
	}
}

// SMSTo returns the number a text goes to.
//
// Errors: *SendError with BadNumber where there is none that can be written to,
// MediaFault for a file.
// Source: SMS-04, SMS-05.
func SMSTo(m parley.Outbound) (string, error) {
	to := parley.SMSPerson(string(m.To.Of(parley.KeyPhone)))
	switch {
	case to == "":
		return "", &SendError{Code: BadNumber, Detail: "no_address"}
	case m.File != nil:
		return "", &SendError{Code: MediaFault, Detail: "not_allowed"}
	}
	return string(to), nil
}

// SMSKeyword reads what a text asks for with its one word: to hear no more, to hear
// again, to know who writes here.
//
// Source: SMS-09.
func SMSKeyword(m *parley.Inbound) {
	m.OptOut = parley.SMSChoice(m.Text)
	if asked, language := parley.SMSHelp(m.Text); asked {
		m.Help, m.Language = parley.HelpAsked, language
	}
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
