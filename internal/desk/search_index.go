package desk

import (
	"errors"
	"slices"

	"luoshi/id"
	"luoshi/internal/db"
	"luoshi/org"
	"luoshi/plan"
	"luoshi/search"
)

// rank is what kind of record is found; results stand in this order. It is stored.
type rank int64

const (
	rankPlan rank = iota + 1
	rankItem
	rankCity
	rankBureau
	rankDivision
	rankDirect
	rankCounty
	rankTownship
	rankVillage
	rankPost
)

var rankOfLevel = map[org.Level]rank{org.CityLevel: rankCity, org.Bureau: rankBureau, org.Division: rankDivision, org.Direct: rankDirect,
	org.County: rankCounty, org.Township: rankTownship, org.Village: rankVillage}

// titled is a record with its title, as far as it is searched for.
type titled struct {
	rank    rank
	subject int64
	title   string
}

func (t titled) grams() map[search.Gram]bool {
	all := map[search.Gram]bool{}
	for _, g := range search.GramsOf(t.title) {
		all[g] = true
	}
	return all
}

// indexTitles keeps the index when records change: was are their titles before, is what
// they become; one that is in only one of them was made or is taken away. It is called
// in the transaction of the change.
func indexTitles(tx *db.Tx, city int64, was, is []titled) error {
	type key struct {
		rank    rank
		subject int64
	}
	stood := map[key]titled{}
	for _, t := range was {
		stood[key{t.rank, t.subject}] = t
	}
	var rows [][]any
	for _, t := range is {
		k := key{t.rank, t.subject}
		before, known := stood[k]
		delete(stood, k)
		if known && before.title == t.title {
			continue
		}
		old, grams := before.grams(), search.GramsOf(t.title)
		for _, g := range grams {
			if !old[g] {
				rows = append(rows, []any{city, t.rank, g, t.subject})
			}
			delete(old, g)
		}
		if err := dropGrams(tx, city, t.rank, t.subject, old); err != nil {
			return err
		}
	}
	for _, t := range was {
		if _, gone := stood[key{t.rank, t.subject}]; gone {
			if err := dropGrams(tx, city, t.rank, t.subject, t.grams()); err != nil {
				return err
			}
		}
	}
	return addGrams(tx, city, rows)
}

func titlesOfUnits(units []org.Unit) []titled {
	all := make([]titled, len(units))
	for i, u := range units {
		all[i] = titled{rankOfLevel[u.Level], int64(u.ID), u.Name}
	}
	return all
}

// indexUnits keeps the index of units that are about to be saved.
func indexUnits(tx *db.Tx, city int64, units []org.Unit) error {
	ids := make([]id.Unit, len(units))
	for i, u := range units {
		ids[i] = u.ID
	}
	was, err := unitTitles(tx, city, ids)
	if err != nil {
		return err
	}
	return indexTitles(tx, city, was, titlesOfUnits(units))
}

// indexPlan keeps the index of a plan that is about to be saved.
func indexPlan(tx *db.Tx, city int64, p plan.Plan) error {
	was, err := planTitles(tx, city, p.ID)
	if err != nil {
		return err
	}
	return indexTitles(tx, city, was, []titled{{rankPlan, int64(p.ID), p.Title}})
}

// indexItems keeps the index of items that are about to be saved.
func indexItems(tx *db.Tx, city int64, items []plan.Item) error {
	ids, is := make([]id.Item, len(items)), make([]titled, len(items))
	for k, i := range items {
		ids[k], is[k] = i.ID, titled{rankItem, int64(i.ID), i.Title}
	}
	was, err := itemTitles(tx, city, ids)
	if err != nil {
		return err
	}
	return indexTitles(tx, city, was, is)
}

// forgetPlan takes a plan that is about to be deleted out of the index.
func forgetPlan(tx *db.Tx, city int64, p id.Plan) error {
	was, err := planTitles(tx, city, p)
	return errors.Join(err, indexTitles(tx, city, was, nil))
}

// forgetItems takes items that are about to be deleted out of the index.
func forgetItems(tx *db.Tx, city int64, items []id.Item) error {
	was, err := itemTitles(tx, city, items)
	return errors.Join(err, indexTitles(tx, city, was, nil))
}

func itemTitles(q db.Querier, city int64, items []id.Item) ([]titled, error) {
	titles, err := loadTitles(q, city, items)
	all := make([]titled, 0, len(titles))
	for _, i := range items {
		if title, known := titles[i]; known {
			all = append(all, titled{rankItem, int64(i), title})
		}
	}
	return slices.Compact(all), err
}
