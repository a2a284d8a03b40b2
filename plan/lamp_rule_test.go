package plan

import (
	"testing"

	"luoshi/calendar"
	"luoshi/fault"

	"pgregory.net/rapid"
)

func TestLampRules(t *testing.T) {
	three, stages, fifteen := PresetThree.Rules(), PresetStages.Rules(), PresetFifteen.Rules()
	steps := []LampStep{{Title: "甲", Due: "2011-09-01"}, {Title: "乙", Due: "2011-10-31"}}
	for _, c := range []struct {
		name  string
		rules LampRules
		facts LampFacts
		today calendar.Day
		want  Lamp
	}{
		{"before its start", three, LampFacts{Start: "2011-09-01", Due: "2011-09-23", Said: LampNone}, "2011-08-20", LampIdle},
		{"never reported", three, LampFacts{Due: "2011-09-23", Said: LampNone}, "2011-09-22", LampNone},
		{"never reported, and its day passed", three, LampFacts{Due: "2011-09-23", Said: LampNone}, "2011-10-22", LampNone},
		{"three working days left", three, LampFacts{Due: "2011-09-23", Said: LampUnderWay}, "2011-09-20", LampDueSoon},
		{"four working days left", three, LampFacts{Due: "2011-09-23", Said: LampUnderWay}, "2011-09-19", LampUnderWay},
		{"on its day", three, LampFacts{Due: "2011-09-23", Said: LampUnderWay}, "2011-09-23", LampDueSoon},
		{"the day after", three, LampFacts{Due: "2011-09-23", Said: LampUnderWay}, "2011-09-24", LampOverdue},
		{"blocked after its day", three, LampFacts{Due: "2011-09-23", Said: LampBlocked}, "2011-09-24", LampOverdue},
		{"blocked before", three, LampFacts{Due: "2011-09-23", Said: LampBlocked}, "2011-09-20", LampBlocked},
		{"complete after its day", three, LampFacts{Due: "2011-09-23", Said: LampComplete}, "2012-09-24", LampComplete},
		{"said to be complete", three, LampFacts{Due: "2011-09-23", Said: LampWaiting, Silent: "2011-10-06"}, "2011-10-24", LampWaiting},
		{"silent for a period", three, LampFacts{Due: "2012-09-23", Said: LampUnderWay, Silent: "2011-10-06"}, "2011-10-24", LampNone},
		{"silent, and its day passed: what was said stands", three, LampFacts{Due: "2011-09-23", Said: LampUnderWay, Silent: "2011-10-06"}, "2011-10-24", LampOverdue},
		{"given back", three, LampFacts{Due: "2011-09-23", Said: LampUnderWay, Return: "2011-10-06"}, "2011-10-24", LampNone},
		{"blue, ten working days", stages, LampFacts{Due: "2011-09-23", Said: LampUnderWay}, "2011-09-09", LampNear},
		{"fifteen days", fifteen, LampFacts{Due: "2011-09-23", Said: LampUnderWay}, "2011-09-08", LampDueSoon},
		{"sixteen days", fifteen, LampFacts{Due: "2011-09-23", Said: LampUnderWay}, "2011-09-07", LampUnderWay},
		{"a step was missed", stages, LampFacts{Due: "2011-10-31", Steps: steps, Said: LampUnderWay}, "2011-09-05", LampBehind},
		{"a step was missed, which 西安 does not ask", three, LampFacts{Due: "2011-10-31", Steps: steps, Said: LampUnderWay}, "2011-09-05", LampUnderWay},
		{"the step is reached", stages, LampFacts{Due: "2011-10-31", Steps: []LampStep{{Due: "2011-09-01", Reached: true}, steps[1]}, Said: LampUnderWay}, "2011-09-05", LampUnderWay},
		{"a step was missed, and nothing said", stages, LampFacts{Due: "2011-10-31", Steps: steps, Said: LampNone}, "2011-09-05", LampNone},
		{"not started after its start", stages, LampFacts{Start: "2011-09-01", Due: "2011-12-31", Said: LampNotStarted}, "2011-09-05", LampBehind},
		{"not started before its start", stages, LampFacts{Start: "2011-09-10", Due: "2011-12-31", Said: LampNotStarted}, "2011-09-05", LampNotStarted},
		{"no day at all", stages, LampFacts{Said: LampUnderWay}, "2011-09-05", LampUnderWay},
		{"words without the figure that is expected", fifteen, LampFacts{Said: LampUnderWay, Counts: []LampCount{{Pace: CountUntold}}}, "2011-09-05", LampNone},
		{"a figure is slow by less than the rules ask", stages, LampFacts{Said: LampUnderWay, Counts: []LampCount{{Told: true, Pace: CountSlow, Share: 75, Due: 81}}}, "2011-09-05", LampUnderWay},
		{"a figure is slow", fifteen, LampFacts{Said: LampUnderWay, Counts: []LampCount{{Told: true, Pace: CountFine}, {Told: true, Pace: CountSlow, Share: 75, Due: 81}}}, "2011-09-05", LampBehind},
		{"a figure is late", stages, LampFacts{Said: LampUnderWay, Silent: "2011-08-06", Counts: []LampCount{{Told: true, Pace: CountLate, Share: 20, Due: 81}}}, "2011-09-05", LampBehind},
		{"a figure is late, and no words came in", stages, LampFacts{Said: LampNone, Counts: []LampCount{{Told: true, Pace: CountLate, Share: 20, Due: 81}}}, "2011-09-05", LampBehind},
		{"the day of a figure passed", fifteen, LampFacts{Said: LampUnderWay, Counts: []LampCount{{Told: true, Pace: CountMissed, Share: 88, Due: 100}}}, "2011-09-05", LampOverdue},
		{"a figure alone is not green", fifteen, LampFacts{Said: LampNone, Counts: []LampCount{{Told: true, Pace: CountReached, Share: 100}}}, "2011-09-05", LampNone},
		{"near is never", LampRules{}, LampFacts{Due: "2011-09-23", Said: LampUnderWay}, "2011-09-23", LampUnderWay},
	} {
		if got := c.rules.Light(c.facts, c.today); got.Lamp != c.want {
			t.Errorf("%s: %s, want %s", c.name, got.Lamp, c.want)
		}
	}
}

