package office

import (
	"context"

	"parley"
	"parley/internal/settings"
)

// Help is where people of the center find more than their screens say.
type Help struct {
	Docs     string `json:"docs_url"`     // the center's own instructions, "" if there are none
	Feedback string `json:"feedback_url"` // where to say what is wrong or missing: a page or mailto:, "" if nowhere
}

// Help returns the addresses the administrators chose.
//
// Errors: parley.ErrForbidden. Source: F114.
func (o *Office) Help(ctx context.Context, me parley.Actor) (Help, error) {
	if err := may(me, parley.MayRecords); err != nil {
		return Help{}, err
	}
	rows, err := o.store.View().Settings(ctx)
	values := settings.New(rows)
	return Help{
		Docs:     values.Text("help.docs_url", settings.At{}),
		Feedback: values.Text("help.feedback_url", settings.At{}),
	}, err
}
