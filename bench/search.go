package main

import (
	"context"
	"fmt"
	"net/url"
	"os"
	"slices"
	"strings"
	"time"

	"parley/internal/drill/people"
	"parley/internal/store"
	"parley/internal/store/storetest"
)

// searchTarget is what 99 of 100 answers shall stay below.
const searchTarget = 100 * time.Millisecond

// searched are the lines that people type: whole, begun, parts, slips, numbers,
// words that were said; what many have, what one has and what nobody has.
var searched = []string{
	"Marie", "Z\u00e9lie Boiscotard", "boiscotard zelie", "boiscotrad", "zelie boiscotrad", "andre vil", "vilmontin", "otard", "jean",
	"(514) 200-7919", "0007919", "5142", "marie.vilmontin7", "vilmontin7@exam", "A1000777", "1000000007", "xqzzy", "luc xqzzy",
	"remboursement", "facture panne", "panne livraison merci", "bonjour", "4711x",
}

// found times what one line finds, at three sizes.
func found(ctx context.Context, b *bench) error {
	return b.onEach(ctx, func(ctx context.Context, name, database string) error {
		t, err := open(ctx, b, database, 0)
		if err != nil {
			return err
		}
		defer t.close()
		had := 0
		for _, rows := range []int{b.rows / 100, b.rows / 10, b.rows} {
			t.server.Stop()
			if err := crowd(ctx, t.dsn(), t.entry, had, rows); err != nil {
				return fmt.Errorf("seed %d: %w", rows, err)
			}
			had = rows
			began := time.Now()
			s, err := store.Open(ctx, t.dsn(), store.Options{Indexed: func(kind string, n int, done bool) {
				if done || n%100_000 == 0 {
					fmt.Fprintf(os.Stderr, "    %s: %s, %d indexed, %s\n", name, kind, n, short(time.Since(began)))
				}
			}})
			if err != nil {
				return err
			}
			took := time.Since(began)
			if err := s.Close(); err != nil {
				return err
			}
			b.report.add(row{what: fmt.Sprintf("%s, indexing what was there before, up to %d customers and as many messages", name, rows), got: short(took), note: "once, at the start after an upgrade"})
			if err := t.server.Start(ctx); err != nil {
				return err
			}
			if err := t.searchEach(ctx, b, name, rows); err != nil {
				return err
			}
		}
		return nil
	})
}

func (t *town) searchEach(ctx context.Context, b *bench, name string, rows int) error {
	ada, err := people.SignIn(ctx, t.server.URL, "ada", "demo")
	if err != nil {
		return err
	}
	var all []*timed
	whole := &timed{path: "all"}
	for range samples / 4 {
		for i, line := range searched {
			if len(all) <= i {
				all = append(all, &timed{path: line})
			}
			began := time.Now()
			if err := ada.Do(ctx, "GET", "/api/search?limit=8&q="+url.QueryEscape(line), nil, nil); err != nil {
				return fmt.Errorf("%s: %w", line, err)
			}
			took := time.Since(began)
			all[i].took(took)
			whole.took(took)
		}
	}
	for _, l := range all {
		fmt.Fprintf(os.Stderr, "    %s, %d rows: p50 %s, p99 %s %s\n", name, rows, short(l.at(50)), short(l.at(99)), l.path)
	}
	worst := slices.MaxFunc(all, func(a, b *timed) int { return int(a.at(50) - b.at(50)) })
	b.report.add(row{
		what:   fmt.Sprintf("%s, search in %d customers and %d messages", name, rows, rows),
		got:    fmt.Sprintf("p50 %s, p99 %s", short(whole.at(50)), short(whole.at(99))),
		target: "p99 " + short(searchTarget) + ", aim 40 ms", note: fmt.Sprintf("slowest line: `%s`, p50 %s", worst.path, short(worst.at(50))),
	})
	return nil
}

// The parts that names and sentences are made of, each padded to the same width, so
// that the database can cut them out by a number.
var (
	crowdFirst = padded("marie zelie andre luc jean amelie robert sophie olivier noemie thomas ines hugo lea gabriel rosalie felix emma arthur jules camille paul chloe leo", 12)
	crowdHead  = padded("bois vil mont beau cham lam ros dur fer gran hard lar mar nor per roch sain ten val vau", 12)
	crowdTail  = padded("cotard montin bert lieu pagne ontagne ier and rier geois villers ousse celles mand reault efort tourel eau court delle", 12)
	crowdWords = padded("bonjour merci facture panne livraison colis retard compte courriel commande produit couleur taille prix adresse demande question remboursement garantie service "+
		"telephone internet appareil ecran batterie modele numero semaine lundi mardi matin soir bureau maison voiture chat chien porte fenetre table", 14)
)

