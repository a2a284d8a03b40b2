package public

import (
	"crypto/rand"
	"crypto/sha256"
	"net/http"
	"sync"
	"time"

	"luoshi/fault"
	"luoshi/internal/web"
)

// doubtLimit keeps one reader from saying very much. It lives in memory only: what it
// counts by is a hash with a key that changes each hour, and nothing of it is stored.
type doubtLimit struct {
	mu    sync.Mutex
	until time.Time
	key   [16]byte
	said  map[[32]byte]int
	all   int
}

// Whoever stands in the hall of a village may say as much as a family says.
const (
	mostDoubtsOfOne = 20  // of one network in an hour
	mostDoubtsOfAll = 500 // of everybody in an hour
)

var errDoubtsEnough = fault.New(fault.Busy, "这里一小时里说得太多了，没有收下。请过一会儿再说，或者打本页下面的电话。")

// take counts one more of a reader, or refuses it.
func (l *doubtLimit) take(r *http.Request, now time.Time) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if now.After(l.until) {
		if _, err := rand.Read(l.key[:]); err != nil {
			return err
		}
		l.until, l.said, l.all = now.Add(time.Hour), map[[32]byte]int{}, 0
	}
	address := web.ClientOf(r).Address
	if address.Is6() {
		if network, err := address.Prefix(64); err == nil { // whoever has one address of it has them all
			address = network.Addr()
		}
	}
	who := sha256.Sum256(append(l.key[:], address.AsSlice()...))
	if l.said[who] >= mostDoubtsOfOne || l.all >= mostDoubtsOfAll {
		return errDoubtsEnough
	}
	l.said[who]++
	l.all++
	return nil
}
