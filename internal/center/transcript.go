package center

import (
	"context"

	"parley"
)

// Transcript is what a chat log holds. It is not for editing.
type Transcript struct {
	Interaction  Interaction `json:"interaction"`
	Messages     []Message   `json:"messages"`
	Notes        []Note      `json:"notes"`
	Dispositions []Code      `json:"dispositions"`
	Hash         string      `json:"hash" doc:"SHA-256 over the messages since it closed, empty before"`
	Origin       int64       `json:"origin" doc:"number of the interaction it was transferred from, 0 = none"`
}

// CaseTranscript returns what was said in the interaction of a case.
//
// Errors: parley.ErrForbidden; ErrNotFound, also for a case that is no chat log.
// Source: CRM-07, CRM-08.
func (c *Center) CaseTranscript(ctx context.Context, me parley.Actor, id parley.CaseID) (Transcript, error) {
	kept, err := c.records.Transcript(ctx, me, id)
	if err != nil {
		return Transcript{}, err
	}
	s, err := c.scene(ctx, me, &c.memory)
	if err != nil {
		return Transcript{}, err
	}
	w, err := fillWork(ctx, c.store.View(), kept.Interaction)
	if err != nil {
		return Transcript{}, err
	}
	v, err := s.present(ctx, w)
	if err != nil {
		return Transcript{}, err
	}
	origin, err := originOf(ctx, c.store.View(), kept.Interaction)
	if err != nil {
		return Transcript{}, err
	}
	out := Transcript{Hash: kept.Interaction.Hash, Origin: origin, Interaction: *v, Messages: s.messages(kept.Messages), Notes: s.notes(kept.Notes), Dispositions: []Code{}}
	for _, d := range kept.Dispositions {
		out.Dispositions = append(out.Dispositions, Code{ID: d.ID, Name: d.Name, NameFR: d.NameFR, Short: d.Short})
	}
	return out, nil
}
