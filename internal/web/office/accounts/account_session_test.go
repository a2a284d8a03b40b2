package accounts

import "testing"

func TestNeighbourhood(t *testing.T) {
	for address, want := range map[string]string{
		"10.1.2.3":             "10.1.2.*",
		"203.0.113.77":         "203.0.113.*",
		"2001:db8:1:2:3:4:5:6": "2001:db8:1::/48",
		"":                     "",
		"nowhere":              "",
	} {
		if got := neighbourhood(address); got != want {
			t.Errorf("%s: %q, want %q", address, got, want)
		}
	}
}
