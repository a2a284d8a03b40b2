package db

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"

	"luoshi/fault"
)

// personalKeySize is the length of the key under which personal columns are sealed.
const personalKeySize = 32

// Sentences for what cannot be sealed or opened.
var (
	ErrNoPersonalKey = fault.New(fault.Busy, "这里没有封存姓名和电话的钥匙，做不了这一步。请管理员用 luoshi keys restore 把钥匙的备份放回来，再重新启动。")
	ErrSealed        = fault.New(fault.Busy, "有一处封存的姓名或电话打不开：钥匙不是封它的那一把，或者数据被改过。请管理员核对钥匙：luoshi keys restore")
)

// Cell is where a sealed value stands. What is sealed for one cell opens in no other.
type Cell struct {
	Table, Column string
	City, Record  int64
}

// sealVersion begins every sealed value: AES-256-GCM, a random nonce of 96 bits before the text.
const sealVersion = 1

// bound is what a sealed value is bound to, written so that no two cells give the same.
func (c Cell) bound() []byte {
	b := []byte{sealVersion}
	for _, name := range []string{c.Table, c.Column} {
		b = binary.BigEndian.AppendUint32(b, uint32(len(name)))
		b = append(b, name...)
	}
	b = binary.BigEndian.AppendUint64(b, uint64(c.City))
	return binary.BigEndian.AppendUint64(b, uint64(c.Record))
}

// sealer is the personal key at work; nil where there is none.
type sealer struct {
	aead cipher.AEAD
	mac  []byte
}

func newSealer(key []byte) (*sealer, error) {
	if key == nil {
		return nil, nil
	}
	if len(key) != personalKeySize {
		return nil, fmt.Errorf("the personal key has %d bytes instead of %d", len(key), personalKeySize)
	}
	block, err := aes.NewCipher(key)
	if err != nil {
		return nil, fmt.Errorf("personal key: %w", err)
	}
	// Its nonces are the machine's random, also in a sample, whose own random comes again in every run.
	aead, err := cipher.NewGCMWithRandomNonce(block)
	if err != nil {
		return nil, fmt.Errorf("personal key: %w", err)
	}
	h := hmac.New(sha256.New, key)
	h.Write([]byte("luoshi/command/1"))
	return &sealer{aead, h.Sum(nil)}, nil
}

func (s *sealer) seal(c Cell, text string) ([]byte, error) {
	if text == "" {
		return nil, nil
	}
	if s == nil {
		return nil, ErrNoPersonalKey
	}
	return s.aead.Seal([]byte{sealVersion}, nil, []byte(text), c.bound()), nil
}

func (s *sealer) unseal(c Cell, sealed []byte) (string, error) {
	if len(sealed) == 0 {
		return "", nil
	}
	if s == nil {
		return "", ErrNoPersonalKey
	}
	if sealed[0] != sealVersion {
		return "", errors.Join(ErrSealed, fmt.Errorf("%s.%s of %d: sealed in a way that is not known: %d", c.Table, c.Column, c.Record, sealed[0]))
	}
	text, err := s.aead.Open(nil, nil, sealed[1:], c.bound())
	if err != nil {
		return "", errors.Join(ErrSealed, fmt.Errorf("%s.%s of %d: %w", c.Table, c.Column, c.Record, err))
	}
	return string(text), nil
}

// hidden is what is stored of a hash of words that may be about a person: under
// the key nobody can try names on it who has only the database.
func (s *sealer) hidden(sum [32]byte) []byte {
	if s == nil {
		return sum[:]
	}
	h := hmac.New(sha256.New, s.mac)
	h.Write(sum[:])
	return h.Sum(nil)
}

// Pseudonym is a number that stands for a person: the same for the same words, and nobody
// finds the words by it who has not the key.
func (t *Tx) Pseudonym(words string) (int64, error) {
	if t.options.sealer == nil {
		return 0, ErrNoPersonalKey
	}
	hidden := t.options.sealer.hidden(sha256.Sum256([]byte("luoshi/person/1\n" + words)))
	return max(1, int64(binary.BigEndian.Uint64(hidden)>>1)), nil
}

// Seal closes a text for one cell; of an empty text nothing is stored.
func (t *Tx) Seal(c Cell, text string) ([]byte, error) { return t.options.sealer.seal(c, text) }

// Unseal opens what was sealed for a cell. Bytes of another cell, of another key
// or changed by a bit are ErrSealed.
func Unseal(q Querier, c Cell, sealed []byte) (string, error) { return q.seals().unseal(c, sealed) }

func (t *Tx) seals() *sealer   { return t.options.sealer }
func (v *View) seals() *sealer { return v.sealer }
