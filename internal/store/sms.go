package store

import (
	"context"
	"database/sql"
	"time"

	"parley"
)

// Country is what texts may do there, and what they cost.
//
// Source: SMS-01.
type Country struct {
	Country string // ISO 3166-1 alpha-2
	Receive bool
	Send    bool
	Price   int64 // of a segment, in millionths of the center's currency
}

// Spend is what texts to a country cost in a time.
type Spend struct {
	Country  string // "" = of no country
	Messages int64
	Segments int64
	Cost     int64 // in millionths of the center's currency
}

// Countries returns the countries that are listed, by their codes. None listed:
// texts go everywhere.
func (v View) Countries(ctx context.Context) ([]Country, error) {
	return list(ctx, v, scanCountry, `
		SELECT country, receive, send, price
		FROM sms_countries
		ORDER BY country`)
}

func scanCountry(rows *sql.Rows) (c Country, err error) {
	err = rows.Scan(&c.Country, &c.Receive, &c.Send, &c.Price)
	return c, err
}

// SaveCountries replaces the list.
func (r *Rows) SaveCountries(all []Country) {
	r.Exec(`
		DELETE FROM sms_countries`)
	for _, c := range all {
		r.Exec(`
		INSERT INTO sms_countries (country, receive, send, price)
		VALUES ($1, $2, $3, $4)`, c.Country, c.Receive, c.Send, c.Price)
	}
}

// AddSpend counts segments of a message that a network took. A message of several
// parts adds up; its price is the one of its first part.
func (r *Rows) AddSpend(m parley.MessageID, e parley.EntryPointID, c Country, segments int) {
	r.Exec(`
		INSERT INTO sms_spend (message_id, entry_point_id, country, segments, price, at)
		VALUES ($1, $2, $3, $4, $5, $6)
		ON CONFLICT (message_id) DO UPDATE
		SET segments = sms_spend.segments + excluded.segments`,
		string(m), string(e), c.Country, segments, c.Price, ms(r.now))
}

// SpendBetween returns what texts cost from one time to before another, by
// country.
func (v View) SpendBetween(ctx context.Context, from, to time.Time) ([]Spend, error) {
	return list(ctx, v, scanSpend, `
		SELECT country, COUNT(*), CAST(SUM(segments) AS BIGINT), CAST(SUM(segments * price) AS BIGINT)
		FROM sms_spend
		WHERE at >= $1 AND at < $2
		GROUP BY country
		ORDER BY country`, ms(from), ms(to))
}

func scanSpend(rows *sql.Rows) (s Spend, err error) {
	err = rows.Scan(&s.Country, &s.Messages, &s.Segments, &s.Cost)
	return s, err
}
