package main

import (
	"time"

	"github.com/schollz/progressbar/v3"
)

// bar shows how far a command is, once it has taken longer than a second; only
// where somebody looks, so that no log fills with it.
type bar struct {
	seen  bool
	began time.Time
	bar   *progressbar.ProgressBar
	make  func(all int64) *progressbar.ProgressBar
}

func longBar(t terminal, name string) *bar {
	return &bar{seen: onScreen(t.err), began: time.Now(), make: func(all int64) *progressbar.ProgressBar {
		return progressbar.NewOptions64(all, progressbar.OptionSetWriter(t.err), progressbar.OptionSetDescription(name),
			progressbar.OptionClearOnFinish(), progressbar.OptionThrottle(200*time.Millisecond))
	}}
}

// show tells how many of all are done.
func (b *bar) show(done, all int64) {
	if b.bar == nil {
		if !b.seen || time.Since(b.began) < time.Second {
			return
		}
		b.bar = b.make(all)
	}
	_ = b.bar.Set64(done) // a terminal that cannot be written to must not stop the work
}

func (b *bar) end() {
	if b.bar != nil {
		_ = b.bar.Finish()
	}
}
