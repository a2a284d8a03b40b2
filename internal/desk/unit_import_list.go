package desk

import (
	"context"
	"slices"
	"strings"

	"luoshi/fault"
	"luoshi/id"
	"luoshi/internal/db"
	"luoshi/org"
)

// mostPlaces is how many counties are offered as places for a list.
const mostPlaces = 300

// importsShown is how many earlier lists are shown.
const importsShown = 10

// UnitImports gives the places that a list may be put under, another one among them
// where it is not 0, and the last lists that were given in.
func (o *Office) UnitImports(ctx context.Context, who Who, another id.Unit) (places []org.Unit, before []UnitImport, err error) {
	if !who.MayEverywhere("unit.change") {
		return nil, nil, MayNot("unit.change")
	}
	err = o.db.Read(ctx, func(v *db.View) error {
		for _, level := range []org.Level{org.CityLevel, org.Bureau, org.County} {
			some, err := unitsOfLevel(v, o.city, level, 0, mostPlaces)
			if err != nil {
				return err
			}
			places = append(places, some...)
		}
		if another != 0 && !slices.ContainsFunc(places, func(u org.Unit) bool { return u.ID == another }) {
			u, err := loadUnit(v, o.city, another)
			if err != nil {
				return err
			}
			places = append(places, u)
		}
		before, err = unitImports(v, o.city, importsShown)
		return err
	})
	return places, before, err
}

// UnitAt finds a unit by its name, with as much of what it stands below as tells it
// apart: 云溪县, 石桥镇.
func (o *Office) UnitAt(ctx context.Context, path []string) (found id.Unit, err error) {
	name := path[len(path)-1]
	err = o.db.Read(ctx, func(v *db.View) error {
		all, err := unitsCalled(v, o.city, name)
		if err != nil {
			return err
		}
		var fits []org.Unit
		for _, u := range all {
			above, err := loadAbove(v, o.city, u.ID, o.Today())
			if err != nil {
				return err
			}
			if !slices.ContainsFunc(path[:len(path)-1], func(p string) bool {
				return !slices.ContainsFunc(above, func(a org.Unit) bool { return a.Name == p })
			}) {
				fits = append(fits, u)
			}
		}
		switch len(fits) {
		case 0:
			return fault.New(fault.Missing, "没有叫“%s”的单位。", strings.Join(path, "/"))
		case 1:
			found = fits[0].ID
			return nil
		}
		return fault.New(fault.Invalid, "叫“%s”的单位有 %d 个，请写明是哪里的，例如 云溪县/石桥镇。", strings.Join(path, "/"), len(fits))
	})
	return found, err
}

// SomebodyWhoMay gives the first account that may do an act in the whole city, for a
// command of whoever runs the program.
func (o *Office) SomebodyWhoMay(ctx context.Context, act string) (account id.Account, err error) {
	err = o.db.Read(ctx, func(v *db.View) error {
		all, err := listAccounts(v, o.city)
		for _, a := range all {
			if account == 0 && a.State == org.AccountOpen && reach(act, a.Roles) == WholeCity {
				account = a.ID
			}
		}
		return err
	})
	if err == nil && account == 0 {
		err = fault.New(fault.Denied, "没有一个账号能做这件事。请先让管理员登录一次。")
	}
	return account, err
}
