package sample

import (
	"luoshi/calendar"
	"luoshi/document"
	"luoshi/fact"
)

// counted are the things that the plan promises in figures and the city counts, in the
// order in which the plan names them, and the people among whom they are shared.
const (
	shows = iota
	films
	books
	boats
	rooms
	trained
	people
)

// indicators say how each is counted, and what its target is called in the plan.
var indicators = []struct {
	target string
	fact.Indicator
}{
	shows: {"送演出", fact.Indicator{Name: "送演出", Measure: "场", Aggregation: fact.Sum, Wanted: fact.ByRecipient,
		Definition: "一个剧团在一个村或者社区公开演满 60 分钟算一场；同一天下午和晚上各演一次算两场。村里签收单为凭，彩排和收费的不算。"}},
	films: {"电影", fact.Indicator{Name: "送电影", Measure: "场", Aggregation: fact.Sum, Wanted: fact.ByRecipient,
		Definition: "在一个村放一部故事片，或者三部以上短片，算一场。当场由村里在回单上签字，写明日期、钟点和片名；一张回单只算一场。"}},
	books: {"图书到农村", fact.Indicator{Name: "送图书", Measure: "册", Aggregation: fact.Sum, Wanted: fact.ByRecipient,
		Definition: "送到村里并且登记上架的新书，按册数算，村里签收为凭。流动图书车上借出的不算。"}},
	boats: {"渔船安装广播电视", fact.Indicator{Name: "渔船装广播电视", Measure: "艘", Aggregation: fact.Distinct, Subjects: fact.Things, Wanted: fact.ByRecipient,
		Definition: "装好、开机能收到节目、船主签字的渔船，按船号数，一条船只算一次。只在伏季休渔时装。"}},
	rooms: {"建成农家书屋", fact.Indicator{Name: "建成农家书屋", Measure: "家", Aggregation: fact.Once, Wanted: fact.Independent,
		Definition: "一个行政村算一家，涉农的社区也算。有 20 平方米以上的屋子、1,200 种以上的书和管理员，县里验收合格才算建成，挂牌的日子不算。"}},
	trained: {"培训文化干部和文化骨干", fact.Indicator{Name: "培训文化干部和骨干", Measure: "人", Aggregation: fact.Distinct, Subjects: fact.Persons, Wanted: fact.OwnWord,
		Definition: "上满一期班、签到表上有名字的人。2011 年和 2012 年合起来数，一个人来几次只算一次。"}},
	people: {"", fact.Indicator{Name: "常住人口", Measure: "万人", Aggregation: fact.Snapshot, Wanted: fact.OwnWord,
		Definition: "第六次人口普查时在村或者社区住满半年的人，用来分指标和算人均，不考核。"}},
}

// rates set what came against the people among whom it came.
var rates = map[int]fact.Indicator{
	shows: {Name: "每万人看演出", Measure: "场/万人", Aggregation: fact.Sum, Wanted: fact.ByRecipient, Definition: "送演出的场数除以常住人口，用来看城里和村里匀不匀，不考核。"},
	films: {Name: "每万人看电影", Measure: "场/万人", Aggregation: fact.Sum, Wanted: fact.ByRecipient, Definition: "送电影的场数除以常住人口，用来看城里和村里匀不匀，不考核。"},
	books: {Name: "每万人添图书", Measure: "册/万人", Aggregation: fact.Sum, Wanted: fact.ByRecipient, Definition: "送图书的册数除以常住人口，用来看城里和村里匀不匀，不考核。"},
}

// firstMonth and lastMonth are the months over which the plan runs.
const (
	firstMonth = calendar.Day("2011-08-01")
	lastDay    = calendar.Day("2012-12-31")
)

// months are those of the plan.
var months = fact.Months(firstMonth, lastDay)

