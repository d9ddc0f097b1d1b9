package office

import (
	"bytes"
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/binary"
	"encoding/csv"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"parley"
	"parley/internal/identity"
	"parley/internal/ledger"
	"parley/internal/settings"
	"parley/internal/store"
)

// Country is what texts may do there, and what they cost.
//
// Source: SMS-01.
type Country struct {
	Country string `json:"country" doc:"ISO 3166-1 alpha-2"`
	Receive bool   `json:"receive"`
	Send    bool   `json:"send"`
	Price   int64  `json:"price_micros" doc:"of a segment, in millionths of your currency"`
}

// Countries is the list as a whole: it is replaced as a whole.
type Countries struct {
	Countries []Country `json:"countries" maxItems:"300"`
	Rev       int64     `json:"rev" required:"false" doc:"the one that was edited; 0 for the empty list"`
	Currency  string    `json:"-"` // of the prices, ISO 4217
}

// countriesRev tells one list from another: it follows from what stands there.
func countriesRev(list []Country) int64 {
	if len(list) == 0 {
		return 0
	}
	sum := sha256.Sum256(fmt.Append(nil, list))
	return int64(binary.BigEndian.Uint64(sum[:]) >> 12) // exact as a number of JavaScript
}

// Spend is what texts to a country cost in a month of the center's time.
type Spend struct {
	Month    string `json:"month"`   // 2026-03
	Country  string `json:"country"` // "" = of no country
	Messages int64  `json:"messages"`
	Segments int64  `json:"segments"`
	Cost     int64  `json:"cost_micros"`
}

// The bounds of the list.
const (
	countriesMax = 300
	priceMax     = 100_000_000 // 100 of the currency
	yearMin      = 2000
	yearMax      = 2999
)

// countriesSubject is what the audit log calls the list.
const countriesSubject = "sms_countries"

// Countries returns where texts may go and come from. None listed: everywhere.
//
// Errors: parley.ErrForbidden.
func (o *Office) Countries(ctx context.Context, me parley.Actor) (Countries, error) {
	if err := may(me, parley.MayAdminister); err != nil {
		return Countries{}, err
	}
	list, err := shownCountries(ctx, o.store.View())
	if err != nil {
		return Countries{}, err
	}
	rows, err := o.store.View().Settings(ctx)
	return Countries{list, countriesRev(list), settings.New(rows).Text("sms.currency", settings.At{})}, err
}

func shownCountries(ctx context.Context, v store.View) ([]Country, error) {
	found, err := v.Countries(ctx)
	list := make([]Country, len(found))
	for i, c := range found {
		list[i] = Country(c)
	}
	return list, err
}

// SaveCountries replaces the list of countries.
//
// Errors: parley.ErrForbidden, ErrConflict if it is no longer the list that was
// edited, an Invalid one naming every field at fault.
// Source: SMS-01.
func (o *Office) SaveCountries(ctx context.Context, me parley.Actor, in Countries) error {
	return o.change(ctx, me, "save_sms_countries", func(ctx context.Context, v ledger.View) (change, error) {
		var f parley.Faults
		before, err := shownCountries(ctx, v.View)
		if err == nil {
			err = ledger.Current(ctx, v, countriesSubject, countriesRev(before), in.Rev)
		}
		if err != nil {
			return change{}, err
		}
		if len(in.Countries) > countriesMax {
			f.Add("countries", "too_many")
		}
		rows := []store.Country{}
		for i, c := range in.Countries {
			c.Country = strings.ToUpper(strings.TrimSpace(c.Country))
			switch {
			case !identity.IsCountry(c.Country):
				f.Add(parley.Index("countries", i, "country"), "unknown")
			case slices.ContainsFunc(rows, func(r store.Country) bool { return r.Country == c.Country }):
				f.Add(parley.Index("countries", i, "country"), "repeated")
			}
			f.Between(parley.Index("countries", i, "price_micros"), c.Price, 0, priceMax)
			rows = append(rows, store.Country(c))
		}
		slices.SortFunc(rows, func(a, b store.Country) int { return cmp.Compare(a.Country, b.Country) })
		after := make([]Country, len(rows))
		for i, r := range rows {
			after[i] = Country(r)
		}
		return change{subject: countriesSubject, before: before, after: after, rows: func(r *store.Rows) { r.SaveCountries(rows) }}, f.Err()
	})
}

// Spending returns what texts cost in a year, month by month and country by
// country; months without any are left out.
//
// Errors: parley.ErrForbidden, ErrBadRequest for a year that is none.
// Source: SMS-01.
func (o *Office) Spending(ctx context.Context, me parley.Actor, year int) ([]Spend, error) {
	if err := may(me, parley.MayAdminister); err != nil {
		return nil, err
	}
	v := o.store.View()
	center, err := v.Center(ctx)
	if err != nil {
		return nil, err
	}
	zone, err := time.LoadLocation(center.Zone)
	if err != nil {
		zone = time.UTC
	}
	if year == 0 {
		year = o.clock.Now().In(zone).Year()
	}
	if year < yearMin || year > yearMax {
		return nil, parley.ErrBadRequest
	}
	list := []Spend{}
	for month := time.January; month <= time.December; month++ {
		from, to := time.Date(year, month, 1, 0, 0, 0, 0, zone), time.Date(year, month+1, 1, 0, 0, 0, 0, zone)
		found, err := v.SpendBetween(ctx, from, to)
		if err != nil {
			return nil, err
		}
		for _, s := range found {
			list = append(list, Spend{fmt.Sprintf("%04d-%02d", year, month), s.Country, s.Messages, s.Segments, s.Cost})
		}
	}
	return list, nil
}

// SpendingCSV is Spending as a table for other programs.
func (o *Office) SpendingCSV(ctx context.Context, me parley.Actor, year int) ([]byte, error) {
	list, err := o.Spending(ctx, me, year)
	if err != nil {
		return nil, err
	}
	var out bytes.Buffer
	w := csv.NewWriter(&out)
	_ = w.Write([]string{"month", "country", "messages", "segments", "cost"}) // a buffer takes everything
	for _, s := range list {
		_ = w.Write([]string{
			s.Month, s.Country, strconv.FormatInt(s.Messages, 10), strconv.FormatInt(s.Segments, 10),
			fmt.Sprintf("%d.%06d", s.Cost/1_000_000, s.Cost%1_000_000),
		})
	}
	w.Flush()
	return out.Bytes(), w.Error()
}
