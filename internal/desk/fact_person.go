package desk

import (
	"context"
	"crypto/rand"
	"fmt"
	"strings"
	"time"

	"luoshi/fact"
	"luoshi/fault"
	"luoshi/id"
	"luoshi/internal/db"
)

// JobPersonErased puts the pseudonym of somebody whose name was erased onto the list
// beside the keys, by which it is done again after an older backup was restored.
const JobPersonErased = "fact.person_erased"

// ErasePerson removes for ever the name of somebody whom facts name, as it was written
// there. The pseudonym stays, and with it every fact and figure.
func (o *Office) ErasePerson(ctx context.Context, cmd db.Cmd, name string) error {
	return o.write(ctx, cmd.Of("fact.erase_person", name), "account.erase", func(tx *db.Tx) error {
		words := strings.Join(strings.Fields(name), " ")
		if err := fault.CheckLine("name", "姓名", words, 60, false); err != nil {
			return err
		}
		number, err := tx.Pseudonym(fact.SubjectKey(words))
		if err != nil {
			return err
		}
		switch standing, err := personStanding(tx, o.city, number); {
		case err != nil:
			return err
		case standing == personUnknown:
			return fault.New(fault.Invalid, "报来的数里没有这样写的人。请照当时写的打，号码也要写上。").In("name")
		case standing == personErased:
			return nil
		}
		return erasePerson(tx, o.city, number)
	})
}

func erasePerson(tx *db.Tx, city, number int64) error {
	if err := blankPerson(tx, city, number); err != nil {
		return err
	}
	tx.Append(fact.PersonErasedEntry(id.Text(number)))
	return tx.Later(JobPersonErased, number)
}

// ErasePersonsAgain erases names again in a city that was put back to an earlier day, and
// counts those that had come back. A pseudonym that the city does not know is left alone.
func (o *Office) ErasePersonsAgain(ctx context.Context, numbers ...int64) (again int, err error) {
	for _, number := range numbers {
		var standing personState
		if err := o.db.Read(ctx, func(v *db.View) (err error) {
			standing, err = personStanding(v, o.city, number)
			return err
		}); err != nil {
			return again, err
		}
		if standing != personNamed {
			continue
		}
		command, err := db.NewCommandID(time.Now(), rand.Reader)
		if err != nil {
			return again, err
		}
		cmd := db.Cmd{City: o.city, ID: command}.Of("fact.erase_person_again", number)
		if err := o.db.Write(ctx, cmd, func(tx *db.Tx) error { return erasePerson(tx, o.city, number) }); err != nil {
			return again, fmt.Errorf("erase person %s again: %w", id.Text(number), err)
		}
		again++
	}
	return again, nil
}