// someRules and someFacts are all that the rules could be asked.
func someRules(t *rapid.T) LampRules {
	return LampRules{Near: rapid.IntRange(0, 20).Draw(t, "near"), Working: rapid.Bool().Draw(t, "working"), Blue: rapid.Bool().Draw(t, "blue"), Behind: rapid.IntRange(0, 100).Draw(t, "behind")}
}

func someFacts(t *rapid.T) (f LampFacts) {
	day := func(name string) calendar.Day {
		return calendar.Day("2011-08-01").AddDays(rapid.IntRange(0, 500).Draw(t, name))
	}
	f.Said = rapid.SampledFrom([]Lamp{LampNone, LampNotStarted, LampUnderWay, LampBlocked, LampWaiting, LampComplete}).Draw(t, "said")
	if rapid.Bool().Draw(t, "starts") {
		f.Start = day("start")
	}
	for range rapid.IntRange(0, 4).Draw(t, "steps") {
		s := LampStep{Title: "步", Due: day("due"), Reached: rapid.Bool().Draw(t, "reached")}
		f.Steps, f.Due = append(f.Steps, s), max(f.Due, s.Due)
	}
	if rapid.Bool().Draw(t, "silent") {
		f.Silent = day("since")
	}
	return f
}

func TestNothingIsGreenWithoutAReport(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f := someFacts(t)
		f.Said = LampNone
		l := someRules(t).Light(f, calendar.Day("2011-08-01").AddDays(rapid.IntRange(0, 600).Draw(t, "today")))
		if tint := l.Lamp.Tint(); tint != Grey {
			t.Fatalf("%s is %s", l.Lamp, tint)
		}
	})
}

