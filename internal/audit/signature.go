package audit

import (
	"bytes"
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"strings"

	"luoshi/fault"
	"luoshi/ledger"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

const (
	checkpointFile = "log/checkpoint"
	keyOption      = "--key"
	earlierOption  = "--checkpoint"
)

// signer is who a note says has signed it.
type signer struct {
	name string
	hash uint32
}

// String is the fingerprint of the key, as ledger.Fingerprint writes it.
func (s signer) String() string { return fmt.Sprintf("%04x·%04x", s.hash>>16, s.hash&0xffff) }

// splitNote reads a note of one signature without checking it.
func splitNote(signed []byte) (text string, by signer, ok bool) {
	cut := bytes.LastIndex(signed, []byte("\n\n"))
	if cut < 0 {
		return "", by, false
	}
	line, isLine := strings.CutPrefix(string(signed[cut+2:]), "— ")
	line, ended := strings.CutSuffix(line, "\n")
	name, b64, parted := strings.Cut(line, " ")
	raw, err := base64.StdEncoding.Strict().DecodeString(b64)
	if !isLine || !ended || !parted || strings.Contains(line, "\n") || strings.Contains(b64, "\r") || err != nil || len(raw) != 4+ed25519.SignatureSize {
		return "", by, false
	}
	return string(signed[:cut+1]), signer{name, binary.BigEndian.Uint32(raw)}, true
}

// openNote gives the text of a note; with a key only if that key has signed it.
func openNote(r *Report, at Place, signed []byte, key note.Verifier) (text string, by signer, ok bool) {
	text, by, ok = splitNote(signed)
	if !ok {
		r.wrong(at, fault.New(fault.Invalid, "不是一份签名的文本。"))
		return "", by, false
	}
	if key == nil {
		return text, by, true
	}
	if text, err := ledger.OpenText(signed, key); err == nil {
		return text, by, true
	}
	r.wrong(at, fault.New(fault.Invalid, "签名不是这把公钥（%s）的，或者签过以后被改动。", ledger.Fingerprint(key)))
	return "", by, false
}

// checkSignatures holds manifest.note and log/checkpoint to the manifest. Both
// texts follow from it wholly, so they are compared and not read.
func checkSignatures(r *Report, f *files, m manifest, raw []byte, key note.Verifier) signer {
	if key != nil && key.Name() != m.Origin {
		r.wrong(inFile(keyOption), fault.New(fault.Invalid, "公钥的名字是 %s，存证的名字是 %s。", key.Name(), m.Origin))
	}
	signedManifest, there := f.read(r, noteFile)
	var by signer
	if there {
		text, who, ok := openNote(r, inFile(noteFile), signedManifest, key)
		by = who
		if want := fmt.Sprintf("%s\n%s\n%s\n%x\n", format, m.Origin, m.Kind, sha256.Sum256(raw)); ok && text != want {
			r.wrong(inFile(manifestFile), fault.New(fault.Invalid, "清单不是 manifest.note 所签的那一份。"))
		}
		if ok && by.name != m.Origin {
			r.wrong(inFile(noteFile), fault.New(fault.Invalid, "签名人 %s 不是存证 %s。", by.name, m.Origin))
		}
	}
	signedHead, thereToo := f.read(r, checkpointFile)
	if thereToo {
		text, who, ok := openNote(r, inFile(checkpointFile), signedHead, key)
		if want := (ledger.Checkpoint{Origin: m.Origin, Size: m.Size, Root: m.root}).Text(); ok && text != want {
			r.wrong(inFile(checkpointFile), fault.New(fault.Invalid, "检查点与清单不符：名字、条数或树根不同。"))
		}
		if ok && there && who != by {
			r.wrong(inFile(checkpointFile), fault.New(fault.Invalid, "检查点和清单不是同一把钥匙签的。"))
		}
	}
	return by
}

// checkEarlier checks that the log is the earlier one, continued.
func checkEarlier(r *Report, earlier []byte, key note.Verifier, by signer, leaves []tlog.Hash) {
	if earlier == nil {
		return
	}
	at := inFile(earlierOption)
	text, who, ok := openNote(r, at, earlier, key)
	if !ok {
		return
	}
	c, err := ledger.ParseCheckpoint(text)
	if err != nil {
		r.wrong(at, fault.New(fault.Invalid, "不是检查点。"))
		return
	}
	r.Anchor = c.Size
	switch {
	case c.Size == 0:
		r.notChecked(fault.New(fault.Invalid, "早先的检查点里一条也没有，它什么也证明不了。"))
	case c.Origin != r.Origin || who != by:
		r.wrong(at, fault.New(fault.Invalid, "早先的检查点是 %s（%s）的，不是这本存证的。", c.Origin, who.String()))
	case c.Size > int64(len(leaves)):
		r.wrong(at, fault.New(fault.Invalid, "存证被截短了：早先有 %d 条，现在只有 %d 条。", c.Size, len(leaves)))
	case ledger.Roots(leaves, []int64{c.Size})[0] != c.Root:
		r.wrong(at, fault.New(fault.Invalid, "存证被改写了：前 %d 条的树根与早先的检查点不同。", c.Size))
	}
}
