package desk

import (
	"maps"
	"slices"

	"luoshi/id"
	"luoshi/internal/db"
)

// personState is what is kept of somebody whom facts name.
type personState int

const (
	personUnknown personState = iota
	personNamed
	personErased // the row stays without a name, so that a later fact does not bring it back
)

func personStanding(q db.Querier, city, number int64) (personState, error) {
	found, err := db.Rows(q, db.Value[[]byte], "SELECT sealed FROM fact_person WHERE city_id = $1 AND id = $2", city, number)
	switch {
	case err != nil || len(found) == 0:
		return personUnknown, err
	case len(found[0]) == 0:
		return personErased, nil
	}
	return personNamed, nil
}

// blankPerson keeps no name behind a pseudonym, also of one whom no fact named yet.
func blankPerson(tx *db.Tx, city, number int64) error {
	return tx.Upsert("fact_person", "city_id, id", "city_id, id, sealed", [][]any{{city, number, []byte{}}})
}

// savePersons seals the names behind pseudonyms; a name that was erased is not kept again.
func savePersons(tx *db.Tx, city int64, names map[int64]string) error {
	var rows [][]any
	for _, number := range slices.Sorted(maps.Keys(names)) {
		standing, err := personStanding(tx, city, number)
		if err != nil {
			return err
		}
		if standing == personErased {
			continue
		}
		sealed, err := tx.Seal(personCell(city, number), names[number])
		if err != nil {
			return err
		}
		rows = append(rows, []any{city, number, sealed})
	}
	return tx.Upsert("fact_person", "city_id, id", "city_id, id, sealed", rows)
}

func personCell(city, number int64) db.Cell {
	return db.Cell{Table: "fact_person", Column: "sealed", City: city, Record: number}
}

// personsOf opens the names behind pseudonyms; those that were erased are left out.
func personsOf(q db.Querier, city int64, numbers []int64) (map[string]string, error) {
	out := map[string]string{}
	for _, n := range numbers {
		found, err := db.Rows(q, db.Value[[]byte], "SELECT sealed FROM fact_person WHERE city_id = $1 AND id = $2", city, n)
		if err != nil {
			return nil, err
		}
		for _, sealed := range found {
			if len(sealed) == 0 {
				continue
			}
			name, err := db.Unseal(q, personCell(city, n), sealed)
			if err != nil {
				return nil, err
			}
			out[id.Text(n)] = name
		}
	}
	return out, nil
}
