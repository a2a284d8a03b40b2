package desk

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"luoshi/calendar"
	"luoshi/fact"
	"luoshi/id"
	"luoshi/internal/db"
)

const (
	publicFactOwn     = "id, indicator_id, unit_id, place_id, day, instant, quantity, subject, kind, state, class, corrects, next_id"
	innerFactOwn      = "source, on_behalf, note, evidence_hash, post_id"
	publicFactColumns = publicFactOwn + ", COALESCE(claimed, '')"
	factColumns       = publicFactColumns + ", " + innerFactOwn
)

func publicFactFields(f *fact.Fact) []any {
	return []any{&f.ID, &f.Indicator, &f.Unit, &f.Place, &f.Day, &f.Instant, &f.Quantity, &f.Subject, &f.Kind, &f.State, &f.Class, &f.Corrects, &f.Next, &f.Claimed}
}

func scanPublicFact(s db.Scanner) (f fact.Fact, err error) {
	err = s.Scan(publicFactFields(&f)...)
	return f, err
}

func scanFact(s db.Scanner) (f fact.Fact, err error) {
	err = s.Scan(append(publicFactFields(&f), &f.Source, &f.OnBehalf, &f.Note, &f.Evidence, &f.Post)...)
	return f, err
}

func insertFacts(tx *db.Tx, city int64, rows []fact.Fact) error {
	values := make([][]any, len(rows))
	for k, f := range rows {
		values[k] = []any{city, f.ID, f.Indicator, f.Unit, f.Place, string(f.Day), f.Instant, f.Quantity, f.Subject, string(f.Kind), string(f.State), string(f.Class), f.Corrects, f.Next, string(f.Claimed),
			string(f.Source), number(f.OnBehalf), f.Note, f.Evidence, f.Post}
	}
	if err := tx.Insert("fact", "city_id, "+publicFactOwn+", claimed, "+innerFactOwn, values); err != nil {
		return err
	}
	return saveEvidence(tx, city, rows)
}

// restateFacts keeps how claims stand after what was said of them.
func restateFacts(tx *db.Tx, city int64, rows []fact.Fact) error {
	for _, f := range rows {
		if _, err := tx.Exec("UPDATE fact SET state = $1, class = $2, next_id = $3 WHERE city_id = $4 AND id = $5", string(f.State), string(f.Class), f.Next, city, f.ID); err != nil {
			return err
		}
	}
	return nil
}

func loadFact(q db.Querier, city int64, f id.Fact) (fact.Fact, error) {
	return db.Row(q, scanFact, "SELECT "+factColumns+" FROM fact WHERE city_id = $1 AND id = $2", city, f)
}

// factsAtOnce is how many facts, subjects or units one statement asks for at most.
const factsAtOnce = 64

// lengths are the lengths of such statements: few, so that each is prepared once.
var lengths = []int{1, 8, factsAtOnce}

// these puts some keys behind the arguments of a statement, the last one repeated until
// there are as many as a statement takes, and gives how many that are.
func these[T any](args []any, some []T) (n int, all []any) {
	for _, n = range lengths {
		if n >= len(some) {
			break
		}
	}
	for k := range n {
		args = append(args, some[min(k, len(some)-1)])
	}
	return n, args
}

// statements makes of a statement that asks for one key, the last of its parameters and
// alone in brackets, one for each length.
func statements(text string, last int) map[int]string {
	out := map[int]string{}
	for _, n := range lengths {
		out[n] = strings.ReplaceAll(text, "($"+strconv.Itoa(last)+")", "("+placeholders(last, n)+")")
	}
	return out
}

var (
	factsNumbered  = statements("SELECT "+factColumns+" FROM fact WHERE city_id = $1 AND id IN ($2) ORDER BY id", 2)
	factsOfThese   = statements("SELECT "+factColumns+" FROM fact WHERE city_id = $1 AND indicator_id = $2 AND day >= $3 AND day <= $4 AND kind = 'claim' AND unit_id IN ($5) ORDER BY +id", 5) // the sign keeps SQLite from reading all facts in their order
	factsOfSubject = statements("SELECT f.id, f.indicator_id, f.unit_id, f.place_id, f.day, f.instant, f.quantity, f.subject, f.kind, f.state, f.class, f.corrects, f.next_id, COALESCE(f.claimed, '') FROM fact_subject x"+
		" JOIN fact f ON f.city_id = x.city_id AND f.id = x.fact_id WHERE x.city_id = $1 AND x.indicator_id = $2 AND x.subject IN ($3) ORDER BY +f.id", 3) // the same for one subject
)

func loadFacts(q db.Querier, city int64, which []id.Fact) (out []fact.Fact, err error) {
	for some := range slices.Chunk(which, factsAtOnce) {
		n, args := these([]any{city}, some)
		found, err := db.Rows(q, scanFact, factsNumbered[n], args...)
		if err != nil {
			return nil, err
		}
		out = append(out, found...)
	}
	return out, nil
}

