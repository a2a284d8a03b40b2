package db

import (
	"strings"
	"testing"
	"testing/fstest"

	"luoshi/tests/postgres"
)

// PostgreSQL with its tables partitioned by city refuses a key, a unique list and
// a reference that leave the city out, as a database spread over machines would.
// SQLite takes them: there the test of the registry in desk finds the first.
func TestAKeyWithoutTheCityIsRefusedWhereItMatters(t *testing.T) {
	for name, keys := range map[string]string{
		"right":         "PRIMARY KEY (city_id, id), UNIQUE (city_id, words), FOREIGN KEY (city_id, note_id) REFERENCES note (city_id, id)",
		"key":           "PRIMARY KEY (id)",
		"unique list":   "PRIMARY KEY (city_id, id), UNIQUE (words)",
		"reference":     "PRIMARY KEY (city_id, id), FOREIGN KEY (note_id) REFERENCES note (id)",
		"no key at all": "UNIQUE (id)",
	} {
		address := postgres.Fresh(t)
		more := Schema{Room: "more", Files: fstest.MapFS{"0001_leaf.sql": {Data: []byte(
			"-- +goose Up\nCREATE TABLE leaf (\n  city_id BIGINT NOT NULL,\n  id BIGINT NOT NULL,\n  note_id BIGINT NOT NULL,\n  words TEXT NOT NULL,\n  " + keys + "\n);")}},
			Tables: []Table{{"leaf", Distributed, Columns(Public, "id", "note_id", "words")}}}
		d, err := Open(t.Context(), t.TempDir(), Options{Database: address, Spread: postgres.Spread}, notes(), more)
		if err == nil {
			d.Close()
		}
		if refused := err != nil && strings.Contains(err.Error(), "more"); refused != (address != "" && name != "right") {
			t.Errorf("%s: opened with %v", name, err)
		}
	}
}
