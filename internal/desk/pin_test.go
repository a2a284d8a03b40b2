package desk

import (
	"testing"

	"luoshi/org"
)

func TestMayUsePIN(t *testing.T) {
	for name, c := range map[string]struct {
		roles []org.Role
		may   bool
	}{
		"only reports":            {[]org.Role{org.Reporter}, true},
		"reports and imports":     {[]org.Role{org.Reporter, org.Clerk}, false},
		"imports and reports":     {[]org.Role{org.Clerk, org.Reporter}, false},
		"administrator":           {[]org.Role{org.Administrator}, false},
		"a role nobody knows":     {[]org.Role{"king"}, false},
		"no role at all":          {nil, false},
		"the same role two times": {[]org.Role{org.Reporter, org.Reporter}, true},
	} {
		if MayUsePIN(Who{Roles: c.roles}) != c.may {
			t.Errorf("%s: want %v", name, c.may)
		}
	}
}
