package db

import (
	"errors"
	"fmt"
	"strings"
)

type tokenKind uint8

const (
	tokenWord        tokenKind = iota // a keyword, or a name that could be one
	tokenSymbol                       // ( ) , . ; and operators
	tokenName                         // a name that can be no keyword: in double quotes, or after a dot
	tokenPlaceholder                  // $1
	tokenValue                        // a string or a number
	tokenEnd
)

// statementToken is one word of a statement, in lower case. The words of a
// string are left out: nothing in them counts.
type statementToken struct {
	text  string
	match int32 // of a bracket that opens: where the one that closes it stands
	kind  tokenKind
}

// is tells whether the token is this keyword or symbol.
func (t statementToken) is(text string) bool { return t.kind <= tokenSymbol && t.text == text }

// isColumn tells whether the token is this name, however it is written.
func (t statementToken) isColumn(name string) bool {
	return (t.kind == tokenWord || t.kind == tokenName) && t.text == name
}

const fanoutComment = "/*fanout*/"

// statementTokens cuts a text into tokens, with an end behind the last, and says
// whether it carries the comment of a statement on all cities. What the engines
// would cut differently is refused.
func statementTokens(text string) (tokens []statementToken, fanout bool, err error) {
	text = lowerLetters(text)
	tokens = make([]statementToken, 0, len(text)/3+8)
	open := int32(-1) // the innermost open bracket; its match is the one around it until it is closed
	for i := 0; i < len(text); {
		c, from := text[i], i
		switch {
		case c == ' ' || c == '\t' || c == '\n' || c == '\r':
			i++
			continue
		case isWordByte(c) && (c < '0' || c > '9'):
			i = endOfWord(text, i)
			kind := tokenWord
			if len(tokens) > 0 && tokens[len(tokens)-1].is(".") {
				kind = tokenName
			}
			tokens = append(tokens, statementToken{kind: kind, text: text[from:i]})
		case c >= '0' && c <= '9':
			i = endOfWord(text, i)
			tokens = append(tokens, statementToken{kind: tokenValue})
		case c == '$':
			for i++; i < len(text) && text[i] >= '0' && text[i] <= '9'; i++ {
			}
			if i == from+1 || i < len(text) && (isWordByte(text[i]) || text[i] == '$') {
				return nil, false, errors.New("a $ that is no placeholder")
			}
			tokens = append(tokens, statementToken{kind: tokenPlaceholder, text: text[from:i]})
		case c == '\'':
			if from > 0 && isWordByte(text[from-1]) {
				return nil, false, errors.New("a letter before a string changes its meaning, and not on every engine")
			}
			if i, err = endOfQuotes(text, i); err != nil {
				return nil, false, err
			}
			tokens = append(tokens, statementToken{kind: tokenValue})
		case c == '"':
			if i, err = endOfQuotes(text, i); err != nil {
				return nil, false, err
			}
			if i == from+2 {
				return nil, false, errors.New("an empty name")
			}
			tokens = append(tokens, statementToken{kind: tokenName, text: text[from+1 : i-1]})
		case strings.HasPrefix(text[i:], "/*"):
			length := strings.Index(text[i+2:], "*/")
			if length < 0 || strings.Contains(text[i+2:i+2+length], "/*") {
				return nil, false, errors.New("a comment without an end, or within another")
			}
			i += length + 4
			fanout = fanout || text[from:i] == fanoutComment
		case strings.HasPrefix(text[i:], "--"):
			// Texts are put together from pieces: it would swallow the conditions behind it.
			return nil, false, errors.New("a comment to the end of the line; write /* */")
		case strings.IndexByte("<>=!|", c) >= 0:
			for i++; i < len(text) && strings.IndexByte("<>=!|", text[i]) >= 0; i++ {
			}
			tokens = append(tokens, statementToken{kind: tokenSymbol, text: text[from:i]})
		case strings.IndexByte("(),.;+-*/%&~", c) >= 0:
			i++
			if c == ')' {
				if open < 0 {
					return nil, false, errors.New("a bracket closes that was not opened")
				}
				open, tokens[open].match = tokens[open].match, int32(len(tokens))
			}
			tokens = append(tokens, statementToken{kind: tokenSymbol, text: text[from:i], match: open})
			if c == '(' {
				open = int32(len(tokens)) - 1
			}
		case c == '?':
			return nil, false, errors.New("? is not for every engine; number the placeholders: $1")
		default:
			return nil, false, fmt.Errorf("%q is not for every engine", c)
		}
	}
	if open >= 0 {
		return nil, false, errors.New("a bracket is not closed")
	}
	return append(tokens, statementToken{kind: tokenEnd}), fanout, nil
}

// lowerLetters makes the letters of keywords small, and leaves every other byte where it is.
func lowerLetters(text string) string {
	var small strings.Builder
	small.Grow(len(text))
	for i := range len(text) {
		c := text[i]
		if c >= 'A' && c <= 'Z' {
			c += 'a' - 'A'
		}
		small.WriteByte(c)
	}
	return small.String()
}

func isWordByte(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '_' || c >= 0x80
}

func endOfWord(text string, i int) int {
	for i < len(text) && isWordByte(text[i]) {
		i++
	}
	return i
}

// endOfQuotes gives where what is in quotes from i on ends; a quote within is written twice.
func endOfQuotes(text string, i int) (int, error) {
	quote := text[i]
	for i++; i < len(text); i++ {
		if text[i] != quote {
			continue
		}
		if i+1 == len(text) || text[i+1] != quote {
			return i + 1, nil
		}
		i++
	}
	return 0, errors.New("a quote is not closed")
}
