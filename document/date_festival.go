package document

import "luoshi/calendar"

// festivals are the names of days that plans set dates by, the longer first.
var festivals = []struct {
	name     string
	festival calendar.Festival
}{
	{"元旦节", calendar.NewYear}, {"元旦", calendar.NewYear}, {"春节", calendar.SpringFestival}, {"农历新年", calendar.SpringFestival},
	{"元宵节", calendar.LanternFestival}, {"元宵", calendar.LanternFestival}, {"三八妇女节", calendar.WomensDay}, {"妇女节", calendar.WomensDay},
	{"清明节", calendar.TombSweeping}, {"清明", calendar.TombSweeping}, {"五一劳动节", calendar.LabourDay}, {"劳动节", calendar.LabourDay},
	{"五四青年节", calendar.YouthDay}, {"青年节", calendar.YouthDay}, {"六一儿童节", calendar.ChildrensDay}, {"儿童节", calendar.ChildrensDay},
	{"端午节", calendar.DragonBoat}, {"端午", calendar.DragonBoat}, {"建党节", calendar.PartyDay}, {"建军节", calendar.ArmyDay}, {"中秋节", calendar.MidAutumn},
	{"中秋", calendar.MidAutumn}, {"教师节", calendar.TeachersDay}, {"重阳节", calendar.DoubleNinth}, {"国庆节", calendar.NationalDay}, {"国庆", calendar.NationalDay},
	{"三八", calendar.WomensDay}, {"五一", calendar.LabourDay}, {"五四", calendar.YouthDay}, {"六一", calendar.ChildrensDay},
	{"七一", calendar.PartyDay}, {"八一", calendar.ArmyDay}, {"十一", calendar.NationalDay},
}

// readFestival reads 春节前 and “七一”前 after what has been read. A festival is
// a date only where 前 follows: else it names what is done on it.
func (d *Date) readFestival(r []rune) bool {
	i := d.Core
	quoted := at(r, i) == '“'
	if quoted {
		i++
	}
	for _, f := range festivals {
		if !hasPrefix(r, i, f.name) {
			continue
		}
		numeral := hanDigit(r[i]) >= 0 || r[i] == '十'
		if numeral && !quoted && (hanDigit(at(r, i-1)) >= 0 || at(r, i-1) == '十' || at(r, i-1) == '第') {
			return false
		}
		i += len([]rune(f.name))
		if quoted {
			if at(r, i) != '”' {
				return false
			}
			i++
		}
		i += firstOf(r, i, "节假日", "节", "假期", "假日", "国际劳动节", "劳动节")
		if firstOf(r, i, "前", "之前", "以前") == 0 || firstOf(r, i, "前后", "前期") > 0 {
			return false
		}
		d.Festival, d.Core = f.festival, i
		return true
	}
	return false
}
