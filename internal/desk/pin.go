package desk

import (
	"slices"

	"luoshi/org"
)

// pinRoles are the roles of which a post may have no other, if six digits on a phone
// that several people share are to be enough.
var pinRoles = []org.Role{org.Reporter}

// MayUsePIN reports whether somebody may sign in by a PIN.
func MayUsePIN(who Who) bool {
	return len(who.Roles) > 0 && !slices.ContainsFunc(who.Roles, func(r org.Role) bool { return !slices.Contains(pinRoles, r) })
}
