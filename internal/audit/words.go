package audit

import (
	"encoding/hex"
	"slices"
	"strconv"
	"strings"

	"luoshi/fault"
	"luoshi/ledger"
)

const wordsFile = "log/words.csv"

// hiddenSign stands in a public export for one sign that is not public.
const hiddenSign = '■'

// checkWords holds each row of words to the commitment of its entry. Words of which a
// part is covered stand in a public export without their salt: only that they are
// covered can be seen.
func checkWords(r *Report, f *files, kind string, entries []ledger.Entry) map[int64]string {
	words := map[int64]string{}
	data, there := f.read(r, wordsFile)
	if !there {
		return words
	}
	commitments := map[int64]*[32]byte{}
	for _, e := range entries {
		if e.Words != nil {
			commitments[e.Seq] = e.Words
		}
	}
	records, ok := parseCSV(data)
	if !ok {
		r.wrong(inRow(wordsFile, len(records)), fault.New(fault.Invalid, "不是规定写法的表格。"))
	}
	last := int64(-1)
	for i, record := range records {
		at := inRow(wordsFile, i+1)
		if i == 0 {
			if !slices.Equal(record, []string{"seq", "salt", "words"}) {
				r.wrong(at, fault.New(fault.Invalid, "表头不对。"))
			}
			continue
		}
		covered := kind == public && len(record) == 3 && record[1] == "" && strings.ContainsRune(record[2], hiddenSign)
		if covered {
			record[1] = strings.Repeat("0", 64)
		}
		seq, salt, text, ok := wordsRow(record)
		if !ok {
			r.wrong(at, fault.New(fault.Invalid, "这一行不是序号、盐和原文。"))
			continue
		}
		at.Seq = seq
		switch c := commitments[seq]; {
		case seq <= last:
			r.wrong(at, fault.New(fault.Invalid, "没有按序号排好，或者有重复。"))
		case c == nil:
			r.wrong(at, fault.New(fault.Invalid, "没有这一条，或者它没有原文。"))
		case covered:
			words[seq] = text
			r.Covered++
		case ledger.Commit(salt, text) != *c:
			r.wrong(at, fault.New(fault.Invalid, "原文或盐与条目里的承诺不符。"))
		default:
			words[seq] = text
		}
		last = max(last, seq)
	}
	r.Erased = int64(len(commitments) - len(words))
	return words
}

func wordsRow(record []string) (seq int64, salt [32]byte, text string, ok bool) {
	if len(record) != 3 {
		return 0, salt, "", false
	}
	seq, err := strconv.ParseInt(record[0], 10, 64)
	raw, errSalt := hex.DecodeString(record[1])
	if err != nil || errSalt != nil || len(raw) != len(salt) || seq < 0 ||
		strconv.FormatInt(seq, 10) != record[0] || hex.EncodeToString(raw) != record[1] {
		return 0, salt, "", false
	}
	return seq, [32]byte(raw), record[2], true
}

// readTexts takes the words of entries that change a table apart into columns.
func readTexts(r *Report, entries []ledger.Entry, words map[int64]string) map[int64]map[string]string {
	texts := map[int64]map[string]string{}
	for _, e := range entries {
		w, kept := words[e.Seq]
		if !kept || !inTables(e.Kind) {
			continue
		}
		columns, err := ledger.ParseWords(w)
		if err == nil && again(columns) == w {
			texts[e.Seq] = columns
			continue
		}
		r.wrong(inEntry(wordsFile, e.Seq), fault.New(fault.Invalid, "原文不是按列名排好的 JSON。"))
	}
	return texts
}

// again writes columns as ledger.Words does: a name twice, or an empty text, shows.
func again(columns map[string]string) string {
	var pairs []string
	for name, text := range columns {
		pairs = append(pairs, name, text)
	}
	return ledger.Words(pairs...)
}
