package web

import (
	"crypto/tls"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"testing"
)

func TestWhoAsks(t *testing.T) {
	trusted := []netip.Prefix{netip.MustParsePrefix("10.0.0.0/8"), netip.MustParsePrefix("fd00::/8")}
	for _, c := range []struct {
		name, peer string
		forwarded  []string
		proto      string
		tls        bool
		address    string
		https      bool
	}{
		{name: "straight", peer: "203.0.113.7:1", address: "203.0.113.7"},
		{name: "straight by TLS", peer: "203.0.113.7:1", tls: true, address: "203.0.113.7", https: true},
		{name: "a stranger claims to be another", peer: "203.0.113.7:1", forwarded: []string{"198.51.100.1"}, proto: "https", address: "203.0.113.7"},
		{name: "a stranger claims to be the proxy", peer: "203.0.113.7:1", forwarded: []string{"10.0.0.1"}, address: "203.0.113.7"},
		{name: "a stranger says it is not encrypted", peer: "203.0.113.7:1", tls: true, proto: "http", address: "203.0.113.7", https: true},
		{name: "through the proxy", peer: "10.0.0.1:1", forwarded: []string{"203.0.113.7"}, proto: "https", address: "203.0.113.7", https: true},
		{name: "through the proxy, unencrypted", peer: "10.0.0.1:1", forwarded: []string{"203.0.113.7"}, proto: "http", address: "203.0.113.7"},
		{name: "an invented hop before the real one", peer: "10.0.0.1:1", forwarded: []string{"198.51.100.1, 203.0.113.7"}, address: "203.0.113.7"},
		{name: "an invented trusted hop before the real one", peer: "10.0.0.1:1", forwarded: []string{"198.51.100.1, 10.9.9.9, 203.0.113.7"}, address: "203.0.113.7"},
		{name: "an invented header before the proxy's own", peer: "10.0.0.1:1", forwarded: []string{"198.51.100.1", "203.0.113.7"}, address: "203.0.113.7"},
		{name: "two trusted proxies", peer: "10.0.0.1:1", forwarded: []string{"203.0.113.7, 10.0.0.2"}, address: "203.0.113.7"},
		{name: "from inside", peer: "10.0.0.1:1", forwarded: []string{"10.0.0.9"}, address: "10.0.0.9"},
		{name: "the proxy says nothing", peer: "10.0.0.1:1", address: "10.0.0.1"},
		{name: "rubbish", peer: "10.0.0.1:1", forwarded: []string{"<script>"}, address: "10.0.0.1"},
		{name: "rubbish before the hop", peer: "10.0.0.1:1", forwarded: []string{"unknown, 203.0.113.7"}, address: "203.0.113.7"},
		{name: "with a port", peer: "10.0.0.1:1", forwarded: []string{"203.0.113.7:4711"}, address: "203.0.113.7"},
		{name: "IPv6", peer: "[fd00::1]:1", forwarded: []string{"2001:db8::7"}, address: "2001:db8::7"},
		{name: "IPv6 in brackets with a port", peer: "[fd00::1]:1", forwarded: []string{"[2001:db8::7]:4711"}, address: "2001:db8::7"},
		{name: "IPv4 written as IPv6", peer: "[::ffff:10.0.0.1]:1", forwarded: []string{"::ffff:203.0.113.7"}, address: "203.0.113.7"},
		{name: "an invented protocol before the proxy's own", peer: "10.0.0.1:1", forwarded: []string{"203.0.113.7"}, proto: "https, http", address: "203.0.113.7"},
	} {
		r := httptest.NewRequest("GET", "/", nil)
		r.RemoteAddr = c.peer
		for _, f := range c.forwarded {
			r.Header.Add("X-Forwarded-For", f)
		}
		if c.proto != "" {
			r.Header.Set("X-Forwarded-Proto", c.proto)
		}
		if c.tls {
			r.TLS = &tls.ConnectionState{}
		}
		var got Client
		Clients(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { got = ClientOf(r) }), trusted).ServeHTTP(httptest.NewRecorder(), r)
		if got.Address.String() != c.address || got.HTTPS != c.https {
			t.Errorf("%s: %v, want %s %v", c.name, got, c.address, c.https)
		}
		// Where nobody is trusted, only the connection speaks.
		Clients(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { got = ClientOf(r) }), nil).ServeHTTP(httptest.NewRecorder(), r)
		if got != connected(r) {
			t.Errorf("%s: believed without trust: %v", c.name, got)
		}
	}
}
