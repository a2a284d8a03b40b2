package sample

import (
	"fmt"
	"strings"

	"luoshi/fact"
	"luoshi/id"
	"luoshi/org"
)

// counties of the invented city, with how many townships each has: 131 in all.
var counties = []struct {
	name      string
	townships int
}{
	{"望潮区", 15}, {"清渡区", 13}, {"南屿区", 14}, {"松岭市", 18}, {"金汀市", 16}, {"岱屿县", 12}, {"鹿鸣县", 17}, {"云溪县", 14}, {"澄湖县", 12},
}

// villages is how many the city has; the townships share them as evenly as may be.
const (
	villages  = 4200
	townships = 131
)

// divisions of the bureau besides the one that the city was founded with, and direct units.
var (
	divisions = []string{"公共文化处", "艺术处", "文化产业处", "市场管理处", "政策法规处", "人事处", "财务处", "广播电视处", "机关党委"}
	directs   = []string{"市群众艺术馆", "市图书馆", "市博物馆"}
)

// Syllables of invented names of places. Two lists of coprime lengths give each
// place of a township another name.
var (
	firsts  = []rune("枫柳松竹梅桃杏槐桂樟榆柏杉石溪河湖泉井桥渡沙岭峰坪塘湾屿港岙田陈林叶徐郑周吴何潘")
	seconds = []rune("岭溪塘桥头下上坑岙山湾坪家田洋口屋店垟浦渡坞")
)

func placeName(n int) string {
	return string(firsts[n%len(firsts)]) + string(seconds[(n+n/len(firsts))%len(seconds)])
}

// openUnits opens the tree: divisions and direct units, counties, townships, villages.
func (c *city) openUnits() error {
	bureau, err := c.office.Bureau(c.ctx)
	if err != nil {
		return err
	}
	if _, err := c.open(bureau, named(org.Division, divisions)); err != nil {
		return err
	}
	if _, err := c.open(bureau, named(org.Direct, directs)); err != nil {
		return err
	}
	top, err := c.office.CityUnit(c.ctx)
	if err != nil {
		return err
	}
	var units []org.Unit
	for i, county := range counties {
		units = append(units, org.Unit{Level: org.County, Name: county.name, Code: fmt.Sprintf("%02d", i+1)})
	}
	ids, err := c.open(top, units)
	if err != nil {
		return err
	}
	c.counties = ids
	done := 0 // townships
	for i, county := range ids {
		if done, err = c.openTownships(county, units[i].Code, counties[i].townships, done); err != nil {
			return err
		}
	}
	return nil
}

func (c *city) openTownships(county id.Unit, code string, n, done int) (int, error) {
	endings := []string{"镇", "乡", "镇", "街道"}
	var units []org.Unit
	for i := range n {
		units = append(units, org.Unit{Level: org.Township, Name: placeName(7*(done+i)) + endings[(done+i)%len(endings)], Code: fmt.Sprintf("%s%02d", code, i+1)})
	}
	ids, err := c.open(county, units)
	if err != nil {
		return done, err
	}
	c.townships[county] = ids
	for i, township := range ids {
		// Every township has its share of the villages, the first ones one more.
		share := villages / townships
		if done < villages%townships {
			share++
		}
		var below []org.Unit
		for k := range share {
			ending := "村"
			if strings.HasSuffix(units[i].Name, "街道") && k%2 == 1 {
				ending = "社区"
			}
			below = append(below, org.Unit{Level: org.Village, Name: placeName(done*5+k) + ending, Code: fmt.Sprintf("%s%02d", units[i].Code, k+1)})
		}
		if c.villages[township], err = c.open(township, below); err != nil {
			return done, err
		}
		for k, u := range c.villages[township] {
			c.urban[u] = fact.SettlementOf(below[k].Name) == fact.Urban
		}
		done++
	}
	return done, nil
}

func (c *city) open(parent id.Unit, units []org.Unit) ([]id.Unit, error) {
	return c.office.OpenUnits(c.ctx, c.cmd(administrator), parent, units)
}

func named(level org.Level, names []string) []org.Unit {
	units := make([]org.Unit, len(names))
	for i, n := range names {
		units[i] = org.Unit{Level: level, Name: n}
	}
	return units
}