func padded(words string, width int) string {
	var s strings.Builder
	for w := range strings.FieldsSeq(words) {
		fmt.Fprintf(&s, "%-*s", width, w)
	}
	return s.String()
}

func cut(text string, width, of int, by string) string {
	return fmt.Sprintf("trim(substr('%s', 1 + %d * CAST((%s) %% %d AS INTEGER), %d))", text, width, by, of, width)
}

// crowd adds customers with names, and interactions of ten lines each, from one
// number up to another; none of it is indexed for the search.
func crowd(ctx context.Context, dsn, entry string, from, to int) error {
	s, err := lead(ctx, dsn)
	if err != nil {
		return err
	}
	defer s.Close()
	for first := from; first < to; first += 20_000 {
		tx, err := s.Begin(ctx)
		if err != nil {
			return err
		}
		r := tx.Rows(storetest.Filled)
		fill := storetest.Fill{EntryPoint: entry, Busy: "que_busy", Seldom: "que_seldom", Amy: "agt_amy", Bob: "agt_bob", Old: 10}
		last := min(first+20_000, to)
		fill.Rows(r, first, last)
		name := cut(crowdFirst, 12, 24, "i * 7919 / 13")
		family := cut(crowdHead, 12, 20, "i * 104729 / 7") + " || " + cut(crowdTail, 12, 20, "i * 611953 / 11")
		r.Exec(`UPDATE customers SET first_name = x.name, last_name = x.family, folded = x.name || ' ' || x.family, folded_last = x.family || ' ' || x.name
			FROM (`+numbers+` SELECT 'cus_019500000000700080000' || (10000000000 + i) AS id, `+name+` AS name, `+family+` AS family FROM n) x
			WHERE customers.id = x.id`, first, last)
		r.Exec(`UPDATE customer_emails SET email = x.name || '.' || x.family || x.i || '@example.com'
			FROM (`+numbers+` SELECT 'cus_019500000000700080000' || (10000000000 + i) AS id, i, `+name+` AS name, `+family+` AS family FROM n) x
			WHERE customer_emails.customer_id = x.id`, first, last)
		var line []string
		for w := range 8 {
			line = append(line, cut(crowdWords, 14, 40, fmt.Sprintf("(i * 131 + %d) * (%d + s) / 7", w*17, 7919+w*31)))
		}
		r.Exec(`INSERT INTO messages (id, conversation_id, seq, interaction_id, sender, agent_id, client_id, text, hash, at, content, delivery)
			WITH RECURSIVE n(i) AS (SELECT CAST($1 AS BIGINT) UNION ALL SELECT i + 1 FROM n WHERE i + 1 < CAST($2 AS BIGINT)),
				lines(s) AS (SELECT 1 UNION ALL SELECT s + 1 FROM lines WHERE s < 10)
			SELECT 'msg_019500000000700080000' || (10000000000 + i) || s, 'con_019500000000700080000' || (10000000000 + i), s,
				'int_019500000000700080000' || (10000000000 + i), 'customer', '', 'cli' || i || 's' || s, `+strings.Join(line, " || ' ' || ")+`, '', 0, '', ''
			FROM n, lines WHERE i % 10 = 0`, first, last)
		r.Exec(`UPDATE interactions SET first_seq = 1, last_seq = 10, transcript_hash = 'seeded' WHERE number >= 1000000000 + CAST($1 AS BIGINT)
			AND number < 1000000000 + CAST($2 AS BIGINT) AND number % 10 = 0`, first, last)
		r.Exec(`DELETE FROM indexed`)
		if _, err := tx.Commit(ctx); err != nil {
			return err
		}
	}
	return nil
}

const numbers = `WITH RECURSIVE n(i) AS (SELECT CAST($1 AS BIGINT) UNION ALL SELECT i + 1 FROM n WHERE i + 1 < CAST($2 AS BIGINT))`