// A later day makes no lamp better, as long as nobody says anything; what is missing only
// grows with it.
func TestTimeAloneMakesNothingBetter(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rules, f := someRules(t), someFacts(t)
		at := func(day calendar.Day) Lamp {
			f := f
			if f.Silent > day {
				f.Silent = ""
			}
			return rules.Light(f, day).Lamp
		}
		today := calendar.Day("2011-08-01").AddDays(rapid.IntRange(0, 600).Draw(t, "today"))
		later := today.AddDays(rapid.IntRange(0, 100).Draw(t, "later"))
		if a, b := at(today), at(later); b.Severity() < a.Severity() {
			t.Fatalf("%s on %s, %s on %s", a, today, b, later)
		}
	})
}

// What is reported as complete is so whatever the rules, and nothing else is.
func TestOnlyAReportCompletes(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f := someFacts(t)
		l := someRules(t).Light(f, "2012-04-19")
		if (f.Said == LampComplete) != (l.Lamp == LampComplete) {
			t.Fatalf("%s of %s", l.Lamp, f.Said)
		}
	})
}

func TestLampPresets(t *testing.T) {
	for _, p := range LampPresets {
		r := p.Rules()
		if err := r.Check(); err != nil || r.Tidied() != r {
			t.Errorf("%s: %v, %+v", p, err, r.Tidied())
		}
	}
	if own := (LampRules{Preset: PresetThree, Near: 5}).Tidied(); own.Preset != PresetOwn {
		t.Errorf("%+v", own)
	}
	for field, r := range map[string]LampRules{"near": {Near: 91}, "behind": {Behind: 101}} {
		if f := fault.Of(r.Check()); f == nil || f.Field != field {
			t.Errorf("%+v: %v", r, f)
		}
	}
}

func TestLampsByHand(t *testing.T) {
	rules := PresetThree.Rules()
	late := rules.Light(LampFacts{Due: "2011-09-23", Said: LampUnderWay, SaidOn: "2011-09-15"}, "2011-09-28")
	silent := rules.Light(LampFacts{Due: "2011-09-23", Said: LampNone}, "2011-09-28")
	done := rules.Light(LampFacts{Due: "2011-09-23", Said: LampComplete}, "2011-09-28")
	hand := LampHand{Lamp: LampUnderWay, Reason: "省里通知延期，公文在路上", Day: "2011-09-28", Until: "2011-10-10"}
	for _, c := range []struct {
		name, field string
		of          LampLit
		change      func(*LampHand)
	}{
		{"as it should be", "", late, func(*LampHand) {}},
		{"without an end", "", late, func(h *LampHand) { h.Until = "" }},
		{"without a reason", "reason", late, func(h *LampHand) { h.Reason = " " }},
		{"until yesterday", "until", late, func(h *LampHand) { h.Until = "2011-09-27" }},
		{"complete by hand", "lamp", late, func(h *LampHand) { h.Lamp = LampComplete }},
		{"unknown by hand", "lamp", late, func(h *LampHand) { h.Lamp = LampNone }},
		{"what shines already", "lamp", late, func(h *LampHand) { h.Lamp = LampOverdue }},
		{"green where nothing was ever said", "lamp", silent, func(*LampHand) {}},
		{"amber where nothing was ever said", "", silent, func(h *LampHand) { h.Lamp = LampBehind }},
		{"over what is complete", "lamp", done, func(h *LampHand) { h.Lamp = LampBehind }},
	} {
		h := hand
		c.change(&h)
		field := ""
		if f := fault.Of(h.Check(c.of, "2011-09-28")); f != nil {
			field = f.Field
		}
		if field != c.field {
			t.Errorf("%s: %q", c.name, field)
		}
	}
	if l := late.ByHand(hand); l.Lamp != LampUnderWay || l.Ruled != LampOverdue || l.Hand.Reason == "" {
		t.Errorf("%+v", l)
	}
	late.Today = "2011-10-11"
	hand.Ended = "2011-10-01"
	if l := late.ByHand(hand); l.Lamp != LampOverdue || l.Hand != nil {
		t.Errorf("after its end: %+v", l)
	}
	if l := done.ByHand(LampHand{Lamp: LampBehind}); l.Lamp != LampComplete {
		t.Errorf("%+v", l)
	}
}
