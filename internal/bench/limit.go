package bench

import (
	"fmt"
	"strconv"
)

// Limit is what keeps the figures from being higher, as far as it can be told
// from what was measured, and from what it was told.
type Limit struct {
	What string `json:"what"` // cpu, disk, waiting, network, clients or refusals
	Why  string `json:"why"`
}

// measured is what the limit is told from.
type measured struct {
	one, writers, readers Figures
	roundTripMS           float64
	local                 bool     // the server is on this machine
	machine               *Machine // nil where the server is elsewhere or the system does not tell
}

// From where on something counts as what limits. They are rules of thumb, and the
// reasons say the figures that they were held against.
const (
	refusedShare = 0.01 // more than this was refused
	idleShare    = 0.10 // less than this of the processors is free
	quietShare   = 0.50 // less than this of them was free before anybody asked
	diskShare    = 0.50 // for more than this of the time somebody waited for a disk
	wayShare     = 0.50 // more than this of an answer's time is the way
	scaledShare  = 0.70 // this much of so many times the rate of one writer
	fewest       = 10   // answers of one writer below which its rate says nothing
)

// limitOf tells what limits. The order matters: what was refused spoils every
// other figure, and a processor that is full hides what lies behind it.
func limitOf(m measured, say func(key string, args ...any) string) Limit {
	shareLost, whoLost := m.writers.Share(), m.writers
	if m.readers.Share() > shareLost {
		shareLost, whoLost = m.readers.Share(), m.readers
	}
	switch k := m.machine; {
	case shareLost > refusedShare:
		return Limit{"refusals", say("%s 的请求没有办：503 有 %d 个，429 有 %d 个，别的错 %d 个。别的数都受这个影响。",
			percent(shareLost), whoLost.Refused.Busy, whoLost.Refused.TooMany, whoLost.Refused.Errors)}
	case k != nil && k.Idle < idleShare && k.Own > 0.5:
		return Limit{"clients", say("处理器只空着 %s，忙的时间里 %s 是压测自己用掉的：请从另一台机器上来测。", percent(k.Idle), percent(k.Own))}
	case k != nil && k.Idle < idleShare && k.IdleBefore < quietShare:
		return Limit{"cpu", say("处理器只空着 %s，但是压测以前也只空着 %s：别的程序也在用这台机器，所以这些数偏低，请等它空了再测。%s",
			percent(k.Idle), percent(k.IdleBefore), scaling(m, say))}
	case k != nil && k.Idle < idleShare:
		return Limit{"cpu", say("处理器只空着 %s（整台机器，别的程序也算在里面：压测以前空着 %s；忙的时间里压测自己用了 %s）。%s",
			percent(k.Idle), percent(k.IdleBefore), percent(k.Own), scaling(m, say))}
	case m.far():
		return Limit{"network", say("到服务器来回一趟要 %s 毫秒，占了一次回答的时间（中位数）的 %s 以上。", number(m.roundTripMS), percent(wayShare))}
	case m.scale() >= scaledShare*float64(m.writers.Clients) && m.writers.Clients > 1:
		return Limit{"clients", say("%s还没有碰到头，写的人再多还会更快。%s", scaling(m, say), occupied(k, say))}
	case k != nil && k.DiskWait != nil && *k.DiskWait > diskShare:
		return Limit{"disk", say("处理器空着 %s，而 %s 的时间里有程序在等磁盘（整台机器）。%s", percent(k.Idle), percent(*k.DiskWait), scaling(m, say))}
	}
	return Limit{"waiting", say("%s一次写的时间多半是在等：等前面的人写完，等磁盘。%s", scaling(m, say), occupied(m.machine, say))}
}

// far reports whether most of the time of every sort of answer is the way.
func (m measured) far() bool {
	if m.local {
		return false
	}
	for _, f := range []Figures{m.writers, m.readers} {
		if f.Answered > 0 && m.roundTripMS <= f.P50*wayShare {
			return false
		}
	}
	return m.writers.Answered+m.readers.Answered > 0
}

// scale is how many times as much all writers did as one alone; 0 where that is not known.
func (m measured) scale() float64 {
	if m.one.Answered < fewest || m.one.PerSecond == 0 {
		return 0
	}
	return m.writers.PerSecond / m.one.PerSecond
}

// scaling says how the rates compare.
func scaling(m measured, say func(key string, args ...any) string) string {
	if m.scale() == 0 {
		return say("一个人单独写的太少，比不出来。")
	}
	return say("一个人单独写每秒 %s 次，%d 个人一起写（同时有 %d 个人在读）每秒 %s 次。", number(m.one.PerSecond), m.writers.Clients,
		m.readers.Clients, number(m.writers.PerSecond))
}

// occupied says what is known of the machine.
func occupied(k *Machine, say func(key string, args ...any) string) string {
	switch {
	case k == nil:
		return say("服务器的处理器和磁盘有多忙，从这里看不到。")
	case k.DiskWait == nil:
		return say("处理器空着 %s，磁盘有多忙看不到。", percent(k.Idle))
	}
	return say("处理器空着 %s，%s 的时间里有程序在等磁盘。", percent(k.Idle), percent(*k.DiskWait))
}

func percent(share float64) string { return fmt.Sprintf("%.1f%%", share*100) }
func number(v float64) string      { return strconv.FormatFloat(v, 'f', -1, 64) }
