package office

import (
	"context"
	"slices"

	"luoshi/fact"
	"luoshi/id"
	"luoshi/internal/desk"
)

// doubtsAtOnce is of how many claims it is asked at once whether anybody doubted them.
const doubtsAtOnce = 2000

// doubtsIn gives what was said against claims that wait to be checked.
func doubtsIn(ctx context.Context, office *desk.Office, unit id.Unit, lines []desk.VerifyLine) (map[id.Fact][]fact.Doubt, error) {
	out := map[id.Fact][]fact.Doubt{}
	for some := range slices.Chunk(lines, doubtsAtOnce) {
		which := make([]id.Fact, len(some))
		for k, l := range some {
			which[k] = l.ID
		}
		counts, err := office.DoubtsBelow(ctx, who(ctx), unit, which)
		if err != nil {
			return nil, err
		}
		for f := range counts {
			if out[f], err = office.Doubts(ctx, who(ctx), f); err != nil {
				return nil, err
			}
		}
	}
	return out, nil
}

// doubtsOfStory gives what was said against any claim of a story, the oldest first.
func doubtsOfStory(ctx context.Context, office *desk.Office, story desk.FactStory) (out []fact.Doubt, err error) {
	for _, r := range story.Rows {
		if r.Kind != fact.Claim {
			continue
		}
		some, err := office.Doubts(ctx, who(ctx), r.ID)
		if err != nil {
			return nil, err
		}
		out = append(out, some...)
	}
	return out, nil
}
