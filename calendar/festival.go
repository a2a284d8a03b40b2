package calendar

// Festival is a day of the year that plans set dates by. Lunar ones move.
type Festival int

const (
	NoFestival      Festival = iota
	NewYear                  // 元旦
	SpringFestival           // 春节
	LanternFestival          // 元宵节
	WomensDay                // 三八妇女节
	TombSweeping             // 清明节
	LabourDay                // 五一国际劳动节
	YouthDay                 // 五四青年节
	ChildrensDay             // 六一儿童节
	DragonBoat               // 端午节
	PartyDay                 // 七一建党节
	ArmyDay                  // 八一建军节
	MidAutumn                // 中秋节
	TeachersDay              // 教师节
	DoubleNinth              // 重阳节
	NationalDay              // 国庆节
)

// firstLunarYear and lastLunarYear bound the table of lunar days.
const (
	firstLunarYear = 2000
	lastLunarYear  = 2030
)

// lunarDays holds, for each year from firstLunarYear on, the days of 春节, 端午节,
// 中秋节 and 重阳节 as month*100 + day, by the Chinese calendar (GB/T 33661-2017).
var lunarDays = [lastLunarYear - firstLunarYear + 1][4]int{
	{205, 606, 912, 1006}, {124, 625, 1001, 1025}, {212, 615, 921, 1014}, {201, 604, 911, 1004}, {122, 622, 928, 1022},
	{209, 611, 918, 1011}, {129, 531, 1006, 1030}, {218, 619, 925, 1019}, {207, 608, 914, 1007}, {126, 528, 1003, 1026},
	{214, 616, 922, 1016}, {203, 606, 912, 1005}, {123, 623, 930, 1023}, {210, 612, 919, 1013}, {131, 602, 908, 1002},
	{219, 620, 927, 1021}, {208, 609, 915, 1009}, {128, 530, 1004, 1028}, {216, 618, 924, 1017}, {205, 607, 913, 1007},
	{125, 625, 1001, 1025}, {212, 614, 921, 1014}, {201, 603, 910, 1004}, {122, 622, 929, 1023}, {210, 610, 917, 1011},
	{129, 531, 1006, 1029}, {217, 619, 925, 1018}, {206, 609, 915, 1008}, {126, 528, 1003, 1026}, {213, 616, 922, 1016},
	{203, 605, 912, 1005},
}

// In is the day of the festival in a year, or no day where the table does not say.
func (f Festival) In(year int) Day {
	switch f {
	case NewYear:
		return Make(year, 1, 1)
	case WomensDay:
		return Make(year, 3, 8)
	case TombSweeping: // the day of 清明, right for 2000 to 2099
		y := year % 100
		return Make(year, 4, (y*2422+48100)/10000-y/4)
	case LabourDay:
		return Make(year, 5, 1)
	case YouthDay:
		return Make(year, 5, 4)
	case ChildrensDay:
		return Make(year, 6, 1)
	case PartyDay:
		return Make(year, 7, 1)
	case ArmyDay:
		return Make(year, 8, 1)
	case TeachersDay:
		return Make(year, 9, 10)
	case NationalDay:
		return Make(year, 10, 1)
	}
	if year < firstLunarYear || year > lastLunarYear {
		return ""
	}
	days := lunarDays[year-firstLunarYear]
	lunar := func(k int) Day { return Make(year, days[k]/100, days[k]%100) }
	switch f {
	case SpringFestival:
		return lunar(0)
	case LanternFestival:
		return lunar(0).AddDays(14)
	case DragonBoat:
		return lunar(1)
	case MidAutumn:
		return lunar(2)
	case DoubleNinth:
		return lunar(3)
	}
	return ""
}
