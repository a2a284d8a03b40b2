package bench

import (
	"os"
	"strconv"
	"strings"
	"time"
)

// Machine is how busy this machine was while all clients asked, whoever made it so.
type Machine struct {
	IdleBefore float64  `json:"cpu_idle_before"`     // the same as the next, just before anybody asked
	Idle       float64  `json:"cpu_idle"`            // share of the processors' time in which nothing ran
	Own        float64  `json:"cpu_bench"`           // share of the busy time that bench itself took
	DiskWait   *float64 `json:"disk_wait,omitempty"` // share of the time in which somebody waited for a disk
}

// clock is what the system has counted so far.
type clock struct {
	at                time.Time
	idle, all, own    int64         // ticks of the processors
	diskWait          time.Duration // in which at least one task waited for a disk
	known, knowsDisks bool
}

// readClock asks Linux; elsewhere nothing is known.
func readClock() clock {
	c := clock{at: time.Now()}
	total, err1 := os.ReadFile("/proc/stat")
	own, err2 := os.ReadFile("/proc/self/stat")
	if err1 != nil || err2 != nil {
		return c
	}
	c.idle, c.all, c.known = processors(string(total))
	c.own = ownTicks(string(own))
	if pressure, err := os.ReadFile("/proc/pressure/io"); err == nil {
		c.diskWait, c.knowsDisks = waited(string(pressure))
	}
	return c
}

// processors reads the first line of /proc/stat: user, nice, system, idle, iowait,
// irq, softirq, steal. Guests are counted in user already.
func processors(stat string) (idle, all int64, known bool) {
	line, _, _ := strings.Cut(stat, "\n")
	fields := strings.Fields(line)
	if len(fields) < 9 || fields[0] != "cpu" {
		return 0, 0, false
	}
	for i, f := range fields[1:9] {
		n, err := strconv.ParseInt(f, 10, 64)
		if err != nil {
			return 0, 0, false
		}
		all += n
		if i == 3 || i == 4 {
			idle += n
		}
	}
	return idle, all, true
}

// ownTicks reads the time of this process from /proc/self/stat. The second field
// is its name, which may hold blanks and brackets.
func ownTicks(stat string) (ticks int64) {
	fields := strings.Fields(stat[strings.LastIndexByte(stat, ')')+1:])
	if len(fields) < 13 {
		return 0
	}
	for _, f := range fields[11:13] {
		n, err := strconv.ParseInt(f, 10, 64)
		if err != nil {
			return 0
		}
		ticks += n
	}
	return ticks
}

// waited reads the first line of /proc/pressure/io: "some avg10=… total=MICROSECONDS".
func waited(pressure string) (time.Duration, bool) {
	line, _, _ := strings.Cut(pressure, "\n")
	_, total, found := strings.Cut(line, "total=")
	n, err := strconv.ParseInt(strings.TrimSpace(total), 10, 64)
	return time.Duration(n) * time.Microsecond, found && err == nil && strings.HasPrefix(line, "some ")
}

// since is what happened between two readings; nil where it is not known.
func (c clock) since(before clock) *Machine {
	all, idle := c.all-before.all, c.idle-before.idle
	if !c.known || !before.known || all <= 0 {
		return nil
	}
	m := &Machine{Idle: rounded(float64(idle)/float64(all), 3)}
	if busy := all - idle; busy > 0 {
		m.Own = rounded(min(1, float64(c.own-before.own)/float64(busy)), 3)
	}
	if passed := c.at.Sub(before.at); c.knowsDisks && before.knowsDisks && passed > 0 {
		share := rounded(min(1, float64(c.diskWait-before.diskWait)/float64(passed)), 3)
		m.DiskWait = &share
	}
	return m
}
