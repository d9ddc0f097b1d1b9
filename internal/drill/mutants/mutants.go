package main

// Mutant is a known mistake, as an exact edit of the sources, and the tests that
// must find it.
type Mutant struct {
	ID      string
	What    string
	Edits   []Edit
	Killers []Killer
}

// Edit replaces Old, which a file holds exactly once.
type Edit struct{ File, Old, New string }

// Killer is a run of tests: a Go package and a pattern, or a folder of the front
// end and a file.
type Killer struct{ In, Run string }

// ledgerSays and drillSays name the rooms that most killers live in.
func ledgerSays(run string) Killer  { return Killer{"./internal/ledger", run} }
func routingSays(run string) Killer { return Killer{"./internal/routing", run} }
func drillSays(run string) Killer   { return Killer{"./internal/drill", run} }

const pending = `CREATE UNIQUE INDEX one_pending_offer ON offers (interaction_id) WHERE state = 'pending';`

// mutants are M1 to M16. M14 cannot be made: no query has a tenant predicate.
var mutants = []Mutant{
	{
		ID: "M1", What: "synchronous=NORMAL",
		Edits:   []Edit{{"internal/store/sqlite.go", `{"synchronous", "full", "2"},`, `{"synchronous", "normal", "1"},`}},
		Killers: []Killer{{"./internal/store", "^TestPragmas$"}},
	},
	{
		ID: "M2", What: "acknowledged before the commit",
		Edits: []Edit{
			{"internal/ledger/step.go", "	hit(\"before_commit\")\n", "	for _, c := range batch {\n		c.answer(c.err)\n	}\n	hit(\"before_commit\")\n"},
			{"internal/ledger/fail.go", "	for _, c := range batch {\n		close(c.done)\n	}\n", "	for _, c := range batch {\n		c.answer(c.err)\n	}\n"},
			{"internal/ledger/run.go", "	c.err = err\n	close(c.done)\n", "	select {\n	case <-c.done:\n	default:\n		c.err = err\n		close(c.done)\n	}\n"},
		},
		Killers: []Killer{ledgerSays("^TestBroken$"), drillSays("^TestPowerCut$")},
	},
	{
		ID: "M3", What: "no unique index one_pending_offer",
		Edits: []Edit{
			{"internal/store/migrations/sqlite/0001_one_conversation.sql", pending, ""},
			{"internal/store/migrations/postgres/0001_one_conversation.sql", pending, ""},
		},
		Killers: []Killer{{"./internal/store", "^TestOnePending$"}},
	},
	{
		ID: "M4", What: "fencing is not checked",
		Edits: []Edit{
			{"internal/store/tx.go", "err != nil || n != 1 {", "err != nil || n < 0 {"},
			{"internal/store/lease.go", "err != nil || n != 1 {", "err != nil || n < 0 {"},
		},
		Killers: []Killer{ledgerSays("^TestFenced$"), drillSays("^TestStaleLeader$")},
	},
	{
		ID: "M5", What: "client ids are ignored",
		Edits:   []Edit{{"internal/center/sent.go", "v.MessageSent(ctx, talk, client)", `v.MessageSent(ctx, talk, "")`}},
		Killers: []Killer{{"./internal/center", "^TestVisitorSend$"}, {"./internal/center", "^TestSend$"}},
	},
	{
		ID: "M6", What: "deadlines by a clock that may go back",
		Edits:   []Edit{{"internal/ledger/ledger.go", "now.After(l.last) {", "!now.Equal(l.last) {"}},
		Killers: []Killer{ledgerSays("^TestClockSteps$")},
	},
	{
		ID: "M7", What: "back in line with a new entry time",
		Edits:   []Edit{{"internal/routing/decide_offer.go", "Entry: i.Entry, Until: i.Until, Why: why,", "Entry: t.now, Until: i.Until, Why: why,"}},
		Killers: []Killer{routingSays("^TestAnyDay$"), routingSays("^TestStories$")},
	},
	{
		ID: "M8", What: "skills do not filter before the offer",
		Edits:   []Edit{{"internal/routing/choose.go", "case lacks(m.agent.Skills, needs) != nil:", "case false:"}},
		Killers: []Killer{routingSays("^TestAnyDay$"), routingSays("^TestStories$")},
	},
	{
		ID: "M9", What: "capacity is counted in memory only",
		Edits:   []Edit{{"internal/routing/snapshot.go", "			a.active++\n", ""}},
		Killers: []Killer{routingSays("^TestAnyDay$"), drillSays("^TestKill$/^sqlite$")},
	},
	{
		ID: "M10", What: "one change makes no news",
		Edits:   []Edit{{"internal/center/news.go", "return c.tellNote(ctx, s, e)", "return nil, nil"}},
		Killers: []Killer{{"./internal/center", "^TestMirrors$"}},
	},
	{
		ID: "M11", What: "repeats are known for five minutes",
		Edits: []Edit{
			{"internal/center/intake.go", "		in.seen[x.Direction+x.ID] = x\n", "		if in.v.Now.Sub(x.At) < 5*time.Minute {\n			in.seen[x.Direction+x.ID] = x\n		}\n"},
			{"internal/store/external.go", "VALUES ($1, $2, $3, $4, $5, $6, $7)`,", "VALUES ($1, $2, $3, $4, $5, $6, $7)\n		ON CONFLICT (external_id, entry_point_id, direction) DO NOTHING`,"},
		},
		Killers: []Killer{{"./internal/center", "^TestRepeats$"}},
	},
	{
		ID: "M12", What: "a send whose answer was lost is tried again",
		Edits: []Edit{
			{"internal/courier/verdict.go", "	case channel.Throttled, channel.Transient:\n", "	case channel.Throttled, channel.Transient, channel.UnknownOutcome:\n"},
			{"internal/courier/verdict.go", "	case channel.UnknownOutcome:\n", "	case \"\":\n"},
			{"internal/courier/parts.go", "			left = true\n", "			continue\n"},
		},
		Killers: []Killer{{"./internal/center", "^TestSendOutcomes$/^lost$"}, drillSays("^TestKillNetworks$/^sqlite$")},
	},
	{
		ID: "M13", What: "the outbox acts before the commit",
		Edits: []Edit{{
			"internal/ledger/step.go", "	hit(\"before_commit\")\n", `	if err := tx.Flush(ctx); err != nil {
		return done, err
	}
	for kind, w := range l.workers {
		due, err := tx.View().OutboxDue(ctx, kind, l.clock.Now(), w.most)
		if err != nil {
			return done, err
		}
		for _, o := range due {
			_ = w.handle(ctx, o)
		}
	}
	hit("before_commit")
`,
		}},
		Killers: []Killer{ledgerSays("^TestOutboxAfterCommit$")},
	},
	{
		ID: "M15", What: "everybody comes back after the same wait",
		Edits: []Edit{{
			"web/app/src/live/socket.ts", "return Math.max(firstDelay, Math.round(random() * ceiling));", "return Math.min(firstDelay, ceiling + random() * 0);",
		}},
		Killers: []Killer{{"web/app", "src/live/socket.test.ts"}},
	},
	{
		ID: "M16", What: "a failed fsync is tried again",
		Edits:   []Edit{{"internal/ledger/fail.go", "		case store.Busy:\n", "		case store.Busy, store.Broken:\n"}},
		Killers: []Killer{ledgerSays("^TestBroken$"), drillSays("^TestFlushFails$")},
	},
}
