package ledger

import (
	"encoding/binary"
	"errors"
	"math"

	"golang.org/x/mod/sumdb/tlog"
)

const (
	// TileHeight is the height of a tile, C2SP tlog-tiles.
	TileHeight = 8
	// TileWidth is how many hashes a full tile holds.
	TileWidth = 1 << TileHeight
)

// Tiles lists the tiles of a tree of that many leaves: full ones and the
// partial ones at the right edge, level by level.
func Tiles(size int64) []tlog.Tile {
	var tiles []tlog.Tile
	for level, n := 0, size; n > 0; level, n = level+1, n>>TileHeight {
		for k := int64(0); k < n; k += TileWidth {
			tiles = append(tiles, tlog.Tile{H: TileHeight, L: level, N: k >> TileHeight, W: int(min(TileWidth, n-k))})
		}
	}
	return tiles
}

// TilePath is the path of a tile below the log, C2SP tlog-tiles: tile/0/x001/067.p/8.
func TilePath(t tlog.Tile) string {
	const goPrefix = "tile/8/" // x/mod writes the height, C2SP has it fixed
	return "tile/" + t.Path()[len(goPrefix):]
}

// BundlePath is the path of the entry bundle that belongs to a tile of level 0.
func BundlePath(t tlog.Tile) string {
	return "tile/entries/" + TilePath(t)[len("tile/0/"):]
}

// ErrBundle is returned for bytes that are no bundle of so many entries.
var ErrBundle = errors.New("not a bundle of entries")

// AppendBundle adds an entry to a bundle; a hidden one is nil and adds length 0.
func AppendBundle(bundle, entry []byte) ([]byte, error) {
	if len(entry) > math.MaxUint16 {
		return nil, errors.New("entry too long for a bundle")
	}
	bundle = binary.BigEndian.AppendUint16(bundle, uint16(len(entry)))
	return append(bundle, entry...), nil
}

// SplitBundle gives the entries of a bundle of exactly n; hidden ones are nil.
func SplitBundle(bundle []byte, n int) ([][]byte, error) {
	out := make([][]byte, 0, n)
	for range n {
		if len(bundle) < 2 {
			return nil, ErrBundle
		}
		size := int(binary.BigEndian.Uint16(bundle))
		if bundle = bundle[2:]; len(bundle) < size {
			return nil, ErrBundle
		}
		var entry []byte
		if size > 0 {
			entry = bundle[:size]
		}
		out, bundle = append(out, entry), bundle[size:]
	}
	if len(bundle) > 0 {
		return nil, ErrBundle
	}
	return out, nil
}
