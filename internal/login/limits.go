package login

import (
	"net/netip"
	"time"

	"luoshi/calendar"
	"luoshi/fault"
)

// Limits are the figures of signing in. None is a law: Preset is what assessors
// of 等保 usually look for, and a city may choose others.
type Limits struct {
	Account Rule          // failures of one account, wherever they come from
	Network Rule          // failures from one network, whatever name they try
	Codes   Rule          // wrong codes of slips, whoever types them
	PINs    int           // wrong PINs one after the other that take an account off a phone
	Session time.Duration // how long a session lasts at most
	Idle    time.Duration // after which an unused session ends
	PINIdle time.Duration // after which one that a PIN opened ends
	Kept    time.Duration // how long sign-ins are remembered
	Rows    int64         // how many tries without success are remembered at most
}

// Preset is what holds where nothing else was chosen.
var Preset = Limits{
	Account: Rule{Failures: 5, Within: 15 * time.Minute, Wait: 30 * time.Minute},
	Network: Rule{Failures: 30, Within: 15 * time.Minute, Wait: 15 * time.Minute},
	Codes:   Rule{Failures: 300, Within: 15 * time.Minute, Wait: 5 * time.Minute},
	PINs:    5,
	Session: 12 * time.Hour,
	Idle:    2 * time.Hour,
	PINIdle: 30 * time.Minute,
	Kept:    180 * 24 * time.Hour,
	Rows:    1_000_000,
}

// Rule says after how many failures within what time the next try has to wait, and how long.
type Rule struct {
	Failures int
	Within   time.Duration
	Wait     time.Duration
}

// opens tells when the next try may be made; the zero time is at once. Failures
// are newest first. One that lies in the future was written by a clock that has
// since been set back: it must not lock a door for years.
func (r Rule) opens(failures []time.Time, now time.Time) time.Time {
	for len(failures) > 0 && failures[0].After(now) {
		failures = failures[1:]
	}
	if r.Failures < 1 || len(failures) < r.Failures {
		return time.Time{}
	}
	last, first := failures[0], failures[r.Failures-1]
	until := last.Add(r.Wait)
	if last.Sub(first) > r.Within || !until.After(now) {
		return time.Time{}
	}
	return until
}

// network is what one rule counts together: an IPv4 address, or the /64 of an
// IPv6 address, since whoever has one address of it has them all.
func network(a netip.Addr) string {
	a = a.Unmap().WithZone("")
	if a.Is6() {
		if p, err := a.Prefix(64); err == nil {
			return p.String()
		}
	}
	if !a.IsValid() {
		return ""
	}
	return a.String()
}

// Wait is the answer to a try that has to wait, whether the password is right or not.
type Wait struct {
	Until time.Time
	fault *fault.Fault
}

func (w *Wait) Error() string { return w.fault.Error() }
func (w *Wait) Unwrap() error { return w.fault }

func accountWaits(until time.Time) error {
	return &Wait{until, fault.New(fault.Denied, "这个账号名试错的次数太多，%s 以后才能再试。忘了密码，请管理员发一个新链接，用它就不必等。", clockOf(until)).In("password")}
}

func networkWaits(until time.Time) error {
	return &Wait{until, fault.New(fault.Denied, "从您这个网络输错的次数太多，%s 以后才能再试。", clockOf(until)).In("password")}
}

func pinWaits(until time.Time) error {
	return &Wait{until, fault.New(fault.Denied, "这个岗位输错的次数太多，%s 以后才能再试。", clockOf(until)).In("pin")}
}

func allCodesWait(until time.Time) error {
	return &Wait{until, fault.New(fault.Denied, "各处输错的码太多，%s 以后才能再试。", clockOf(until)).In("code")}
}

// clockOf is the first full minute at which the door is open again: 14:35.
func clockOf(t time.Time) string {
	return t.Add(time.Minute - 1).In(calendar.China).Format("15:04")
}
