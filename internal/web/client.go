package web

import (
	"context"
	"net/http"
	"net/netip"
	"strings"
)

// Client is who asks: the address, and whether the way to it is encrypted.
type Client struct {
	Address netip.Addr
	HTTPS   bool
}

type clientKey struct{}

// Clients finds out who asks. Only a proxy that is trusted is believed what it
// says about it; from everybody else the headers are words like any other.
func Clients(h http.Handler, trusted []netip.Prefix) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		c := connected(r)
		if among(c.Address, trusted) {
			if proto := last(r.Header.Values("X-Forwarded-Proto")); proto != "" {
				c.HTTPS = proto == "https"
			}
			c.Address = lastUntrusted(c.Address, r.Header.Values("X-Forwarded-For"), trusted)
		}
		h.ServeHTTP(w, r.WithContext(context.WithValue(r.Context(), clientKey{}, c)))
	})
}

// ClientOf tells who asks.
func ClientOf(r *http.Request) Client {
	if c, ok := r.Context().Value(clientKey{}).(Client); ok {
		return c
	}
	return connected(r)
}

// connected is what the connection itself tells.
func connected(r *http.Request) Client {
	c := Client{HTTPS: r.TLS != nil}
	if a, err := netip.ParseAddrPort(r.RemoteAddr); err == nil {
		c.Address = a.Addr().Unmap().WithZone("")
	}
	return c
}

func among(a netip.Addr, networks []netip.Prefix) bool {
	for _, n := range networks {
		if n.Contains(a) {
			return true
		}
	}
	return false
}

// lastUntrusted walks back from the peer through the proxies that are trusted.
// What stands before the first that is not may be invented. Where a trusted
// proxy wrote something that is no address, the walk ends at the proxy.
func lastUntrusted(peer netip.Addr, forwarded []string, trusted []netip.Prefix) netip.Addr {
	hops := strings.Split(strings.Join(forwarded, ","), ",")
	for i := len(hops) - 1; i >= 0 && among(peer, trusted); i-- {
		hop, err := parseHop(strings.TrimSpace(hops[i]))
		if err != nil {
			break
		}
		peer = hop
	}
	return peer
}

// parseHop reads an address; some proxies add the port.
func parseHop(s string) (netip.Addr, error) {
	a, err := netip.ParseAddr(strings.Trim(s, "[]"))
	if err != nil {
		var withPort netip.AddrPort
		if withPort, err = netip.ParseAddrPort(s); err == nil {
			a = withPort.Addr()
		}
	}
	return a.Unmap().WithZone(""), err
}

// last is what the nearest proxy wrote.
func last(values []string) string {
	all := strings.Split(strings.Join(values, ","), ",")
	return strings.TrimSpace(all[len(all)-1])
}
