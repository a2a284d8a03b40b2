package document

import (
	"encoding/json"
	"testing"
)

func TestSpanIsReadAsItWasWritten(t *testing.T) {
	for _, s := range []Span{nil, At(0, 0), At(3, 7), {{3, 7}, {9, 12}}} {
		written, err := json.Marshal(s)
		if err != nil {
			t.Fatal(err)
		}
		var read Span
		if err := json.Unmarshal(written, &read); err != nil {
			t.Fatalf("%s: %v", written, err)
		}
		again, err := json.Marshal(read)
		if err != nil || string(again) != string(written) || len(read) != len(s) {
			t.Errorf("%s was read as %s (%v)", written, again, err)
		}
	}
	var read Span
	for _, wrong := range []string{`[1,"2"]`, `[1]`, `{"a":1}`, `[[1,2],[3]`} {
		if json.Unmarshal([]byte(wrong), &read) == nil {
			t.Errorf("%s was read as %v", wrong, read)
		}
	}
	if err := json.Unmarshal([]byte("[ 3 , 7 ]"), &read); err != nil || read.Start() != 3 || read.End() != 7 {
		t.Errorf("with blanks: %v, %v", read, err)
	}
}
