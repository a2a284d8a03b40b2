package desk

import (
	"context"

	"luoshi/fault"
	"luoshi/id"
	"luoshi/internal/db"
	"luoshi/org"
)

// City is the city that a data folder holds.
type City struct {
	Name    string // 安澜市
	Bureau  string // the body that runs the plan
	Phone   string // that anybody may call; may be empty
	Address string
	Sample  bool // invented: a banner says so on every page
}

// First is the first person of a new city.
type First struct{ Unit, Title, Name string }

var errFounded = fault.New(fault.Conflict, "这个数据文件夹里已经有一个城市了。请换一个文件夹。")

// Found begins a city with its first account, which has every role and opens
// the others. commandID makes it happen once.
func (o *Office) Found(ctx context.Context, commandID string, c City, f First) (id.Account, error) {
	for _, check := range []error{org.CheckName("name", "城市名称", c.Name), org.CheckName("bureau", "单位名称", c.Bureau),
		org.CheckName("unit", "科室名称", f.Unit), org.CheckName("title", "岗位名称", f.Title), org.CheckName("person", "姓名", f.Name),
		org.CheckContact(c.Phone, c.Address)} {
		if check != nil {
			return 0, check
		}
	}
	if err := o.db.Found(ctx, o.city); err != nil {
		return 0, err
	}
	var account id.Account
	cmd := db.Cmd{City: o.city, ID: commandID}.Of("city.found", struct {
		City
		First
	}{c, f}, &account)
	err := o.db.Write(ctx, cmd, func(tx *db.Tx) error {
		if _, err := loadCity(tx, o.city); err == nil {
			return errFounded
		}
		tx.Append(org.FoundedEntry(c.Name, c.Bureau), org.ContactEntry(c.Phone, c.Address))
		if err := saveCity(tx, o.city, c); err != nil {
			return err
		}
		top := org.Unit{ID: db.NewID[id.Unit](tx), Level: org.CityLevel, Name: c.Name, From: tx.Today()}
		bureau := org.Unit{ID: db.NewID[id.Unit](tx), Parent: top.ID, Level: org.Bureau, Name: c.Bureau, From: tx.Today()}
		tx.Append(top.OpenedEntry(), bureau.OpenedEntry())
		if err := saveUnits(tx, o.city, []org.Unit{top, bureau}); err != nil {
			return err
		}
		var err error
		account, err = openAccount(tx, o.city, NewAccount{Unit: f.Unit, Title: f.Title, Name: f.Name, Roles: org.FirstRoles})
		return err
	})
	return account, err
}

// Contact says where the body that runs the plan can be reached: it stands on every page.
func (o *Office) Contact(ctx context.Context, cmd db.Cmd, phone, address string) error {
	if err := org.CheckContact(phone, address); err != nil {
		return err
	}
	err := o.write(ctx, cmd.Of("city.contact", []string{phone, address}), "city.contact", func(tx *db.Tx) error {
		c, err := loadCity(tx, o.city)
		if err != nil {
			return err
		}
		c.Phone, c.Address = phone, address
		tx.Append(org.ContactEntry(phone, address))
		return saveCity(tx, o.city, c)
	})
	o.about.Store(nil)
	return err
}

// City gives the city of this data folder. It changes only through this office.
func (o *Office) City(ctx context.Context) (c City, err error) {
	if known := o.about.Load(); known != nil {
		return *known, nil
	}
	err = o.db.Read(ctx, func(v *db.View) (err error) {
		c, err = loadCity(v, o.city)
		return err
	})
	if err == nil {
		o.about.Store(&c)
	}
	return c, err
}

// NumberedCity is a city of a database that may hold several.
type NumberedCity struct {
	Number int64
	Name   string
}

// Cities lists the cities of a database.
func Cities(ctx context.Context, d *db.DB) (all []NumberedCity, err error) {
	err = d.Read(ctx, func(v *db.View) (err error) {
		all, err = listCities(v)
		return err
	})
	return all, err
}
