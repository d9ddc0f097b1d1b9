package routing

import "parley"

// inScript returns an interaction whose script runs, or the refusal that is due.
func (t *turn) inScript(id parley.InteractionID) (*interaction, error) {
	i, err := t.live(id)
	if err == nil && !i.Script {
		err = parley.ErrConflict
	}
	return i, err
}

// ask lets the script wait for an answer.
//
// Source: SCR-02.
func (t *turn) ask(c Ask) error {
	i, err := t.inScript(c.Interaction)
	if err != nil {
		return err
	}
	t.emit(ScriptWaits{At: t.at(), Interaction: i.ID, Until: t.now.Add(c.For)})
	return nil
}

// forward puts an interaction into the queue its script leads to.
//
// Source: I2.
func (t *turn) forward(c Forward) error {
	i, err := t.inScript(c.Interaction)
	q := t.queues[c.Queue]
	switch {
	case err != nil:
		return err
	case q == nil:
		return parley.ErrNotFound
	}
	as := t.waits(c.Priority, c.Messages)
	as.Required = merged(i.Required, c.Required)
	if c.Prefer != "" {
		as.Prefer, as.PreferUntil = c.Prefer, t.now.Add(c.PreferFor)
	}
	t.enter(i, q, as)
	return nil
}

// waits is how somebody enters the line now.
func (t *turn) waits(priority int, m Messages) Queued {
	if priority == 0 {
		priority = parley.PriorityDefault
	}
	as := Queued{Priority: boosted(priority, 0), Entry: t.now, Why: whyArrived}
	if m.Every > 0 && m.Times > 0 {
		as.Every, as.Left, as.Message = m.Every, m.Times, t.now.Add(m.Every)
	}
	return as
}

// endScript ends an interaction where its script does, or takes it out of the
// line.
//
// Source: I3, I8, SCR-04.
func (t *turn) endScript(c EndScript) error {
	i, err := t.live(c.Interaction)
	switch {
	case err != nil:
		return err
	case !c.State.Final():
		return parley.ErrBadRequest
	case !i.Script && i.State != parley.Queued && i.State != parley.Offering:
		return parley.ErrConflict
	}
	t.abandon(i, InteractionClosed{State: c.State, Why: whyScript, Form: c.Form})
	return nil
}

// wordDue tells somebody in the line something, and says when the next word is
// due.
//
// Source: SCR-02.
func (t *turn) wordDue(i *interaction) {
	e := WaitMessageDue{At: t.at(), Interaction: i.ID, Left: i.MessagesLeft - 1}
	if e.Left > 0 {
		e.Next = t.now.Add(i.MessageEvery)
	}
	t.emit(e)
}
