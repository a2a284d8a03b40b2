package page

import (
	"context"
	"slices"
	"strings"

	"luoshi/calendar"
	"luoshi/internal/desk"
	"luoshi/internal/web"
	"luoshi/org"
)

// RoleNames are the names of roles, one after the other.
func RoleNames(ctx context.Context, roles []org.Role) string {
	var names []string
	for _, r := range roles {
		names = append(names, web.Word(ctx, r))
	}
	return strings.Join(names, web.T(ctx, "、")+web.Gap(ctx))
}

// TermWords says as what and until when a post is filled, where that needs saying.
func TermWords(ctx context.Context, t org.Term, today calendar.Day) string {
	var out []string
	if t.Kind == org.Acting {
		out = append(out, web.T(ctx, "代理"))
	}
	if t.From > today {
		out = append(out, web.T(ctx, "从%s起", web.Date(ctx, t.From)))
	}
	if t.To != "" {
		out = append(out, web.T(ctx, "到%s为止", web.Date(ctx, t.To)))
	}
	return strings.Join(out, web.T(ctx, "，"))
}

// OfferedRoles are the roles that somebody may give.
func OfferedRoles(w desk.Who) []org.Role {
	if w.May("account.roles") {
		return org.Roles
	}
	return org.UnitRoles
}

// MayGive says whether somebody may give all roles of a post: only then may they say who
// fills it.
func MayGive(w desk.Who, roles []org.Role) bool {
	offered := OfferedRoles(w)
	return !slices.ContainsFunc(roles, func(r org.Role) bool { return !slices.Contains(offered, r) })
}
