// Package audit checks an export folder without the program that wrote it: it
// shares the formats of docs/export.md and docs/ledger.md with the writer and
// nothing else. All it reads is foreign: no link is followed, no path of the
// manifest is opened that was not found in the folder, and nothing panics.
package audit

import (
	"io/fs"
	"os"
	"slices"

	"luoshi/fault"
	"luoshi/ledger"

	"golang.org/x/mod/sumdb/note"
)

// Anchors are what an auditor holds from outside the folder.
type Anchors struct {
	Key        string // the public key as text, or empty
	Checkpoint []byte // a signed checkpoint of an earlier day, or nil
}

// Kinds of export.
const (
	full   = "full"
	public = "public"
)

// Verify checks a folder in the order of docs/export.md section 6. The error is
// for wrong use only: no such folder, a key that is none, or an export of an older version.
func Verify(folder string, anchors Anchors) (Report, error) {
	var key note.Verifier
	if anchors.Key != "" {
		k, err := ledger.ReadKey(anchors.Key)
		if err != nil {
			return Report{}, fault.New(fault.Invalid, "这不是一把公钥。公钥是一行字：名字+指纹+base64。")
		}
		key = k
	}
	root, err := os.OpenRoot(folder)
	if err != nil {
		return Report{}, fault.New(fault.Missing, "打不开这个文件夹：%s", folder)
	}
	defer root.Close()

	if raw, err := fs.ReadFile(root.FS(), manifestFile); err == nil {
		if m, err := parseManifest(raw); err == nil && slices.Contains(olderFormats, m.Format) {
			return Report{}, fault.New(fault.Invalid, "这份导出是旧版程序写的，格式是 %s，这一版核对不了。请用写它的那一版核对，或者重新导出再核对。", m.Format)
		}
	}
	var r Report
	verify(&r, root, key, anchors.Checkpoint)
	return r, nil
}

func verify(r *Report, root *os.Root, key note.Verifier, earlier []byte) {
	found := walk(r, root)
	m, raw, ok := readManifest(r, root, found)
	if !ok {
		r.notChecked(fault.New(fault.Invalid, "清单读不出来，别的都没有核对。"))
		return
	}
	r.Kind, r.Origin, r.City, r.Size, r.Root, r.Files = m.Kind, m.Origin, m.City, m.Size, m.root, len(m.Files)
	f := readFiles(r, root, found, m)

	by := checkSignatures(r, f, m, raw, key)
	leaves, isTree := checkTree(r, f, m)
	entries, good := checkEntries(r, f, m)
	// A log that cannot be trusted is not replayed: each entry of it would only draw a tail of false alarms.
	if isTree && good {
		checkReplay(r, f, m, entries)
	} else {
		r.notChecked(fault.New(fault.Invalid, "存证本身有错，原文、表格和文件没有与它核对。"))
	}
	if isTree {
		checkEarlier(r, earlier, key, by, leaves)
	}
	sayUnanchored(r, by, key, earlier)
}

// checkReplay checks all that follows from the entries.
func checkReplay(r *Report, f *files, m manifest, entries []ledger.Entry) {
	words := checkWords(r, f, m.Kind, entries)
	if m.Kind == public {
		checkReleased(r, entries)
	}
	checkRecorded(r, f, m.Kind, entries)
	replayed := checkTables(r, f, entries, readTexts(r, entries, words))
	checkSpans(r, m.Kind, entries, replayed, checkDocuments(r, f, m.Kind, entries))
	checkCounted(r, f, entries, replayed)
	checkAttachments(r, f, m.Kind, entries)
	f.checkUnused(r)
}

// sayUnanchored tells what a folder that is good in itself does not prove.
func sayUnanchored(r *Report, by signer, key note.Verifier, earlier []byte) {
	if key == nil {
		r.notChecked(fault.New(fault.Invalid, "没有给公钥：签名没有核对，文件夹外没有人为它作证。签名上写的钥匙是 %s。", by.String()))
	} else {
		r.Key = ledger.Fingerprint(key)
	}
	if earlier == nil {
		r.notChecked(fault.New(fault.Invalid, "没有给早先的检查点：存证被截短或者整个重写，这里查不出来。"))
	}
	if hidden := r.Size - r.Shown; r.Kind == public && hidden > 0 {
		r.notChecked(fault.New(fault.Invalid, "有 %d 条没有公开：只核对了它们的指纹和位置。", hidden))
	}
	if r.Covered > 0 {
		r.notChecked(fault.New(fault.Invalid, "有 %d 处文字遮住了一部分（写成 ■）：遮住的地方没有与存证核对。", r.Covered))
	}
}
