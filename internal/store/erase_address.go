package store

// EraseAddress lists that an address is taken out of rows that are nobody's: of
// messages that were left with nothing but a mail address, with the mails that
// answer them, and of what networks said last of our entry points.
//
// Source: A-118.
func (r *Rows) EraseAddress(address string) {
	const left = `(SELECT id FROM missed WHERE LOWER(email) = LOWER($1))`
	for _, query := range []string{`
		DELETE FROM outbox
		WHERE subject_id IN ` + left + `
			OR subject_id IN (SELECT id FROM missed_replies WHERE missed_id IN ` + left + `)`, `
		UPDATE missed_replies
		SET text = ''
		WHERE missed_id IN ` + left, `
		UPDATE missed
		SET name = '', email = '', text = ''
		WHERE LOWER(email) = LOWER($1)`, `
		UPDATE channel_health
		SET error_detail = ''
		WHERE REPLACE(error_detail, $1, '') <> error_detail`,
	} {
		r.Exec(query, address)
	}
}
