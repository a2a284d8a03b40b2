package login

import (
	"testing"
	"time"

	"github.com/alexedwards/scs/v2"
)

// What was written before the program was renewed is read too.
func TestSessionsAreReadAsTheyWereWritten(t *testing.T) {
	deadline := time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC)
	for name, write := range map[string]scs.Codec{"now": codec{}, "before": scs.GobCodec{}} {
		for _, values := range []map[string]any{{accountKey: int64(77)}, {}, {accountKey: int64(77), "more": "x"}, {accountKey: int64(77), pinKey: true}, {pinKey: true}} {
			b, err := write.Encode(deadline, values)
			if err != nil {
				t.Fatal(err)
			}
			until, read, err := codec{}.Decode(b)
			if err != nil || !until.Equal(deadline) || len(read) != len(values) || read[accountKey] != values[accountKey] || read[pinKey] != values[pinKey] {
				t.Errorf("%s: %v until %v, want %v until %v (%v)", name, read, until, values, deadline, err)
			}
		}
	}
}
