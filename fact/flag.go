package fact

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"time"

	"luoshi/calendar"
	"luoshi/document"
	"luoshi/id"
)

// FlagKind says what is odd about a claim.
type FlagKind string

const (
	TwoPlaces    FlagKind = "two_places"    // one reporter in two places at one time
	OutOfUsual   FlagKind = "out_of_usual"  // far off the unit's own past months
	SameEvidence FlagKind = "same_evidence" // the file shows something else too
	AfterClose   FlagKind = "after_close"
	SameThing    FlagKind = "same_subject" // another unit told of the same person or thing
	SaysNone     FlagKind = "says_none"    // somebody else says of the place and month that there was none
	OutOfSeason  FlagKind = "out_of_season"
	Digit        FlagKind = "digit" // far above what one claim usually tells: a digit too many
)

// Flag is one reason for a verifier to look at a claim singly. It proves nothing.
type Flag struct {
	Fact  id.Fact
	Kind  FlagKind
	Other id.Fact // the other claim, where there is one
	Unit  id.Unit // where that one was
	Day   calendar.Day

	Minutes int // between the two, where instants say it
	Usual   Usual
	Told    document.Decimal // what the unit told of the month; of SaysNone what the other claim tells, of Digit what this one does
	Season  []Window         // the days on which it could be done
}

// Reason is the sentence that a verifier reads. name says what a unit is called.
func (f Flag) Reason(name func(id.Unit) string) (key string, args []any) {
	switch f.Kind {
	case TwoPlaces:
		if f.Minutes < 0 {
			return say("同一天、同一个人也报了“%s”的，佐证写的一样。", name(f.Unit))
		}
		return say("同一个人 %s 分钟前后也报了“%s”的。", strconv.Itoa(f.Minutes), name(f.Unit))
	case OutOfUsual:
		return say("这个月一共 %s，以前 %s 个月一般是 %s，差得多。", f.Told.Grouped(), strconv.Itoa(f.Usual.Months), f.Usual.Median.Grouped())
	case SameEvidence:
		return say("同一个佐证文件，“%s” %s 的那一条也用了。", name(f.Unit), string(f.Day))
	case AfterClose:
		return say("%s 月结以后才报的。", string(f.Day))
	case SaysNone:
		if f.Told == 0 {
			return say("另一个人报“%s”这个月到 %s 为止没有（0）。", name(f.Unit), string(f.Day))
		}
		return say("另一个人报了“%s” %s 的，数量 %s。", name(f.Unit), string(f.Day), f.Told.Grouped())
	case OutOfSeason:
		return say("不在目标写的季节里：%s。", seasonDays(f.Season))
	case Digit:
		if f.Usual.FarOff(f.Told / 10) {
			return say("一条报了 %s，别的 %s 条一般一条是 %s，多得多。", f.Told.Grouped(), strconv.Itoa(f.Usual.Months), f.Usual.Median.Grouped())
		}
		return say("一条报了 %s，别的 %s 条一般一条是 %s，像是多打了一位数。", f.Told.Grouped(), strconv.Itoa(f.Usual.Months), f.Usual.Median.Grouped())
	}
	return say("“%s” %s 也报了同一个，合起来只算一个。", name(f.Unit), string(f.Day))
}

func say(key string, args ...any) (string, []any) { return key, args }

// PastKey is a unit and an indicator, of which past months are known.
type PastKey struct {
	Unit      id.Unit
	Indicator id.Indicator
}

// Scene is what flags are raised from: the claims of one month that stand, and what is
// known beside them.
type Scene struct {
	Facts      []Fact
	Indicators map[id.Indicator]Indicator
	Past       map[PastKey][]document.Decimal // of the twelve months before, those in which anything was told
	Evidence   []Fact                         // claims of any month that stand and show the same files
	Subjects   []Fact                         // claims of any month that stand and name the same persons and things
	Goals      []Goal                         // of the indicators
	Earlier    []Fact                         // claims of the year before that stand, of the indicators that FewSingles gives
	Closed     func(u id.Unit) int64          // instant at which the month was closed for a unit; 0 for not
}

// Flags raises them, in the order of the claims.
func (s Scene) Flags() (out []Flag) {
	out = slices.Concat(s.twoPlaces(), s.sameNote(), s.outOfUsual(), s.sameEvidence(), s.afterClose(), s.sameThing(), s.saysNone(), s.outOfSeason(), s.digit())
	at := map[id.Fact]int{}
	for k, f := range s.Facts {
		at[f.ID] = k
	}
	slices.SortStableFunc(out, func(a, b Flag) int { return cmp.Compare(at[a.Fact], at[b.Fact]) })
	return out
}

// where is the place at which a claim says that something happened.
func (f Fact) where() id.Unit { return cmp.Or(f.Place, f.Unit) }

// anHour is within which nobody reports from two villages what they saw in both.
const anHour = int64(time.Hour / time.Microsecond)

