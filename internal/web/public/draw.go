package public

import (
	"context"

	"luoshi/fact"
	"luoshi/id"
	"luoshi/internal/desk"
	"luoshi/internal/web"
)

// draw sends the file of a draw, with which anybody draws again.
func (v visit) draw() error {
	which, err := id.Of[id.Draw](v.r.PathValue("draw"))
	if err != nil {
		return desk.ErrMissing
	}
	file, err := v.desk.DrawFile(v.r.Context(), which)
	if err != nil {
		return err
	}
	v.w.Header().Set("Content-Disposition", `inline; filename="`+which.String()+`.draw"`)
	return v.send("text/plain; charset=utf-8", file)
}

func sayDrawCommitted(ctx context.Context, e entryWords) string {
	return web.T(ctx, "抽查%s的数：封存了密数，这里是它的指纹。", e.day("month"))
}

func sayDrawFrozen(ctx context.Context, e entryWords) string {
	return web.T(ctx, "抽查%s的数：冻结了名单和条件，这里是它们的根。", e.day("month"))
}

func sayDrawRevealed(ctx context.Context, e entryWords) string {
	return web.T(ctx, "抽查%s的数：公布了密数，抽中了。", e.day("month"))
}

// drawSayings say the entries of draws.
var drawSayings = map[string]func(context.Context, entryWords) string{
	fact.KindDrawCommitted: sayDrawCommitted, fact.KindDrawFrozen: sayDrawFrozen, fact.KindDrawRevealed: sayDrawRevealed,
}
