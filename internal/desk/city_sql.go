package desk

import "luoshi/internal/db"

func loadCity(q db.Querier, city int64) (City, error) {
	return db.Row(q, func(s db.Scanner) (c City, err error) {
		err = s.Scan(&c.Name, &c.Bureau, &c.Phone, &c.Address, &c.Sample)
		return c, err
	}, "SELECT name, bureau, phone, address, sample FROM city WHERE city_id = $1", city)
}

func saveCity(tx *db.Tx, city int64, c City) error {
	return tx.Upsert("city", "city_id", "city_id, name, bureau, phone, address, sample", [][]any{{city, c.Name, c.Bureau, c.Phone, c.Address, number(c.Sample)}})
}

func number(b bool) int64 {
	if b {
		return 1
	}
	return 0
}

// listCities lists every city of the database, for the command line to choose from.
func listCities(q db.Querier) ([]NumberedCity, error) {
	return db.Rows(q, func(s db.Scanner) (c NumberedCity, err error) {
		err = s.Scan(&c.Number, &c.Name)
		return c, err
	}, "SELECT city_id, name FROM city ORDER BY city_id /*fanout*/")
}
