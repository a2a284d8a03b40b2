package db

// Sharing says how a table is spread where one database holds many cities.
type Sharing string

const (
	Distributed Sharing = "distributed" // by city_id, which starts its primary key
	Reference   Sharing = "reference"   // small, written by migrations and imports only
	Local       Sharing = "local"       // jobs and sessions of this server
)

// Sight says who may see a column.
type Sight string

const (
	Public   Sight = "public"   // everybody, once the record is released
	Internal Sight = "internal" // the office
	Personal Sight = "personal" // about a person; erasable
)

// Table declares a table: every table of the schema stands in one registry.
type Table struct {
	Name    string
	Sharing Sharing
	Columns []Column
}

// Column declares who may see a column. The city_id of a table is not listed.
type Column struct {
	Name  string
	Sight Sight
}

// Columns declares several columns of one sight.
func Columns(sight Sight, names ...string) []Column {
	out := make([]Column, len(names))
	for i, n := range names {
		out[i] = Column{n, sight}
	}
	return out
}

// Join puts column lists together.
func Join(lists ...[]Column) []Column {
	var out []Column
	for _, l := range lists {
		out = append(out, l...)
	}
	return out
}

var tables = []Table{
	{"ledger_head", Distributed, Columns(Internal, "seq", "edge", "at", "last_id")},
	// An entry and its words are public once it is released: its class and its
	// subjects decide, docs/export.md section 2.
	{"ledger_entry", Distributed, Columns(Public, "seq", "class", "leaf", "body")},
	{"ledger_subject", Distributed, Columns(Internal, "noun", "subject", "seq")},
	{"ledger_words", Distributed, Join(Columns(Public, "seq", "salt", "words"), Columns(Personal, "sealed"))},
	{"ledger_tile", Distributed, Columns(Public, "level", "n", "hashes")},
	{"ledger_checkpoint", Distributed, Columns(Public, "size", "note")},
	{"command", Distributed, Columns(Internal, "id", "account_id", "act", "content", "answer")},
	{"job", Local, Columns(Internal, "id", "kind", "subject", "due_at", "tries", "failure")},
}