// claimsOf gives the claims of units of one indicator between two days, also those that
// stand no longer.
func claimsOf(q db.Querier, city int64, i id.Indicator, units []id.Unit, from, to calendar.Day) (out []fact.Fact, err error) {
	for some := range slices.Chunk(units, factsAtOnce) {
		n, args := these([]any{city, i, string(from), string(to)}, some)
		found, err := db.Rows(q, scanFact, factsOfThese[n], args...)
		if err != nil {
			return nil, err
		}
		out = append(out, found...)
	}
	return out, nil
}

// unitsThatTold keeps of some units those that ever told anything of an indicator between the
// months of two days: most of a county's villages told nothing of most indicators.
func unitsThatTold(q db.Querier, city int64, i id.Indicator, units []id.Unit, from, to calendar.Day) ([]id.Unit, error) {
	if len(units) <= factsAtOnce {
		return units, nil
	}
	telling, err := db.Rows(q, db.Value[id.Unit], "SELECT DISTINCT unit_id FROM fact_month WHERE city_id = $1 AND indicator_id = $2 AND tier = $3 AND month >= $4 AND month <= $5",
		city, i, int64(fact.Leaf), fact.Month(from), fact.Month(to))
	if err != nil {
		return nil, err
	}
	slices.Sort(telling)
	var out []id.Unit
	for _, u := range units {
		if _, told := slices.BinarySearch(telling, u); told {
			out = append(out, u)
		}
	}
	return out, nil
}

// claimsAbout gives the claims that stand and name one of some persons or things.
func claimsAbout(q db.Querier, city int64, i id.Indicator, subjects []string) (out []fact.Fact, err error) {
	for some := range slices.Chunk(subjects, factsAtOnce) {
		n, args := these([]any{city, i}, some)
		found, err := db.Rows(q, scanPublicFact, factsOfSubject[n], args...)
		if err != nil {
			return nil, err
		}
		out = append(out, found...)
	}
	return out, nil
}

// saveSubjects keeps which claims stand and name somebody or something.
func saveSubjects(tx *db.Tx, city int64, i fact.Indicator, before, after []fact.Fact) error {
	if i.Aggregation != fact.Distinct {
		return nil
	}
	stands := map[id.Fact]bool{}
	var rows [][]any
	for _, f := range after {
		if f.Stands() {
			stands[f.ID] = true
			rows = append(rows, []any{city, f.Indicator, f.Subject, f.ID, f.Unit, string(f.Day), f.Quantity, number(f.Counts(i.Wanted))})
		}
	}
	for _, f := range before {
		if f.Stands() && !stands[f.ID] {
			if _, err := tx.Exec("DELETE FROM fact_subject WHERE city_id = $1 AND indicator_id = $2 AND subject = $3 AND fact_id = $4", city, f.Indicator, f.Subject, f.ID); err != nil {
				return err
			}
		}
	}
	return tx.Upsert("fact_subject", "city_id, indicator_id, subject, fact_id", "city_id, indicator_id, subject, fact_id, unit_id, day, quantity, counted", rows)
}

func addToMonths(tx *db.Tx, city int64, i id.Indicator, cells map[fact.Cell]fact.Figure) error {
	keys := make([]fact.Cell, 0, len(cells))
	for c := range cells {
		keys = append(keys, c)
	}
	fact.SortCells(keys)
	rows := make([][]any, len(keys))
	for k, c := range keys {
		f := cells[c]
		rows[k] = []any{city, i, int64(c.Tier), c.Month, c.Unit, c.Above, f.Reported, f.Counted, f.Facts, f.Checked}
	}
	return tx.Add("fact_month", "city_id, indicator_id, tier, month, unit_id, above_id", "city_id, indicator_id, tier, month, unit_id, above_id, reported, counted, facts, checked", rows)
}

// factsAbout gives the checks, returns and withdrawals of a claim: they stand with its unit and day.
func factsAbout(q db.Querier, city int64, f fact.Fact) ([]fact.Fact, error) {
	return db.Rows(q, scanFact, "SELECT "+factColumns+" FROM fact WHERE city_id = $1 AND unit_id = $2 AND indicator_id = $3 AND day = $4 AND corrects = $5 AND kind <> 'claim' ORDER BY +id",
		city, f.Unit, f.Indicator, string(f.Day), f.ID)
}

// unitsReporting gives a unit and all that stand or stood below it.
func unitsReporting(q db.Querier, city int64, top id.Unit) ([]id.Unit, error) {
	all := map[id.Unit]bool{top: true}
	for next := []id.Unit{top}; len(next) > 0; {
		found, err := everBelow(q, city, next)
		if err != nil {
			return nil, err
		}
		next = slices.DeleteFunc(found, func(u id.Unit) bool {
			seen := all[u]
			all[u] = true
			return seen
		})
	}
	return slices.Sorted(maps.Keys(all)), nil
}

var everBelowThese = statements("SELECT id FROM unit WHERE city_id = $1 AND parent_id IN ($2) UNION SELECT unit_id FROM unit_past WHERE city_id = $1 AND parent_id IN ($2)", 2)
