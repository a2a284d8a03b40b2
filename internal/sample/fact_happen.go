package sample

import (
	"fmt"
	"slices"

	"luoshi/calendar"
	"luoshi/document"
	"luoshi/fact"
	"luoshi/internal/desk"
)

// happened is something that happened in a village or direct unit.
type happened struct {
	spot
	desk.FactTold
	plant  int  // which of the planted ones, from 1; 0 of none
	listed bool // in the county's list, though the station reports of the village itself
}

// inMonth is what happened in a county in a month, in the order of the lists.
func (c *city) inMonth(county, month int) (out []happened) {
	all := c.spots(county, month)
	for _, list := range []func(county, month int, all []spot) []happened{c.showsOf, c.filmsOf, c.booksOf, c.boatsOf, c.roomsOf, c.trainedOf} {
		out = append(out, list(county, month, all)...)
	}
	return out
}

// tells makes a fact of what happened.
func (c *city) tells(what int, s spot, day calendar.Day, n int64, class fact.Class, note string) happened {
	return happened{spot: s, FactTold: desk.FactTold{Indicator: c.indicators[what], Unit: s.unit, Day: day, Quantity: document.Whole(n), Class: class, Note: note}}
}

// dayIn is a day of a month, numbered from 1 and spread evenly over it.
func dayIn(month, k, of int) calendar.Day {
	first := calendar.Day(months[month] + "-01")
	days := first.Until(calendar.Day(fact.NextMonth(months[month]) + "-01"))
	return first.AddDays(k * days / max(1, of))
}

// showsOf lets each troupe play once a day.
func (c *city) showsOf(county, month int, all []spot) (out []happened) {
	r := luck(shows, county, month)
	villages := drawn(inCounties[shows][month][county], all, month, r)
	for k, s := range villages {
		troupe := troupes[(county+k*len(counties))%len(troupes)]
		hour := []string{"14:00", "19:00"}[k%2]
		out = append(out, c.tells(shows, s, dayIn(month, k, len(villages)), 1, fact.ByRecipient,
			fmt.Sprintf("%s %s《%s》村里签收单 %02d%02d%03d", troupe, hour, plays[r.IntN(len(plays))], month+1, county+1, k+1)))
	}
	return out
}

// projectionist is one of those who show films in a township.
func projectionist(s spot, n int) string { return personName(60000 + s.county*211 + s.township*7 + n) }

// filmsOf lets each projectionist show one film an evening.
func (c *city) filmsOf(county, month int, all []spot) (out []happened) {
	r := luck(films, county, month)
	byTownship := map[[2]int][]spot{}
	var order [][2]int
	for _, s := range drawn(inCounties[films][month][county], all, month, r) {
		k := [2]int{s.county, s.township}
		if byTownship[k] == nil {
			order = append(order, k)
		}
		byTownship[k] = append(byTownship[k], s)
	}
	slices.SortFunc(order, func(a, b [2]int) int { return (a[0]-b[0])*100 + a[1] - b[1] })
	for _, t := range order {
		here := byTownship[t]
		crews := max(2, (len(here)+27)/28)
		each := (len(here) + crews - 1) / crews
		for k, s := range here {
			hour := []string{"18:30", "19:00", "19:30"}[(s.village+month)%3]
			note := fmt.Sprintf("放映员 %s %s《%s》回单 %02d%d%02d%03d", projectionist(s, k%crews), hour, titles[r.IntN(len(titles))], month+1, county+1, s.township+1, k+1)
			class := fact.ByRecipient
			if r.IntN(40) == 0 { // the slip is not there yet
				class, note = fact.OwnWord, fmt.Sprintf("放映员 %s %s，回单后补", projectionist(s, k%crews), hour)
			}
			out = append(out, c.tells(films, s, dayIn(month, k/crews, each), 1, class, note))
		}
	}
	return out
}

// booksOf brings books about fifty at a time.
func (c *city) booksOf(county, month int, all []spot) (out []happened) {
	n := inCounties[books][month][county]
	r := luck(books, county, month)
	places := drawn((n+49)/50, all, month, r)
	weights := make([]int64, len(places))
	for k := range weights {
		weights[k] = 8 + r.Int64N(5)
	}
	for k, each := range parted(n, weights) {
		out = append(out, c.tells(books, places[k], dayIn(month, k, len(places)), each, fact.ByRecipient, fmt.Sprintf("送书单 %02d%d%03d，村里签收", month+1, county+1, k+1)))
	}
	return out
}

// inSeason is the first and the last day in a month on which boats lie in port: the closed
// season of the trawlers, from the first of June to the sixteenth of September.
func inSeason(month int) (from calendar.Day, days int) {
	from = calendar.Day(months[month] + "-01")
	switch months[month][5:] {
	case "06":
		return from, 30
	case "07", "08":
		return from, 31
	case "09":
		return from, 16
	}
	return "", 0
}

func (c *city) boatsOf(county, month int, all []spot) (out []happened) {
	from, days := inSeason(month)
	n := int(inCounties[boats][month][county])
	for k := range n {
		s := all[(k*5+month)%min(len(all), 4*32)] // the four townships by the harbour
		out = append(out, c.tells(boats, s, from.AddDays(k*days/n), 1, fact.ByRecipient, fmt.Sprintf("开机能收到节目，船主%s签字", personName(30000+c.boats))))
		out[k].Subject = boatNumber(c.boats)
		c.boats++
	}
	return out
}

// roomsOf lets villages in which there is none get their reading room.
func (c *city) roomsOf(county, month int, all []spot) (out []happened) {
	var free []spot
	for _, s := range all {
		if !c.rooms[s.unit] {
			free = append(free, s)
		}
	}
	n := inCounties[rooms][month][county] + c.owedRooms[county]
	some := drawn(min(n, int64(len(free))), free, month, luck(rooms, county, month))
	for k, s := range some {
		if c.rooms[s.unit] {
			continue // townships that are mute leave too few villages
		}
		c.rooms[s.unit] = true
		out = append(out, c.tells(rooms, s, dayIn(month, k, len(some)), 1, fact.Independent, fmt.Sprintf("县里验收单 %02d%d%03d，书 %d 种", month+1, county+1, k+1, 1210+(k*37)%380)))
	}
	c.owedRooms[county] = n - int64(len(out))
	return out
}

// trainedOf are those who finished a course, the most of them from villages.
func (c *city) trainedOf(county, month int, all []spot) (out []happened) {
	n := int(inCounties[trained][month][county])
	some := drawn(int64(n), all, month, luck(trained, county, month))
	for _, s := range some {
		h := c.tells(trained, s, dayIn(month, 3, 4), 1, fact.OwnWord, fmt.Sprintf("%s 培训班签到表第 %d 行", months[month], c.learners%75+1))
		h.Subject = learner(c.learners)
		c.learners++
		out = append(out, h)
	}
	return out
}
