package desk

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"luoshi/calendar"
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
		key := fact.SubjectKey(words)
		number, err := tx.Pseudonym(key)
		if err != nil {
			return err
		}
		standing, err := personStanding(tx, o.city, number)
		if err != nil {
			return err
		}
		drafts := unnamingOf(number, tx.Today(), key)
		if err := unnameDrafts(tx, o.city, drafts); err != nil {
			return err
		}
		switch {
		case standing == personUnknown && !drafts.found[number]:
			return fault.New(fault.Invalid, "报来的数里没有这样写的人。请照当时写的打，号码也要写上。").In("name")
		case standing == personErased && !drafts.found[number]:
			return nil
		case standing == personErased:
			return tx.Later(JobPersonErased, number)
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

// ErasedPerson is somebody whose name was erased, by the pseudonym.
type ErasedPerson struct {
	Number int64
	On     calendar.Day
}

// ErasePersonsAgain erases names again in a city that was put back to an earlier day, and
// counts those that had come back. A pseudonym that the city does not know is left alone,
// but for what was typed until that day and not sent: there its name goes too.
func (o *Office) ErasePersonsAgain(ctx context.Context, persons ...ErasedPerson) (again int, err error) {
	until := map[int64]calendar.Day{}
	for _, p := range persons {
		until[p.Number] = max(until[p.Number], p.On)
	}
	back := map[int64]bool{}
	for _, number := range slices.Sorted(maps.Keys(until)) {
		var standing personState
		if err := o.db.Read(ctx, func(v *db.View) (err error) {
			standing, err = personStanding(v, o.city, number)
			return err
		}); err != nil {
			return len(back), err
		}
		if standing != personNamed {
			continue
		}
		command, err := db.NewCommandID(time.Now(), rand.Reader)
		if err != nil {
			return len(back), err
		}
		cmd := db.Cmd{City: o.city, ID: command}.Of("fact.erase_person_again", number)
		if err := o.db.Write(ctx, cmd, func(tx *db.Tx) error { return o.erasePersonAgain(tx, number, until[number]) }); err != nil {
			return len(back), fmt.Errorf("erase person %s again: %w", id.Text(number), err)
		}
		back[number] = true
	}
	drafts := &unnaming{until: until}
	if len(until) > 0 {
		if err := o.db.Local(ctx, func(tx *db.Tx) error { return unnameDrafts(tx, o.city, drafts) }); err != nil {
			return len(back), fmt.Errorf("erase persons again in grids: %w", err)
		}
	}
	maps.Copy(back, drafts.found)
	return len(back), nil
}

// erasePersonAgain erases a name that stands again, also where more is written beside it
// than the pseudonym would find.
func (o *Office) erasePersonAgain(tx *db.Tx, number int64, until calendar.Day) error {
	names, err := personsOf(tx, o.city, []int64{number})
	if err != nil && !errors.Is(err, db.ErrSealed) && !errors.Is(err, db.ErrNoPersonalKey) { // one that does not open is erased all the same
		return err
	}
	if name := names[id.Text(number)]; name != "" {
		if err := unnameDrafts(tx, o.city, unnamingOf(number, until, fact.SubjectKey(name))); err != nil {
			return err
		}
	}
	return erasePerson(tx, o.city, number)
}
