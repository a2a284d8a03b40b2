package audit

import (
	"bytes"
	"encoding/json"
	"io/fs"
	"os"
	"strings"

	"luoshi/fault"

	"golang.org/x/mod/sumdb/tlog"
)

const (
	manifestFile = "manifest.json"
	noteFile     = "manifest.note"
	format       = "luoshi/export/5"
)

// olderFormats are those before themes, releases and amendments stood in the tables, before
// versions of units, posts and owners did, before facts did, and before the class did that was claimed.
var olderFormats = []string{"luoshi/export/1", "luoshi/export/2", "luoshi/export/3", "luoshi/export/4"}

var errNotCanonical = fault.New(fault.Invalid, "清单不是规定的写法。")

// manifest is manifest.json. The order of its fields is the order of the keys.
type manifest struct {
	Format string   `json:"format"`
	Kind   string   `json:"kind"`
	Origin string   `json:"origin"`
	City   int64    `json:"city"`
	Size   int64    `json:"size"`
	Root   string   `json:"root"`
	Files  []listed `json:"files"`

	root tlog.Hash
}

type listed struct {
	Path   string `json:"path"`
	Bytes  int64  `json:"bytes"`
	SHA256 string `json:"sha256"`
}

// readManifest reads the manifest; not ok means that nothing can be made of it.
func readManifest(r *Report, root *os.Root, found map[string]fs.FileInfo) (m manifest, raw []byte, ok bool) {
	at := inFile(manifestFile)
	info, there := found[manifestFile]
	if !there {
		r.wrong(at, fault.New(fault.Missing, "没有清单，这不是一个导出文件夹。"))
		return m, nil, false
	}
	raw, _, err := readOne(root, manifestFile, info.Size(), true)
	if err != nil {
		r.wrong(at, fault.New(fault.Invalid, "清单读不出来。"))
		return m, nil, false
	}
	if m, err = parseManifest(raw); err != nil {
		r.wrong(at, errNotCanonical)
		return m, raw, false
	}
	switch {
	case m.Format != format:
		r.wrong(at, fault.New(fault.Invalid, "不认识的格式：%s", m.Format))
	case m.Kind != full && m.Kind != public:
		r.wrong(at, fault.New(fault.Invalid, "不认识的导出种类：%s", m.Kind))
	case m.City < 0 || m.Size < 0 || m.Size/256 > int64(len(m.Files)):
		// The second guards what follows: nothing is made in the size that a manifest claims.
		r.wrong(at, fault.New(fault.Invalid, "清单上的条数或城市编号不对：%d 条，城市 %d。", m.Size, m.City))
	default:
		return m, raw, true
	}
	return m, raw, false
}

// parseManifest takes the one canonical form only: it writes the manifest again and compares.
func parseManifest(raw []byte) (m manifest, err error) {
	if err = json.Unmarshal(raw, &m); err != nil {
		return m, err
	}
	var again bytes.Buffer
	enc := json.NewEncoder(&again)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	if err = enc.Encode(m); err != nil {
		return m, err
	}
	m.root, err = tlog.ParseHash(m.Root)
	if err != nil || m.root.String() != m.Root || !bytes.Equal(again.Bytes(), raw) {
		return m, errNotCanonical
	}
	return m, nil
}

// checkListed checks the list itself: sorted, nothing twice, no path that leads
// out of the folder or is written in another way than it was walked.
func checkListed(r *Report, m manifest) map[string]listed {
	list := map[string]listed{}
	last := ""
	for _, l := range m.Files {
		at := inFile(l.Path)
		switch {
		case !fs.ValidPath(l.Path) || l.Path == "." || strings.ContainsAny(l.Path, "\\:") || l.Path == manifestFile || l.Path == noteFile:
			r.wrong(at, fault.New(fault.Invalid, "清单上的路径不许这样写。"))
		case l.Path <= last:
			r.wrong(at, fault.New(fault.Invalid, "清单没有按路径排好，或者有重复。"))
		case len(l.SHA256) != 64 || strings.Trim(l.SHA256, "0123456789abcdef") != "" || l.Bytes < 0:
			r.wrong(at, fault.New(fault.Invalid, "清单上的长度或 SHA-256 不对。"))
		default:
			list[l.Path] = l
		}
		last = max(last, l.Path)
	}
	return list
}
