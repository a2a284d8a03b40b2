package office

import "strconv"

// count writes a number as programs read it.
func count(n int64) string { return strconv.FormatInt(n, 10) }
