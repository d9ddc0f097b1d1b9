package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"

	"parley"
)

// CRMRef names a record of an outside CRM; the zero one names none.
type CRMRef struct {
	Object string `json:"object"`
	ID     string `json:"id"`
}

// CRMRecord is what an outside CRM said of somebody.
type CRMRecord struct {
	CRMRef
	Name    string   `json:"name"`
	Company string   `json:"company"`
	Emails  []string `json:"emails"`
	Phones  []string `json:"phones"`
	Detail  string   `json:"detail"`
	Claimed bool     `json:"claimed" doc:"found by what the channel does not prove: an e-mail or a number they typed, a handle that may be another's by now"`
}

// CRMMatch is what an outside CRM knows of who writes.
//
// Source: DYN-02.
type CRMMatch struct {
	Interaction parley.InteractionID
	Connection  string
	State       string      // searching, found or unavailable
	Records     []CRMRecord // the best first
	Chosen      CRMRef      // the zero one: nobody chose, the first counts (DYN-05)
	ChosenBy    parley.AgentID
	Rev         int64
}

// The states of a lookup.
const (
	CRMSearching   = "searching"
	CRMFound       = "found" // an answer came; it may list nobody
	CRMUnavailable = "unavailable"
)

// Regarding is the record a log is filed under: who was chosen, else the first.
//
// Source: DYN-05.
func (m CRMMatch) Regarding() CRMRef {
	if m.Chosen.ID != "" || len(m.Records) == 0 {
		return m.Chosen
	}
	return m.Records[0].CRMRef
}

const crmMatchColumns = `
		SELECT interaction_id, connection_id, state, records, chosen_object, chosen_id, chosen_by, rev
		FROM crm_matches`

// CRMMatch returns one. Errors: parley.ErrNotFound.
func (v View) CRMMatch(ctx context.Context, i parley.InteractionID, connection string) (CRMMatch, error) {
	return one(ctx, v, scanCRMMatch, crmMatchColumns+`
		WHERE interaction_id = $1
			AND connection_id = $2`, string(i), connection)
}

func scanCRMMatch(rows *sql.Rows) (m CRMMatch, err error) {
	var records string
	err = rows.Scan(&m.Interaction, &m.Connection, &m.State, &records, &m.Chosen.Object, &m.Chosen.ID, &m.ChosenBy, &m.Rev)
	if err != nil {
		return m, err
	}
	if err = json.Unmarshal([]byte(records), &m.Records); err != nil {
		err = fmt.Errorf("what a CRM knows of %s: %w", m.Interaction, err)
	}
	return m, err
}

// BeginCRMMatch adds one that is searched for, unless there is one already, and
// tells of it: nothing need be read first.
func (r *Rows) BeginCRMMatch(i parley.InteractionID, connection string) {
	r.Exec(`
		INSERT INTO crm_matches (interaction_id, connection_id, state, records, chosen_object, chosen_id, chosen_by, rev)
		VALUES ($1, $2, $3, '[]', '', '', '', 1)
		ON CONFLICT (interaction_id, connection_id) DO NOTHING`,
		string(i), connection, CRMSearching)
	r.crmChanged(i, connection)
}

// SaveCRMMatch adds or replaces one, and tells of it.
func (r *Rows) SaveCRMMatch(m CRMMatch) {
	if m.Records == nil {
		m.Records = []CRMRecord{}
	}
	r.Exec(`
		INSERT INTO crm_matches (interaction_id, connection_id, state, records, chosen_object, chosen_id, chosen_by, rev)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
		ON CONFLICT (interaction_id, connection_id) DO UPDATE
		SET state = excluded.state, records = excluded.records, chosen_object = excluded.chosen_object,
			chosen_id = excluded.chosen_id, chosen_by = excluded.chosen_by, rev = excluded.rev`,
		string(m.Interaction), m.Connection, m.State, string(mustJSON(m.Records)), m.Chosen.Object, m.Chosen.ID,
		string(m.ChosenBy), m.Rev)
	r.crmChanged(m.Interaction, m.Connection)
}

// crmChanged lists the log row that tells of a lookup or a log.
func (r *Rows) crmChanged(i parley.InteractionID, connection string) {
	r.Entry(parley.Entry{Kind: parley.KindRecordChanged, Interaction: i, Subject: connection})
}

// CRMBrief is what an interaction's view shows of one outside CRM.
type CRMBrief struct {
	Connection string `json:"connection_id"`
	State      string `json:"state" enum:"searching,found,unavailable"`
	Count      int    `json:"count" doc:"records that fit who writes"`
	Log        string `json:"log" enum:",pending,posted,failed" doc:"how its log there stands, empty before the end"`
	Rev        int64  `json:"rev" doc:"rises when anything of it changes"`
}

// CRMBriefs returns what views show of an interaction.
func (v View) CRMBriefs(ctx context.Context, i parley.InteractionID) ([]CRMBrief, error) {
	return list(ctx, v, func(rows *sql.Rows) (b CRMBrief, err error) {
		var records string
		var logged int64
		if err = rows.Scan(&b.Connection, &b.State, &records, &b.Rev, &b.Log, &logged); err != nil {
			return b, err
		}
		var all []struct{}
		err = json.Unmarshal([]byte(records), &all)
		b.Count, b.Rev = len(all), b.Rev+logged
		return b, err
	}, `
		SELECT c.id, COALESCE(m.state, 'unavailable'), COALESCE(m.records, '[]'), COALESCE(m.rev, 0), COALESCE(l.state, ''), COALESCE(l.rev, 0)
		FROM crm_connections c
		LEFT JOIN crm_matches m ON m.connection_id = c.id AND m.interaction_id = $1
		LEFT JOIN crm_logs l ON l.connection_id = c.id AND l.interaction_id = $1
		WHERE m.connection_id IS NOT NULL OR l.connection_id IS NOT NULL
		ORDER BY c.name, c.id`, string(i))
}
