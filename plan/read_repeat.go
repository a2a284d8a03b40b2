package plan

import (
	"sort"
	"strconv"
	"strings"
)

// askRepeats asks about clauses that stand in the text twice, for different items:
// are they one thing or two? A figure in the second one would be counted twice.
func (r *reader) askRepeats() {
	type clause struct {
		from, to, item int
		key            string
	}
	first := map[string]clause{} // by the beginning of the clause
	holders := r.holders()
	parties := r.attributions
	end := 0
	for _, h := range r.items {
		end = max(end, h.To)
	}
	for i := r.bodyStart(); i < end; {
		from, to := i, i
		for to < end && !isClauseEnd(r.rune(to)) {
			to++
		}
		i = to + 1
		for len(parties) > 0 && parties[0].To <= from {
			parties = parties[1:]
		}
		if len(parties) > 0 && parties[0].From < to || r.view.InTable(from) && r.cellAt(from) == nil {
			continue
		}
		for _, h := range r.headAt(from) {
			from = min(max(from, h.TitleAt.Start), to)
		}
		c := clause{from, to, holders.at(from), contentKey(r.view.Runes, from, to)}
		begins := []rune(c.key)
		if len(begins) < shortestRepeat || c.item < 0 {
			continue
		}
		before, seen := first[string(begins[:shortestRepeat])]
		if !seen {
			first[string(begins[:shortestRepeat])] = c
			continue
		}
		if before.item == c.item || !strings.HasPrefix(c.key, before.key) && !strings.HasPrefix(before.key, c.key) {
			continue
		}
		r.askRepeat(before.from, before.to, c.from, c.to)
	}
}

// askRepeat asks whether the clause [from, to) is the one before over again.
func (r *reader) askRepeat(beforeFrom, beforeTo, from, to int) {
	same, about, index := choice("", "", "是一件事，只算一次"), "plan", 0
	if one, two := r.targetIn(beforeFrom, beforeTo), r.targetIn(from, to); one >= 0 && two >= 0 && r.out.Targets[one].Value == r.out.Targets[two].Value {
		same, about, index = choice("same_as", strconv.Itoa(one), "是一件事，只算一次"), "target", two
	}
	span, words := r.quote(from, to, from, min(to, from+shortestRepeat))
	path := ""
	for _, h := range r.headAt(beforeFrom) {
		path = h.Path
	}
	r.ask("repeated", about, index, span, []ReadChoice{choice("", "", "是两件事，分别算"), same}, "“%s”和“%s”里写的是一件事吗？", words, path)
}

// targetIn is the index of the first target whose number stands in [from, to), or -1.
func (r *reader) targetIn(from, to int) int {
	i := sort.Search(len(r.counted), func(i int) bool { return r.counted[i].From >= from })
	if i < len(r.counted) && r.counted[i].From < to {
		return i
	}
	return -1
}

// bodyStart is where the first item begins.
func (r *reader) bodyStart() int {
	if len(r.items) == 0 {
		return len(r.view.Runes)
	}
	return r.items[0].From
}

// Join gives the structure with what it says twice said once: the targets that a
// question knows to repeat an earlier one are left out, and with them the question.
// Indexes of the other questions follow.
func Join(s Structure) Structure {
	drop := map[int]bool{}
	for _, q := range s.Questions {
		if q.Kind == "repeated" && q.About == "target" {
			drop[q.Index] = true
		}
	}
	place := make([]int, len(s.Targets))
	targets := []ReadTarget{}
	for i, t := range s.Targets {
		place[i] = len(targets)
		if !drop[i] {
			targets = append(targets, t)
		}
	}
	questions := []ReadQuestion{}
	for _, q := range s.Questions {
		if q.About == "target" {
			if drop[q.Index] {
				continue
			}
			q.Index = place[q.Index]
		}
		questions = append(questions, q)
	}
	s.Targets, s.Questions = targets, questions
	return s
}
