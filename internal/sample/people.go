package sample

import (
	"fmt"

	"luoshi/calendar"
	"luoshi/id"
	"luoshi/internal/desk"
	"luoshi/org"
)

// countyPeople are the clerks of the counties, in the order of counties.
var countyPeople = []string{"汪清和", "骆明川", "阮知秋", "柯松年", "庄文渊", "翁海若", "尹鹿鸣", "苗云生", "湛一泓"}

// settleCounties says which body works for each county, how to reach it, and opens the
// account of its clerk.
func (c *city) settleCounties() error {
	for i, county := range c.counties {
		work := desk.UnitWork{Body: counties[i].name + "文广新局", Contact: fmt.Sprintf("0500-88%02d 2200", 10+i)}
		if err := c.office.DescribeUnit(c.ctx, c.cmd(administrator), county, work); err != nil {
			return err
		}
		account, err := c.office.OpenAccount(c.ctx, c.cmd(administrator), desk.NewAccount{UnitID: county, Title: "文广新局经办", Name: countyPeople[i],
			Roles: []org.Role{org.UnitHead, org.UnitClerk, org.Verifier}})
		if err != nil {
			return err
		}
		if err := c.signIn(account, countyPeople[i]); err != nil {
			return err
		}
	}
	return nil
}

// stationPost is the post in each township.
const stationPost = "文化站长"

// openTownshipAccounts opens the accounts of all townships in one act; who holds them is
// said at the first sign-in, as here by the first of each county.
func (c *city) openTownshipAccounts() error {
	m := desk.ManyAccounts{Title: stationPost, Roles: []org.Role{org.UnitClerk, org.Verifier}}
	for _, county := range c.counties {
		m.Units = append(m.Units, c.townships[county]...)
	}
	made, err := c.office.OpenAccounts(c.ctx, c.cmd(clerk), m)
	if err != nil {
		return err
	}
	n := 0
	for i, county := range c.counties {
		if err := c.signIn(made[n], stationPeople[i]); err != nil {
			return err
		}
		if err := c.office.NameHolder(c.ctx, c.cmd(stationPeople[i]), stationPeople[i], ""); err != nil {
			return err
		}
		if err := c.signIn(made[n], stationPeople[i]); err != nil {
			return err
		}
		n += len(c.townships[county])
	}
	return nil
}

var stationPeople = []string{"陈望舒", "褚青山", "卫南枝", "蒋听松", "韩金朵", "杨屿帆", "朱鹿溪", "秦云岫", "许澄之"}

// keeperPost is the post in a village.
const keeperPost = "文化管理员"

// openVillageAccounts lets the clerk of the first township open the accounts of its villages.
func (c *city) openVillageAccounts() error {
	township := c.townships[c.counties[0]][0]
	made, err := c.office.OpenAccounts(c.ctx, c.cmd(stationPeople[0]), desk.ManyAccounts{Units: c.villages[township], Title: keeperPost, Roles: []org.Role{org.Reporter}})
	if err != nil {
		return err
	}
	if err := c.signIn(made[0], keeper); err != nil {
		return err
	}
	if err := c.office.NameHolder(c.ctx, c.cmd(keeper), keeper, ""); err != nil {
		return err
	}
	return c.signIn(made[0], keeper)
}

const keeper = "林小满"

// groupName is what the plan calls the group that leads it.
const groupName = "“走近群众、服务群众”实践活动领导小组"

// formGroup writes down who leads the campaign.
func (c *city) formGroup() error {
	office, err := c.unitOf("局办公室")
	if err != nil {
		return err
	}
	g := org.Group{Name: groupName, Office: office, Members: []org.GroupMembership{
		{Post: c.people[director].Post, Place: org.Leader}, {Post: c.people[deputy].Post, Place: org.DeputyLeader}}}
	for _, name := range []string{"杜若衡", "沈玉兰", "石建军", "林若溪", "邵文清", "许静安"} {
		g.Members = append(g.Members, org.GroupMembership{Post: c.people[name].Post, Place: org.Member})
	}
	_, err = c.office.StateGroup(c.ctx, c.cmd(clerk), g)
	return err
}

// unitOf finds the unit in which somebody of the staff has their post.
func (c *city) unitOf(name string) (id.Unit, error) {
	for _, s := range staff {
		if s.unit == name {
			return c.people[s.name].Held[0].Unit, nil
		}
	}
	return 0, fmt.Errorf("nobody of the staff is in %s", name)
}

// goOnLeave lets the head of a division stand in for another who is on leave.
func (c *city) goOnLeave() error {
	return c.office.Appoint(c.ctx, c.cmd(administrator), org.Term{Account: c.people["沈玉兰"].Account, Post: c.people["叶听涛"].Post, Kind: org.Acting,
		From: "2011-11-08", To: "2011-11-25"})
}

// moveTownship puts a township below a neighbouring county, as of the new year.
func (c *city) moveTownship() error {
	township := c.townships[c.counties[1]][3]
	u, err := c.office.UnitOn(c.ctx, c.people[clerk], township, c.office.Today())
	if err != nil {
		return err
	}
	return c.office.ChangeUnit(c.ctx, c.cmd(clerk), township, org.Change{Parent: c.counties[0], Name: u.Unit.Name, Code: u.Unit.Code, From: newYear})
}

// mergeTownship puts a township into another one of its county, with its villages. Those
// whose name the other has too are called after their former township from then on.
func (c *city) mergeTownship() error {
	all := c.townships[c.counties[7]]
	from, into := all[5], all[4]
	taken := map[string]bool{}
	there, err := c.office.UnitsOfLevel(c.ctx, org.Village, into)
	if err != nil {
		return err
	}
	for _, v := range there {
		taken[v.Name] = true
	}
	ends, err := c.office.UnitOn(c.ctx, c.people[clerk], from, c.office.Today())
	if err != nil {
		return err
	}
	for _, v := range ends.Below {
		if !taken[v.Name] {
			continue
		}
		name := string([]rune(ends.Unit.Name)[:2]) + v.Name
		if err := c.office.ChangeUnit(c.ctx, c.cmd(clerk), v.ID, org.Change{Parent: from, Name: name, Code: v.Code, From: mergedOn}); err != nil {
			return err
		}
	}
	return c.office.MergeUnit(c.ctx, c.cmd(clerk), from, into, mergedOn)
}

const mergedOn = calendar.Day("2012-02-01")

const newYear = calendar.Day("2012-01-01")
