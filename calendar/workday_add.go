package calendar

// AddWorkdays counts working days on, or back where n is negative: 1 is the next working
// day, -1 the one before, and 0 the day itself, whatever it is.
func (d Day) AddWorkdays(n int) Day {
	step := 1
	if n < 0 {
		step, n = -1, -n
	}
	for n > 0 {
		if d = d.AddDays(step); d.Workday() {
			n--
		}
	}
	return d
}
