package db

import (
	"strings"
	"testing"
)

// cityTables are the distributed tables of the cases below; others, as session, are not.
func cityTables(table string) bool {
	switch table {
	case "plan", "item", "plan_item", "unit", "question", "ledger_entry", "ledger_words":
		return true
	}
	return false
}

func TestStatementThatNamesItsCity(t *testing.T) {
	for name, text := range map[string]string{
		"one table":                            "SELECT id FROM plan WHERE city_id = $1 AND id = $2",
		"one table with another name":          "SELECT p.id FROM plan p WHERE p.city_id = $1",
		"the other name after AS":              "SELECT p.id FROM plan AS p WHERE p.city_id = $1",
		"bare where it is the only table":      "SELECT p.id FROM plan p WHERE city_id = $1",
		"any placeholder":                      "SELECT id FROM plan WHERE id = $1 AND city_id = $12",
		"the placeholder first":                "SELECT id FROM plan WHERE $1 = city_id",
		"small keywords, no blanks":            "select id from plan where(id=$2)and city_id=$1;",
		"names in quotes":                      `SELECT "id" FROM "plan" "p" WHERE "p"."city_id" = $1`,
		"with its schema":                      "SELECT id FROM public.plan p WHERE p.city_id = $1",
		"a join along":                         "SELECT i.id FROM item i JOIN plan_item l ON l.city_id = i.city_id AND l.item_id = i.id WHERE i.city_id = $1",
		"a join against":                       "SELECT i.id FROM item i JOIN plan_item l ON i.city_id = l.city_id AND l.item_id = i.id WHERE l.city_id = $1",
		"a chain of joins":                     "SELECT 1 FROM plan p JOIN plan_item l ON l.city_id = p.city_id JOIN item i ON i.city_id = l.city_id WHERE i.city_id = $1",
		"joins by placeholder":                 "SELECT 1 FROM plan p INNER JOIN item i ON i.city_id = $1 WHERE p.city_id = $1",
		"a join by WHERE":                      "SELECT 1 FROM plan p CROSS JOIN item i WHERE p.city_id = $1 AND i.city_id = p.city_id",
		"tables beside each other":             "SELECT 1 FROM plan p, item i WHERE p.city_id = $1 AND i.city_id = p.city_id",
		"a left join":                          "SELECT 1 FROM ledger_entry e LEFT JOIN ledger_words w ON w.city_id = e.city_id AND w.seq = e.seq WHERE e.city_id = $1",
		"a join to what was left-joined":       "SELECT 1 FROM plan p LEFT OUTER JOIN item i ON i.city_id = $1 JOIN unit u ON u.city_id = i.city_id WHERE p.city_id = $1",
		"with a table of this server":          "SELECT 1 FROM session s JOIN plan p ON p.city_id = s.city_id WHERE s.city_id = $1",
		"a table of this server":               "SELECT token FROM session WHERE expires_at < $1",
		"no table":                             "SELECT $2||'-'||$1||'-'||$2",
		"a function as a table":                "SELECT name, pk FROM pragma_table_info($1)",
		"IN with its own city":                 "SELECT id FROM plan WHERE city_id = $1 AND id IN (SELECT plan_id FROM plan_item WHERE city_id = $2)",
		"NOT IN with its own city":             "DELETE FROM item WHERE city_id = $1 AND id NOT IN (SELECT item_id FROM plan_item WHERE city_id = $1)",
		"EXISTS by the city around it":         "SELECT i.id FROM item i WHERE i.city_id = $1 AND EXISTS (SELECT 1 FROM plan_item l WHERE l.city_id = i.city_id)",
		"NOT EXISTS by the city around it":     "SELECT i.id FROM item i WHERE i.city_id = $1 AND NOT EXISTS (SELECT 1 FROM plan_item WHERE city_id = i.city_id)",
		"a query among the columns":            "SELECT (SELECT COUNT(*) FROM item i WHERE i.city_id = p.city_id), p.id FROM plan p WHERE p.city_id = $1",
		"a query two deep":                     "SELECT 1 FROM plan p WHERE p.city_id = $1 AND EXISTS (SELECT 1 FROM session WHERE EXISTS (SELECT 1 FROM item i WHERE i.city_id = p.city_id))",
		"a query in FROM":                      "SELECT x.id FROM (SELECT id FROM plan WHERE city_id = $1) AS x WHERE x.id > $2",
		"a query in a join":                    "SELECT 1 FROM plan p JOIN (SELECT id FROM item WHERE city_id = $1) x ON x.id = p.id WHERE p.city_id = $1",
		"UNION":                                "SELECT id FROM plan WHERE city_id = $1 UNION ALL SELECT id FROM item WHERE city_id = $1 ORDER BY 1 LIMIT 3",
		"OR in brackets":                       "SELECT id FROM plan WHERE city_id = $1 AND (id = $2 OR id = $3)",
		"conditions in brackets":               "SELECT id FROM plan WHERE (city_id = $1 AND id = $2) AND (id > $3)",
		"BETWEEN before it":                    "SELECT id FROM plan WHERE id BETWEEN $2 AND $3 AND city_id = $1",
		"CASE before it":                       "SELECT id FROM plan WHERE CASE WHEN id = 1 OR id = 2 THEN 1 ELSE 0 END = 1 AND city_id = $1",
		"OR in the columns":                    "SELECT id = 1 OR id = 2 FROM plan WHERE city_id = $1",
		"IS DISTINCT FROM":                     "SELECT id IS NOT DISTINCT FROM $2 FROM plan WHERE id IS DISTINCT FROM $3 AND city_id = $1",
		"groups, order, limit":                 "SELECT id, COUNT(*) FROM plan WHERE city_id = $1 GROUP BY id HAVING COUNT(*) > 1 ORDER BY id DESC, 2 LIMIT $2 OFFSET 3",
		"functions over rows":                  "SELECT COUNT(*) FILTER (WHERE state = 'open'), SUM(id) OVER (PARTITION BY state ORDER BY id) FROM plan WHERE city_id = $1",
		"strings that look like SQL":           "SELECT id FROM plan WHERE title = 'it''s ? FROM item; now() /* -- ' AND city_id = $1",
		"a comment":                            "SELECT id FROM plan WHERE city_id = $1/*released*/ ORDER BY id",
		"columns called as functions":          "SELECT p.random, now FROM plan p WHERE city_id = $1",
		"insert":                               "INSERT INTO plan (city_id, id) VALUES ($1, $2), ($3, $4)",
		"insert, the city later":               "INSERT INTO plan (id, city_id) VALUES ($1, $2)",
		"insert or leave":                      "INSERT INTO plan (city_id, id) VALUES ($1, $2) ON CONFLICT (city_id, id) DO NOTHING",
		"insert or change":                     "INSERT INTO plan (city_id, id, title) VALUES ($1, $2, $3) ON CONFLICT (city_id, id) DO UPDATE SET title = excluded.title, id = excluded.id WHERE plan.id > 0 RETURNING id",
		"insert what is read":                  "INSERT INTO plan (city_id, id) SELECT city_id, id FROM item WHERE city_id = $1 ON CONFLICT (city_id, id) DO NOTHING",
		"insert for this server":               "INSERT INTO session VALUES ($1, $2) ON CONFLICT DO NOTHING",
		"update":                               "UPDATE plan SET state = $1, title = COALESCE($2, title) WHERE city_id = $3 AND id = $4 RETURNING id, state",
		"update by a query":                    "UPDATE plan SET title = (SELECT i.title FROM item i WHERE i.city_id = plan.city_id) WHERE city_id = $1",
		"update from":                          "UPDATE plan SET title = i.title FROM item i WHERE plan.city_id = $1 AND i.city_id = plan.city_id",
		"update several at once":               "UPDATE plan SET (title, state) = ($1, $2) WHERE city_id = $3",
		"move a row of this server":            "UPDATE session SET city_id = $1 WHERE token = $2",
		"delete":                               "DELETE FROM plan WHERE city_id = $1 AND id = $2 RETURNING id",
		"WITH":                                 "WITH x AS (SELECT id FROM plan WHERE city_id = $1) SELECT id FROM x",
		"WITH that is called as a table":       "WITH plan AS (SELECT 1) SELECT * FROM plan",
		"WITH of two":                          "WITH x AS (SELECT 1), y AS (SELECT * FROM x) SELECT * FROM x JOIN y ON 1 = 1",
		"WITH and a change":                    "WITH x AS NOT MATERIALIZED (SELECT id FROM plan WHERE city_id = $1) DELETE FROM item WHERE city_id = $1 AND id IN (SELECT id FROM x)",
		"WITH RECURSIVE":                       "WITH RECURSIVE under(id) AS (SELECT id FROM unit WHERE city_id = $1 AND id = $2 UNION ALL SELECT u.id FROM unit u JOIN under x ON u.parent_id = x.id WHERE u.city_id = $1) SELECT id FROM under",
		"WITH RECURSIVE by the city of itself": "WITH RECURSIVE under AS (SELECT city_id, id FROM unit WHERE city_id = $1 UNION ALL SELECT u.city_id, u.id FROM unit u JOIN under x ON u.city_id = x.city_id WHERE x.city_id = $1) SELECT id FROM under",
		"all cities":                           "SELECT COUNT(*) FROM plan /*fanout*/",
		"BEGIN":                                "BEGIN IMMEDIATE",
		"COMMIT":                               "COMMIT;",
		"ROLLBACK":                             "ROLLBACK TO SAVEPOINT x",
		"VACUUM":                               "VACUUM INTO ?",
		"PRAGMA":                               "PRAGMA foreign_keys",
	} {
		if err := checkStatement(text, cityTables); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestStatementThatNamesNoCity(t *testing.T) {
	for name, c := range map[string]struct{ text, says string }{
		"no WHERE":                            {"SELECT id FROM plan", "plan names no city"},
		"no city in WHERE":                    {"SELECT id FROM plan WHERE id = $1", "plan names no city"},
		"another name":                        {"SELECT id FROM plan p WHERE id = $1", "plan p names no city: its WHERE or ON must say p.city_id = $n"},
		"another column":                      {"SELECT id FROM plan p WHERE p.capacity_id = $1", "plan p names no city"},
		"a city in figures":                   {"SELECT id FROM plan WHERE city_id = 1", "plan names no city"},
		"another comparison":                  {"SELECT id FROM plan WHERE city_id >= $1", "plan names no city"},
		"not equal":                           {"SELECT id FROM plan WHERE city_id != $1", "plan names no city"},
		"its own city":                        {"SELECT id FROM plan p WHERE p.city_id = p.city_id", "plan p names no city"},
		"a city and more":                     {"SELECT id FROM plan WHERE city_id = $1 + $2", "plan names no city"},
		"a comparison of the comparison":      {"SELECT id FROM plan WHERE city_id = $1 = $2", "plan names no city"},
		"a comparison that is null or not":    {"SELECT id FROM plan WHERE (city_id = $1) IS NOT NULL", "plan names no city"},
		"under OR":                            {"SELECT id FROM plan WHERE city_id = $1 OR id = $2", "plan names no city"},
		"AND under OR":                        {"SELECT id FROM plan WHERE city_id = $1 AND id = $2 OR id = $3", "plan names no city"},
		"under OR in brackets":                {"SELECT id FROM plan WHERE id = $1 AND (city_id = $2 OR id = $3)", "plan names no city"},
		"brackets under OR":                   {"SELECT id FROM plan WHERE (city_id = $1) OR id = $3", "plan names no city"},
		"in NOT":                              {"SELECT id FROM plan WHERE NOT (city_id = $1)", "plan names no city"},
		"behind NOT":                          {"SELECT id FROM plan WHERE id = $2 AND NOT city_id = $1", "plan names no city"},
		"in CASE":                             {"SELECT id FROM plan WHERE CASE WHEN id = 1 AND city_id = $1 AND id = 2 THEN 1 END = 1", "plan names no city"},
		"in BETWEEN":                          {"SELECT id FROM plan WHERE id BETWEEN $2 AND city_id = $1", "plan names no city"},
		"in FILTER":                           {"SELECT COUNT(*) FILTER (WHERE city_id = $1) FROM plan", "plan names no city"},
		"in HAVING":                           {"SELECT city_id FROM plan GROUP BY city_id HAVING city_id = $1", "plan names no city"},
		"in a string":                         {"SELECT id FROM plan WHERE title = ' AND city_id = $1'", "plan names no city"},
		"in a comment":                        {"SELECT id FROM plan WHERE id = $1 /* AND city_id = $1 */", "plan names no city"},
		"all cities in a string":              {"SELECT id FROM plan WHERE title = '/*fanout*/'", "plan names no city"},
		"in quotes":                           {`SELECT id FROM "Plan" WHERE id = $1`, "plan names no city"},
		"with its schema":                     {"SELECT id FROM main.plan WHERE id = $1", "plan names no city"},
		"a join that forgets":                 {"SELECT 1 FROM plan p JOIN plan_item l ON l.plan_id = p.id WHERE p.city_id = $1", "plan_item l names no city"},
		"a join of two without any":           {"SELECT 1 FROM plan p JOIN plan_item l ON l.city_id = p.city_id", "plan p names no city"},
		"a join to the wrong table":           {"SELECT 1 FROM plan p JOIN plan_item l ON l.city_id = p.city_id JOIN item i ON l.city_id = p.city_id WHERE p.city_id = $1", "item i names no city"},
		"a join under OR":                     {"SELECT 1 FROM plan p JOIN item i ON i.city_id = p.city_id OR i.id = p.id WHERE p.city_id = $1", "item i names no city"},
		"bare among two":                      {"SELECT 1 FROM plan p JOIN session s ON s.id = p.id WHERE city_id = $1", "plan p names no city"},
		"a table beside":                      {"SELECT 1 FROM session s JOIN session r ON s.id = r.id, plan WHERE s.city_id = $1", "plan names no city"},
		"a left join that forgets":            {"SELECT 1 FROM ledger_entry e LEFT JOIN ledger_words w ON w.seq = e.seq WHERE e.city_id = $1", "ledger_words w names no city: the ON of its LEFT JOIN"},
		"a left join by WHERE":                {"SELECT 1 FROM ledger_entry e LEFT JOIN ledger_words w ON w.seq = e.seq WHERE e.city_id = $1 AND w.city_id = $1", "ledger_words w names no city: the ON of its LEFT JOIN"},
		"a left join that binds the left":     {"SELECT 1 FROM ledger_entry e LEFT JOIN ledger_words w ON w.city_id = e.city_id AND e.city_id = $1", "ledger_entry e names no city"},
		"a left join by its later ON":         {"SELECT 1 FROM plan p LEFT JOIN item i ON i.id = p.id LEFT JOIN unit u ON u.city_id = $1 AND i.city_id = $1 WHERE p.city_id = $1", "item i names no city"},
		"IN that forgets":                     {"SELECT id FROM plan WHERE city_id = $1 AND id IN (SELECT plan_id FROM plan_item WHERE item_id = $2)", "plan_item names no city"},
		"EXISTS that forgets":                 {"SELECT 1 FROM plan p WHERE p.city_id = $1 AND EXISTS (SELECT 1 FROM plan_item l WHERE l.plan_id = p.id)", "plan_item l names no city"},
		"only the query within":               {"SELECT id FROM plan WHERE id IN (SELECT plan_id FROM plan_item WHERE city_id = $1)", "plan names no city"},
		"a query that binds the one around":   {"SELECT 1 FROM plan p WHERE EXISTS (SELECT 1 FROM item i WHERE i.city_id = $1 AND p.city_id = i.city_id)", "plan p names no city"},
		"a name that means the nearer table":  {"SELECT 1 FROM plan p WHERE p.city_id = $1 AND EXISTS (SELECT 1 FROM item p JOIN unit u ON u.city_id = p.city_id)", "item p names no city"},
		"a query in FROM":                     {"SELECT x.id FROM (SELECT id FROM plan) x WHERE x.city_id = $1", "plan names no city"},
		"a query in FROM by its neighbour":    {"SELECT 1 FROM plan p JOIN (SELECT id FROM item i WHERE i.city_id = p.city_id) x ON x.id = p.id WHERE p.city_id = $1", "item i names no city"},
		"a query among the columns":           {"SELECT (SELECT COUNT(*) FROM item) FROM plan p WHERE p.city_id = $1", "item names no city"},
		"a query in LIMIT":                    {"SELECT id FROM plan WHERE city_id = $1 LIMIT (SELECT COUNT(*) FROM item)", "item names no city"},
		"a query in ON":                       {"SELECT 1 FROM plan p JOIN session s ON s.id IN (SELECT id FROM item) WHERE p.city_id = $1", "item names no city"},
		"a query in CASE":                     {"SELECT CASE WHEN EXISTS (SELECT 1 FROM item) THEN 1 END FROM plan WHERE city_id = $1", "item names no city"},
		"the other half of UNION":             {"SELECT id FROM plan WHERE city_id = $1 UNION SELECT id FROM item", "item names no city"},
		"insert without":                      {"INSERT INTO plan (id, title) VALUES ($1, $2)", "INSERT INTO plan lists no city_id"},
		"insert without columns":              {"INSERT INTO plan VALUES ($1, $2)", "INSERT INTO plan lists no city_id"},
		"insert or change without":            {"INSERT INTO plan (city_id, id) VALUES ($1, $2) ON CONFLICT (id) DO UPDATE SET id = excluded.id", "INSERT INTO plan: its ON CONFLICT names no city_id"},
		"insert or leave, no columns":         {"INSERT INTO plan (city_id, id) VALUES ($1, $2) ON CONFLICT DO NOTHING", "INSERT INTO plan: its ON CONFLICT names no city_id"},
		"insert or move":                      {"INSERT INTO plan (city_id, id) VALUES ($1, $2) ON CONFLICT (city_id, id) DO UPDATE SET city_id = excluded.city_id", "plan: SET city_id"},
		"insert what is read without":         {"INSERT INTO plan (city_id, id) SELECT city_id, id FROM item", "item names no city"},
		"insert a query's value":              {"INSERT INTO session (n) VALUES ((SELECT MAX(id) FROM plan))", "plan names no city"},
		"insert, return another's":            {"INSERT INTO plan (city_id, id) VALUES ($1, $2) RETURNING (SELECT COUNT(*) FROM item)", "item names no city"},
		"update without":                      {"UPDATE plan SET state = $1 WHERE id = $2", "plan names no city"},
		"update without WHERE":                {"UPDATE plan SET state = $1", "plan names no city"},
		"update by SET only":                  {"UPDATE question SET state = $1, id = $2 WHERE id = $3 AND plan_id IN (SELECT id FROM plan WHERE city_id = $4)", "question names no city"},
		"update that moves":                   {"UPDATE plan SET state = $1, city_id = $2 WHERE city_id = $3", "plan: SET city_id"},
		"update that moves with others":       {"UPDATE plan SET (state, city_id) = ($1, $2) WHERE city_id = $3", "plan: SET city_id"},
		"update by a query":                   {"UPDATE plan SET title = (SELECT title FROM item WHERE id = $2) WHERE city_id = $1", "item names no city"},
		"update from":                         {"UPDATE plan SET title = i.title FROM item i WHERE plan.city_id = $1 AND i.id = plan.id", "item i names no city"},
		"delete without":                      {"DELETE FROM plan WHERE id = $1", "plan names no city"},
		"delete all":                          {"DELETE FROM plan", "plan names no city"},
		"WITH without":                        {"WITH x AS (SELECT id FROM plan) SELECT id FROM x", "plan names no city"},
		"WITH RECURSIVE, itself no city":      {"WITH RECURSIVE under AS (SELECT city_id, id FROM unit WHERE city_id = $1 UNION ALL SELECT u.city_id, u.id FROM unit u JOIN under x ON u.city_id = x.city_id) SELECT id FROM under", "unit u names no city"},
		"WITH that reads the table so called": {"WITH plan AS (SELECT id FROM plan) SELECT id FROM plan", "plan names no city"},
		"WITH that ended before the table":    {"SELECT 1 FROM session WHERE id IN (WITH plan AS (SELECT 1) SELECT 1 FROM plan) AND id IN (SELECT id FROM plan)", "plan names no city"},
		"WITH and the table with its schema":  {"WITH plan AS (SELECT 1) SELECT 1 FROM main.plan", "plan names no city"},
		"WITH and a change of the table":      {"WITH plan AS (SELECT 1) DELETE FROM plan", "plan names no city"},
		"WITH that changes":                   {"WITH gone AS (DELETE FROM plan WHERE city_id = $1 RETURNING id) SELECT id FROM gone", "WITH gone changes rows"},
		"a table after IN":                    {"SELECT id FROM session WHERE id IN plan", `"plan"`},
		"a table after TABLE":                 {"SELECT id FROM session WHERE id IN (TABLE plan)", `"table"`},
		"a table after ONLY":                  {"SELECT id FROM ONLY plan", `"only"`},
		"tables in brackets":                  {"SELECT 1 FROM session s JOIN (plan p JOIN item i ON p.id = i.id) ON s.id = p.id", `"plan"`},
		"columns called anew":                 {"SELECT 1 FROM plan p(id, city_id) WHERE p.city_id = $1", `"("`},
		"a table read as a function":          {"SELECT 1 FROM plan(1) WHERE city_id = $1", `"("`},
		"no columns but a table":              {"SELECT DISTINCT FROM plan", "plan names no city"},
		"SELECT INTO":                         {"SELECT id INTO plan FROM session", `"into"`},
		"RIGHT JOIN":                          {"SELECT 1 FROM plan p RIGHT JOIN session s ON s.id = p.id WHERE p.city_id = $1", `"right"`},
		"NATURAL JOIN":                        {"SELECT 1 FROM plan NATURAL JOIN session WHERE city_id = $1", `"natural"`},
		"a second statement":                  {"SELECT 1; DELETE FROM plan", `"delete"`},
		"a second statement behind BEGIN":     {"BEGIN; DELETE FROM plan", "several statements"},
		"a statement of another kind":         {"TRUNCATE plan", `"truncate"`},
		"an early end":                        {"SELECT id FROM", "too early"},
		"nothing":                             {"", "too early"},
		"INSERT OR REPLACE":                   {"INSERT OR REPLACE INTO plan (city_id, id) VALUES ($1, $2)", `"or"`},
		"a placeholder without a number":      {"SELECT id FROM plan WHERE city_id = ?", "? is not for every engine"},
		"now()":                               {"SELECT now()", "NOW()"},
		"now() on all cities":                 {"SELECT now() FROM plan /*fanout*/", "NOW()"},
		"now() with its schema":               {"SELECT pg_catalog.now ()", "NOW()"},
		"RANDOM()":                            {"SELECT id FROM plan WHERE city_id = $1 ORDER BY RANDOM()", "RANDOM()"},
		"MERGE":                               {"MERGE INTO plan USING item ON 1 = 1", "MERGE"},
		"GROUPING SETS":                       {"SELECT id FROM plan WHERE city_id = $1 GROUP BY GROUPING SETS (id)", "GROUPING SETS"},
		"CREATE TRIGGER":                      {"CREATE TRIGGER x BEFORE UPDATE ON plan", "CREATE TRIGGER"},
		"NOTIFY":                              {"NOTIFY x", "NOTIFY"},
		"a lock by advice":                    {"SELECT pg_advisory_xact_lock($1)", "PG_ADVISORY_XACT_LOCK()"},
		"a lock by advice, if it can be":      {"SELECT pg_try_advisory_lock($1)", "PG_TRY_ADVISORY_LOCK()"},
		"SET NULL":                            {"ALTER TABLE plan ADD FOREIGN KEY (x) REFERENCES y ON DELETE SET NULL", "SET NULL"},
		"CURRENT_TIMESTAMP":                   {"UPDATE session SET at = CURRENT_TIMESTAMP", "CURRENT_TIMESTAMP"},
		"a comment to the end of the line":    {"SELECT id FROM plan -- WHERE city_id = $1", "end of the line"},
		"a comment within another":            {"SELECT id FROM plan /* /* */ WHERE city_id = $1 /* */ */", "within another"},
		"a comment without an end":            {"SELECT id FROM plan WHERE city_id = $1 /*", "without an end"},
		"a string without an end":             {"SELECT id FROM plan WHERE title = 'x AND city_id = $1", "quote is not closed"},
		"a string with a letter before it":    {`SELECT id FROM plan WHERE title = E'\' AND city_id = $1 --'`, "letter before a string"},
		"a bracket without an end":            {"SELECT id FROM plan WHERE (city_id = $1", "not closed"},
		"a bracket without a beginning":       {"SELECT id FROM plan WHERE city_id = $1)", "not opened"},
		"a string between dollars":            {"SELECT $$x$$", "no placeholder"},
		"a cast of PostgreSQL":                {"SELECT id::text FROM plan WHERE city_id = $1", "':'"},
		"brackets without end in one another": {"SELECT " + strings.Repeat("(", 1000) + strings.Repeat(")", 1000), "too deep"},
	} {
		err := checkStatement(c.text, cityTables)
		if err == nil || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: %v, want %q", name, err, c.says)
		}
	}
}

func FuzzCheckStatement(f *testing.F) {
	for _, text := range []string{
		"SELECT i.id FROM item i LEFT JOIN plan_item l ON l.city_id = i.city_id WHERE i.city_id = $1 AND (i.id IN (SELECT 1) OR NOT x BETWEEN 1 AND 2)",
		"INSERT INTO plan (city_id, id) VALUES ($1, $2) ON CONFLICT (city_id, id) DO UPDATE SET id = excluded.id RETURNING id",
		"WITH RECURSIVE x(id) AS (SELECT 1 UNION ALL SELECT id FROM x) UPDATE plan SET (id, title) = ($1, 'x') FROM x WHERE city_id = $1",
		`DELETE FROM "plan" AS p WHERE p."city_id"=$1;`, "/*fanout*/SELECT CASE WHEN 1 THEN 2 END", "BEGIN", "", "((", "$", "'", "SELECT ONLY",
	} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		// A city that is named stays named where blanks are added at the ends.
		if err := checkStatement(text, cityTables); err == nil && checkStatement(" "+text+"\n", cityTables) != nil {
			t.Errorf("%q is taken, with blanks around it is not", text)
		}
	})
}

func BenchmarkCheckStatement(b *testing.B) {
	for name, text := range map[string]string{
		"short": "SELECT id FROM plan WHERE city_id = $1 AND id = $2",
		"long": `SELECT i.id, i.title, i.lead, i.cooperating FROM item i WHERE i.city_id = $1 AND i.released = 1
			AND (i.lead LIKE $2 OR i.cooperating LIKE $3) AND EXISTS (SELECT 1 FROM plan_item l JOIN plan p ON p.city_id = l.city_id AND p.id = l.plan_id
			WHERE l.city_id = i.city_id AND l.item_id = i.id AND p.released = 1) ORDER BY i.id`,
		"200 values": "INSERT INTO plan (city_id, id, title, state) VALUES " + strings.Repeat("($1, $2, $3, $4), ", 49) + "($1, $2, $3, $4)",
	} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if err := checkStatement(text, cityTables); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
