package audit

import (
	"bytes"

	"luoshi/fault"
	"luoshi/ledger"

	"golang.org/x/mod/sumdb/tlog"
)

// checkTree reads the leaf hashes and computes every hash above them again. Not
// ok means that the leaves are not those of the signed root.
func checkTree(r *Report, f *files, m manifest) (leaves []tlog.Hash, ok bool) {
	ok = true
	level, made := []tlog.Hash(nil), 0 // the hashes of one level, and which
	for _, t := range ledger.Tiles(m.Size) {
		if t.L > made {
			level, made = parents(level), t.L
		}
		p := "log/" + ledger.TilePath(t)
		data, there := f.read(r, p)
		if !there {
			ok = false
			continue
		}
		if len(data) != t.W*tlog.HashSize {
			r.wrong(inFile(p), fault.New(fault.Invalid, "应当有 %d 个指纹，长度不对。", t.W))
			ok = false
			continue
		}
		if t.L == 0 {
			for ; len(data) > 0; data = data[tlog.HashSize:] {
				leaves = append(leaves, tlog.Hash(data[:tlog.HashSize]))
			}
			level = leaves
			continue
		}
		from := int(t.N) * ledger.TileWidth
		if !ok || from+t.W > len(level) {
			continue // a tile below is missing and told
		}
		for i, h := range level[from : from+t.W] {
			if !bytes.Equal(h[:], data[i*tlog.HashSize:][:tlog.HashSize]) {
				r.wrong(inFile(p), fault.New(fault.Invalid, "第 %d 个指纹不是由下面的指纹得出的。", i))
				ok = false
			}
		}
	}
	if ok && ledger.Roots(leaves, []int64{m.Size})[0] != m.root {
		r.wrong(inFile(checkpointFile), fault.New(fault.Invalid, "各条指纹得出的树根不是检查点上的树根。"))
		ok = false
	}
	return leaves, ok
}

// parents gives the hashes of the next level of tiles: one for each full tile.
func parents(level []tlog.Hash) []tlog.Hash {
	var up []tlog.Hash
	for ; len(level) >= ledger.TileWidth; level = level[ledger.TileWidth:] {
		up = append(up, ledger.Roots(level[:ledger.TileWidth], []int64{ledger.TileWidth})[0])
	}
	return up
}

// checkEntries reads the entries that the folder shows and holds each to its
// place and its leaf hash. Not ok means that they cannot be replayed.
func checkEntries(r *Report, f *files, m manifest) (entries []ledger.Entry, ok bool) {
	ok = true
	last := int64(0)
	for _, t := range ledger.Tiles(m.Size) {
		if t.L > 0 {
			break
		}
		p := "log/" + ledger.BundlePath(t)
		bundle, there := f.read(r, p)
		if !there {
			ok = false
			continue
		}
		raws, err := ledger.SplitBundle(bundle, t.W)
		if err != nil {
			r.wrong(inFile(p), fault.New(fault.Invalid, "应当装着 %d 条，装法不对。", t.W))
			ok = false
			continue
		}
		tile, _ := f.read(r, "log/"+ledger.TilePath(t))
		if len(tile) != t.W*tlog.HashSize {
			ok = false // checkTree has told
			continue
		}
		for i, raw := range raws {
			seq := t.N*ledger.TileWidth + int64(i)
			if raw == nil && m.Kind == public {
				continue
			}
			e, what := checkEntry(raw, seq, m.City, last, tlog.Hash(tile[i*tlog.HashSize:][:tlog.HashSize]))
			if what != nil {
				r.wrong(inEntry(p, seq), what)
				ok = false
				continue
			}
			last = e.At
			entries = append(entries, e)
		}
	}
	r.Shown = int64(len(entries))
	return entries, ok
}

func checkEntry(raw []byte, seq, city, last int64, leaf tlog.Hash) (ledger.Entry, *fault.Fault) {
	if raw == nil {
		return ledger.Entry{}, fault.New(fault.Invalid, "完整导出里缺这一条。")
	}
	if ledger.Leaf(raw) != leaf {
		return ledger.Entry{}, fault.New(fault.Invalid, "条目与它的指纹不符。")
	}
	e, err := ledger.ParseEntry(raw)
	switch {
	case err != nil:
		return e, fault.New(fault.Invalid, "条目不是规定的写法。")
	case e.Seq != seq:
		return e, fault.New(fault.Invalid, "条目自称第 %d 条，不在它的位置上。", e.Seq)
	case e.City != city:
		return e, fault.New(fault.Invalid, "条目是城市 %d 的。", e.City)
	case e.At < last:
		return e, fault.New(fault.Invalid, "条目的时间比前一条还早。")
	case !kinds[e.Kind]:
		return e, fault.New(fault.Invalid, "不认识的条目种类：%s", e.Kind)
	}
	return e, nil
}
