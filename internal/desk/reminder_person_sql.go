package desk

import (
	"luoshi/id"
	"luoshi/internal/db"
)

func mailCell(city int64, a id.Account) db.Cell {
	return db.Cell{Table: "reminder_address", Column: "sealed_mail", City: city, Record: int64(a)}
}

// mailOf gives the address of mail of an account, or empty.
func mailOf(q db.Querier, city int64, account id.Account) (string, error) {
	all, err := db.Rows(q, db.Value[[]byte], "SELECT sealed_mail FROM reminder_address WHERE city_id = $1 AND account_id = $2", city, account)
	if err != nil || len(all) == 0 {
		return "", err
	}
	return opened(q, mailCell(city, account), all[0]), nil
}

// sealedMails gives the addresses of all accounts as they are kept.
func sealedMails(q db.Querier, city int64) (map[id.Account][]byte, error) {
	out := map[id.Account][]byte{}
	_, err := db.Rows(q, func(s db.Scanner) (one struct{}, err error) {
		var a id.Account
		var sealed []byte
		err = s.Scan(&a, &sealed)
		out[a] = sealed
		return one, err
	}, "SELECT account_id, sealed_mail FROM reminder_address WHERE city_id = $1", city)
	return out, err
}

func saveMail(tx *db.Tx, city int64, account id.Account, address string) error {
	sealed, err := tx.Seal(mailCell(city, account), address)
	if err != nil {
		return err
	}
	return tx.Upsert("reminder_address", "city_id, account_id", "city_id, account_id, sealed_mail", [][]any{{city, account, sealed}})
}

// forgetMail takes the address of an account away for good.
func forgetMail(tx *db.Tx, city int64, account id.Account) error {
	_, err := tx.Exec("DELETE FROM reminder_address WHERE city_id = $1 AND account_id = $2", city, account)
	return err
}
