package plans

import (
	"strconv"

	"luoshi/internal/desk"
	"luoshi/internal/web"
)

// seenIn says which steps of a draft the sender of a form knew of. A form that does not
// say changes the record as it stands.
func seenIn(f web.Form) desk.Seen {
	saw, err := strconv.ParseInt(f.Value("saw"), 10, 64)
	if err != nil || saw < 0 {
		return desk.AsItStands
	}
	told, err := strconv.ParseInt(f.Value("told"), 10, 64)
	if err != nil || told < saw {
		told = saw
	}
	return desk.Seen{Saw: saw, Told: told}
}
