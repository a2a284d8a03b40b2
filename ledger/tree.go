package ledger

import (
	"errors"

	"golang.org/x/mod/sumdb/tlog"
)

// Leaf is the leaf hash of an entry, RFC 6962 section 2.1.
func Leaf(entry []byte) tlog.Hash { return tlog.RecordHash(entry) }

// Edge is the right edge of a tree: the roots of the full subtrees of which a
// tree of that many leaves is made, largest first. It is all that is needed to
// append and to know the root.
type Edge []tlog.Hash

// Append gives the edge of a tree of size+1 leaves. The edge given is not changed.
func (e Edge) Append(size int64, leaf tlog.Hash) Edge {
	grown := append(append(make(Edge, 0, len(e)+1), e...), leaf)
	for ; size&1 == 1; size >>= 1 {
		last := len(grown) - 1
		grown[last-1] = tlog.NodeHash(grown[last-1], grown[last])
		grown = grown[:last]
	}
	return grown
}

// Root is the root hash of the tree; of an empty tree the hash of nothing.
func (e Edge) Root() tlog.Hash {
	if len(e) == 0 {
		h, _ := tlog.TreeHash(0, nil)
		return h
	}
	root := e[len(e)-1]
	for i := len(e) - 2; i >= 0; i-- {
		root = tlog.NodeHash(e[i], root)
	}
	return root
}

// Bytes is how an edge is stored: its hashes one after the other.
func (e Edge) Bytes() []byte {
	b := make([]byte, 0, len(e)*tlog.HashSize)
	for _, h := range e {
		b = append(b, h[:]...)
	}
	return b
}

// ErrEdge is returned for bytes that are no edge.
var ErrEdge = errors.New("not the right edge of a tree")

// ParseEdge reads what Bytes wrote.
func ParseEdge(b []byte) (Edge, error) {
	if len(b)%tlog.HashSize != 0 {
		return nil, ErrEdge
	}
	e := make(Edge, 0, len(b)/tlog.HashSize)
	for ; len(b) > 0; b = b[tlog.HashSize:] {
		e = append(e, tlog.Hash(b[:tlog.HashSize]))
	}
	return e, nil
}

// Roots computes the root of each size asked for, ascending, from leaf hashes.
func Roots(leaves []tlog.Hash, sizes []int64) []tlog.Hash {
	out := make([]tlog.Hash, 0, len(sizes))
	var edge Edge
	for i := 0; ; i++ {
		for len(out) < len(sizes) && sizes[len(out)] == int64(i) {
			out = append(out, edge.Root())
		}
		if i == len(leaves) {
			return out
		}
		edge = edge.Append(int64(i), leaves[i])
	}
}
