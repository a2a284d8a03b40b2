package browser_test

import (
	"sync/atomic"
	"testing"

	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"
)

// mostBytes is what the first page and its stylesheet may weigh on the wire, so
// that it opens on a slow phone.
const mostBytes = 60_000

func TestFirstPageIsLight(t *testing.T) {
	t.Parallel()
	v := serve(t).visit(t, mouse{})
	call(v, network.SetCacheDisabled, network.SetCacheDisabledParams{CacheDisabled: true})
	var bytes, answers atomic.Int64
	if err := chromedp.Listen(v.ctx, func(event any) {
		if e, ok := event.(*network.EventLoadingFinished); ok {
			bytes.Add(int64(e.EncodedDataLength))
			answers.Add(1)
		}
	}); err != nil {
		t.Fatal(err)
	}
	v.open("/")
	t.Logf("%d bytes in %d answers", bytes.Load(), answers.Load())
	if n := answers.Load(); n < 2 {
		t.Errorf("%d answers: the stylesheet is missing", n)
	}
	if n := bytes.Load(); n > mostBytes {
		t.Errorf("the first page weighs %d bytes, more than %d", n, mostBytes)
	}
}