// twoPlaces finds reporters who, on the spot and within an hour, told of two places. It
// goes by forms alone: who types a list in tells of many places at once.
func (s Scene) twoPlaces() (out []Flag) {
	by := map[id.Post][]Fact{}
	for _, f := range s.Facts {
		if f.Source == ByForm && !f.OnBehalf && f.Day == calendar.DayOf(time.UnixMicro(f.Instant)) {
			by[f.Post] = append(by[f.Post], f)
		}
	}
	for _, own := range by {
		slices.SortFunc(own, func(a, b Fact) int { return cmp.Or(cmp.Compare(a.Instant, b.Instant), cmp.Compare(a.ID, b.ID)) })
		for k, f := range own {
			for _, o := range nearest(own, k) {
				out = append(out, Flag{Fact: f.ID, Kind: TwoPlaces, Other: o.ID, Unit: o.where(), Day: o.Day, Minutes: int(max(f.Instant-o.Instant, o.Instant-f.Instant) / int64(time.Minute/time.Microsecond))})
			}
		}
	}
	return out
}

// nearest gives the claim nearest in time to one that is of another place, if within an hour.
func nearest(all []Fact, k int) []Fact {
	best := -1
	away := func(n int) int64 { return max(all[k].Instant-all[n].Instant, all[n].Instant-all[k].Instant) }
	for n, o := range all {
		if o.where() != all[k].where() && away(n) < anHour && (best < 0 || away(n) < away(best)) {
			best = n
		}
	}
	if best < 0 {
		return nil
	}
	return all[best : best+1]
}

// A note that names a team or a list is longer, and what a whole list shares names nobody.
const (
	leastNote      = 4 // runes
	mostSharedNote = 3 // places
)

// sameNote finds claims of one reporter and day from two or three places with one note,
// where instants say nothing.
func (s Scene) sameNote() (out []Flag) {
	type key struct {
		post      id.Post
		day       calendar.Day
		indicator id.Indicator
		note      string
	}
	by := map[key][]Fact{}
	for _, f := range s.Facts {
		if n := strings.TrimSpace(f.Note); f.Source != ByForm && len([]rune(n)) >= leastNote && f.Corrects == 0 {
			k := key{f.Post, f.Day, f.Indicator, n}
			by[k] = append(by[k], f)
		}
	}
	for _, same := range by {
		places := map[id.Unit]bool{}
		for _, f := range same {
			places[f.where()] = true
		}
		if len(places) < 2 || len(places) > mostSharedNote {
			continue
		}
		for _, f := range same {
			o := same[slices.IndexFunc(same, func(o Fact) bool { return o.where() != f.where() })]
			out = append(out, Flag{Fact: f.ID, Kind: TwoPlaces, Other: o.ID, Unit: o.where(), Day: o.Day, Minutes: -1})
		}
	}
	return out
}

// outOfUsual finds the months of units that are far off their own past ones, and names the
// largest claim of each.
func (s Scene) outOfUsual() (out []Flag) {
	by := map[PastKey][]Fact{}
	for _, f := range s.Facts {
		if a := s.Indicators[f.Indicator].Aggregation; f.Source != Opening && (a == Sum || a == Snapshot) {
			k := PastKey{f.Unit, f.Indicator}
			by[k] = append(by[k], f)
		}
	}
	for k, all := range by {
		u, told := UsualOf(s.Past[k]), s.Indicators[k.Indicator].Standing(all)
		if u.FarOff(told) {
			largest := slices.MaxFunc(all, func(a, b Fact) int { return cmp.Or(cmp.Compare(a.Quantity, b.Quantity), cmp.Compare(b.ID, a.ID)) })
			out = append(out, Flag{Fact: largest.ID, Kind: OutOfUsual, Usual: u, Told: told})
		}
	}
	return out
}

// sameEvidence finds files that show something of another place or another day too.
func (s Scene) sameEvidence() (out []Flag) {
	by := map[string][]Fact{}
	for _, f := range s.Evidence {
		by[string(f.Evidence)] = append(by[string(f.Evidence)], f)
	}
	for _, f := range s.Facts {
		if len(f.Evidence) == 0 {
			continue
		}
		all := by[string(f.Evidence)]
		if at := slices.IndexFunc(all, func(o Fact) bool { return o.ID != f.ID && (o.where() != f.where() || o.Day != f.Day) }); at >= 0 {
			out = append(out, Flag{Fact: f.ID, Kind: SameEvidence, Other: all[at].ID, Unit: all[at].where(), Day: all[at].Day})
		}
	}
	return out
}

func (s Scene) afterClose() (out []Flag) {
	for _, f := range s.Facts {
		if closed := s.Closed(f.Unit); closed != 0 && f.Instant > closed {
			out = append(out, Flag{Fact: f.ID, Kind: AfterClose, Day: calendar.DayOf(time.UnixMicro(closed))})
		}
	}
	return out
}

// sameThing finds persons and things of which another unit told too.
func (s Scene) sameThing() (out []Flag) {
	type key struct {
		indicator id.Indicator
		subject   string
	}
	by := map[key][]Fact{}
	for _, f := range s.Subjects {
		by[key{f.Indicator, f.Subject}] = append(by[key{f.Indicator, f.Subject}], f)
	}
	for _, f := range s.Facts {
		if f.Subject == "" {
			continue
		}
		all := by[key{f.Indicator, f.Subject}]
		if at := slices.IndexFunc(all, func(o Fact) bool { return o.Unit != f.Unit }); at >= 0 {
			out = append(out, Flag{Fact: f.ID, Kind: SameThing, Other: all[at].ID, Unit: all[at].Unit, Day: all[at].Day})
		}
	}
	return out
}
