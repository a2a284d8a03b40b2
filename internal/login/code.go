package login

import (
	"crypto/pbkdf2"
	"crypto/rand"
	"crypto/sha256"
	"strings"
	"unicode"
)

// codeSigns are the signs of a code: Crockford's base32, in which no letter looks
// like a digit and U makes no words.
const codeSigns = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"

const (
	codeLength = 12 // 60 random bits
	codeGroup  = 4
)

// newCode makes a code at random.
func newCode() (string, error) {
	var b [codeLength]byte
	if _, err := rand.Read(b[:]); err != nil {
		return "", err
	}
	for i := range b {
		b[i] = codeSigns[int(b[i])%len(codeSigns)]
	}
	return string(b[:]), nil
}

// printed is a code as it stands on a slip: 7K3M-0QWE-9TRX.
func printed(code string) string {
	return code[:codeGroup] + "-" + code[codeGroup:2*codeGroup] + "-" + code[2*codeGroup:]
}

// ReadCode reads a code as people type it: in any case, with hyphens and blanks or
// without, in the wide letters of an input method, with O for 0 and I or L for 1.
func ReadCode(typed string) (code string, ok bool) {
	var b strings.Builder
	for _, r := range typed {
		if r >= '！' && r <= '～' {
			r -= '！' - '!'
		}
		r = unicode.ToUpper(r)
		switch {
		case unicode.In(r, unicode.Pd, unicode.White_Space, unicode.Cf) || r == '−':
			continue
		case r == 'O':
			r = '0'
		case r == 'I' || r == 'L':
			r = '1'
		}
		if !strings.ContainsRune(codeSigns, r) || b.Len() == codeLength {
			return "", false
		}
		b.WriteRune(r)
	}
	return b.String(), b.Len() == codeLength
}

// hashedCode is what is kept of a code. A code is short and thousands may be open
// at once: hashed a single time, a stolen backup would give some of them away
// within their days.
func hashedCode(code string) ([]byte, error) {
	return pbkdf2.Key(sha256.New, code, []byte("luoshi sign-in slip"), 2048, sha256.Size)
}