// sums are what each came to in the whole city by the end of each month, as the division
// said in its reports. Much is shown outdoors in summer and little in the cold.
var sums = [][]int64{
	shows:   {20, 96, 214, 330, 402, 490, 508, 530, 560, 655, 771, 902, 1040, 1190, 1335, 1468, 1523},
	films:   {600, 2050, 3420, 4250, 4880, 5700, 6420, 7800, 9750, 12350, 15500, 19000, 22950, 26900, 30500, 34100, 36800},
	books:   {0, 3200, 8400, 12600, 16800, 19500, 21200, 23800, 31000, 44000, 56000, 64500, 72000, 81000, 90000, 97000, 102000},
	boats:   {140, 210, 210, 210, 210, 210, 210, 210, 210, 210, 612, 743, 743, 743, 743, 743, 743},
	rooms:   {0, 40, 160, 330, 520, 610, 680, 900, 1180, 1520, 1960, 2440, 2950, 3310, 3600, 3870, 4011},
	trained: {0, 0, 0, 63, 126, 126, 126, 188, 246, 412, 655, 1020, 1236, 1488, 1790, 2046, 2046},
}

// during is what a month, numbered from 0, brought in the whole city.
func during(what, month int) int64 {
	n := sums[what][month]
	if month > 0 {
		n -= sums[what][month-1]
	}
	return n
}

// fishing are the counties by the sea, in which boats are fitted out.
var fishing = map[int]bool{0: true, 2: true, 5: true}

// The township that stands below another county from a month on.
const (
	movedFrom, movedTownship, movedTo, movedMonth = 1, 3, 0, 5
)

// villagesOf is how many villages the townships of a county have in a month.
func villagesOf(county, month int) (n int64) {
	number := 0
	for k, c := range counties {
		for t := range c.townships {
			if countyOf(k, t, month) == county {
				n += villagesIn(number)
			}
			number++
		}
	}
	return n
}

// villagesIn is how many villages a township has, numbered through the whole city.
func villagesIn(number int) int64 {
	if number < villages%townships {
		return villages/townships + 1
	}
	return villages / townships
}

// countyOf is the county in which a township stands in a month.
func countyOf(county, township, month int) int {
	if county == movedFrom && township == movedTownship && month >= movedMonth {
		return movedTo
	}
	return county
}

// inCounties is what each month brought in each county.
var inCounties = func() (out [people][][]int64) {
	for what := range people {
		so := make([]int64, len(counties))
		for month := range months {
			weights := make([]int64, len(counties))
			for county := range counties {
				weights[county] = weight(what, county, month, so[county])
			}
			out[what] = append(out[what], parted(during(what, month)-byDirect(what, month), weights))
			for county, n := range out[what][month] {
				so[county] += n
			}
		}
	}
	return out
}()

// byDirect is what of a month direct units did themselves: the art centre trains those of
// the city's own houses, the library brings books.
func byDirect(what, month int) int64 {
	switch what {
	case trained:
		return during(what, month) / 10
	case books:
		return during(what, month) * 6 / 100
	}
	return 0
}

// weight is how much of a month falls to a county, which has had so much before.
func weight(what, county, month int, before int64) int64 {
	w := villagesOf(county, month) * 10
	switch {
	case silentIn(county, month), what == boats && !fishing[county]:
		return 0
	case what == rooms:
		return max(0, w/10-before) // a village has one
	case what == films && county == 5 && month >= 5 && month <= 7: // no boat goes out
		return w * 3 / 10
	case what == films && county == 3 && month >= 8 && month <= 10: // the van is broken
		return w * 6 / 10
	case what == shows && county == 8: // far from the troupes
		return w * 4 / 10
	}
	return w
}

// parted shares a number out by weights, to the last one.
func parted(n int64, weights []int64) []int64 {
	out := make([]int64, len(weights))
	for k, d := range fact.Parted(document.Whole(n), weights, document.Whole(1)) {
		out[k] = int64(d) / document.DecimalScale
	}
	return out
}

// silentIn are the months in which a county reports no figures either.
func silentIn(county, month int) bool { return month > 0 && silent(county, month-1) }

// saidOf is what a county had reported of something by the end of a month.
func saidOf(what, county, month int) (n int64) {
	for m := range month + 1 {
		n += inCounties[what][m][county]
	}
	return n
}
