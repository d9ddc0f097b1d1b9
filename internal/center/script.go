package center

import (
	"parley"
	"parley/internal/ledger"
	"parley/internal/script"
)

// enter runs an entry point's script for somebody who wrote on a network. There
// is no form to fill in, and what the network brings is taken in also while the
// entry point is off: nothing that was acknowledged is lost.
//
// Source: SMS-02, RPL-02, SCR-07.
func (c *Center) enter(v ledger.View, e parley.EntryPoint, talk parley.Conversation, _ string) (script.Outcome, error) {
	e.Enabled, e.Script.Form = true, nil
	return script.Enter(e, nil, script.Contact{Visitor: talk.Visitor}, v.Now), nil
}
