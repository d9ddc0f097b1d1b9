package store

import (
	"context"
	"database/sql"
	"strconv"
	"time"

	"parley"
)

// OfferRow is an offer of the past or the present.
type OfferRow struct {
	ID     parley.OfferID
	Number int64 // of the interaction
	Agent  parley.AgentID
	Queue  parley.QueueID
	Round  int
	State  parley.OfferState
	Made   time.Time
	Until  time.Time
	Ended  time.Time
	Why    string
}

// OfferRange is which offers are asked for; empty fields do not matter.
type OfferRange struct {
	Agent       parley.AgentID
	Queue       parley.QueueID
	Interaction parley.InteractionID
	Before      time.Time // the last one had
	BeforeID    parley.InteractionID
	Limit       int
}

// Offers returns offers, the newest first.
func (v View) Offers(ctx context.Context, r OfferRange) ([]OfferRow, error) {
	var args []any
	where := "TRUE"
	arg := func(value any) string {
		args = append(args, value)
		return "$" + strconv.Itoa(len(args))
	}
	at := "o.made_at"
	switch { // each has its index
	case r.Agent != "" && r.Queue != "":
		where += " AND o.agent_id || o.queue_id = " + arg(string(r.Agent)+string(r.Queue))
	case r.Agent != "":
		where += " AND o.agent_id = " + arg(string(r.Agent))
	case r.Queue != "":
		where += " AND o.queue_id = " + arg(string(r.Queue))
	case r.Interaction == "":
		at = "(o.made_at + 0)"
	}
	if r.Interaction != "" {
		where += " AND o.interaction_id = " + arg(string(r.Interaction))
	}
	if !r.Before.IsZero() {
		where += " AND (" + at + ", o.interaction_id) < (" + arg(ms(r.Before)) + ", " + arg(string(r.BeforeID)) + ")"
	}
	return list(ctx, v, scanOffer, `
		SELECT o.interaction_id, o.attempt, i.number, o.agent_id, o.queue_id, o.round, o.state,
			o.made_at, o.until, o.ended_at, o.why
		FROM offers o
		JOIN interactions i ON i.id = o.interaction_id
		WHERE `+where+`
		ORDER BY `+at+` DESC, o.interaction_id DESC`+atMost(r.Limit), args...)
}

func scanOffer(rows *sql.Rows) (OfferRow, error) {
	var o OfferRow
	var made, until, ended int64
	err := rows.Scan(&o.ID.Interaction, &o.ID.Attempt, &o.Number, &o.Agent, &o.Queue, &o.Round, &o.State,
		&made, &until, &ended, &o.Why)
	o.Made, o.Until, o.Ended = parley.FromMillis(made), parley.FromMillis(until), parley.FromMillis(ended)
	return o, err
}
