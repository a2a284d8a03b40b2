package facts

import (
	"context"
	"slices"

	"luoshi/fact"
	"luoshi/id"
	"luoshi/internal/desk"
	"luoshi/internal/web/office/page"
)

// doubtsAtOnce is of how many claims it is asked at once whether anybody doubted them.
const doubtsAtOnce = 2000

// doubtsIn gives what was said against the claims of a month, checked or not.
func doubtsIn(ctx context.Context, office *desk.Office, p desk.VerifyPage) (map[id.Fact][]fact.Doubt, error) {
	var all []id.Fact
	for _, l := range p.Lines {
		all = append(all, l.ID)
	}
	for _, l := range p.Verified {
		all = append(all, l.ID)
	}
	out := map[id.Fact][]fact.Doubt{}
	for some := range slices.Chunk(all, doubtsAtOnce) {
		counts, err := office.DoubtsBelow(ctx, page.Who(ctx), p.Unit.ID, some)
		if err != nil {
			return nil, err
		}
		for f := range counts {
			if out[f], err = office.Doubts(ctx, page.Who(ctx), f); err != nil {
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
		some, err := office.Doubts(ctx, page.Who(ctx), r.ID)
		if err != nil {
			return nil, err
		}
		out = append(out, some...)
	}
	return out, nil
}
