package gateway

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptrace"
	"net/url"
	"strconv"
	"time"
)

// client uses each connection once: Go sends a request with an Idempotency-Key again by
// itself where a connection that was used before breaks, and a gateway that does not
// know the header would take the message twice. It follows no redirects.
var client = &http.Client{
	Transport:     &http.Transport{DisableKeepAlives: true, Proxy: http.ProxyFromEnvironment},
	CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
}

// mostAnswer is how much of an answer is read.
const mostAnswer = 64 << 10

// post sends a body once, and gives what was answered where it was taken.
func post(ctx context.Context, address, key string, body any, headers map[string]string) ([]byte, error) {
	content, err := json.Marshal(body)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrRefused, err)
	}
	return postContent(ctx, address, key, content, headers)
}

func postContent(ctx context.Context, address, key string, content []byte, headers map[string]string) ([]byte, error) {
	connected := false
	ctx = httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{GotConn: func(httptrace.GotConnInfo) { connected = true }})
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, address, bytes.NewReader(content))
	if err != nil {
		return nil, fmt.Errorf("%w: address of the gateway: %w", ErrRefused, withoutAddress(err))
	}
	r.Header.Set("Content-Type", "application/json; charset=utf-8")
	r.Header.Set("Idempotency-Key", key)
	for name, value := range headers {
		r.Header.Set(name, value)
	}
	answer, err := client.Do(r)
	if err != nil {
		err = withoutAddress(err)
		if !connected {
			return nil, fmt.Errorf("%w: %w", ErrNotSent, err)
		}
		return nil, err
	}
	defer answer.Body.Close()
	said, err := io.ReadAll(io.LimitReader(answer.Body, mostAnswer))
	switch status := answer.StatusCode; {
	case status >= 200 && status < 300:
		return said, err
	case status == http.StatusConflict: // it has the key already
		return nil, nil
	case status == http.StatusTooManyRequests, status == http.StatusServiceUnavailable:
		return nil, fmt.Errorf("%w: status %d", ErrNotSent, status)
	case status >= 300 && status < 500:
		return nil, fmt.Errorf("%w: status %d", ErrRefused, status)
	default:
		return nil, fmt.Errorf("status %d", status)
	}
}

// withoutAddress takes the address out of an error: the key of a robot is in it, and
// what went wrong is logged.
func withoutAddress(err error) error {
	if told := (*url.Error)(nil); errors.As(err, &told) {
		return told.Err
	}
	return err
}

// signedBody is what the program's own interface carries.
type signedBody struct {
	Key     string `json:"key"`
	To      string `json:"to,omitempty"`
	Subject string `json:"subject"`
	Text    string `json:"text"`
	Link    string `json:"link,omitempty"`
	Count   int    `json:"count"`
}

// Headers of the program's own interface.
const (
	TimeHeader      = "Luoshi-Time"
	SignatureHeader = "Luoshi-Signature"
)

// Signature is what proves to a gateway who sent a body when.
func Signature(secret, unixTime string, body []byte) string {
	h := hmac.New(sha256.New, []byte(secret))
	h.Write([]byte(unixTime + "\n"))
	h.Write(body)
	return "sha256=" + hex.EncodeToString(h.Sum(nil))
}

// sendSigned is the interface of docs/gateway.md.
func sendSigned(ctx context.Context, s Settings, m Message) error {
	content, err := json.Marshal(signedBody(m))
	if err != nil {
		return fmt.Errorf("%w: %w", ErrRefused, err)
	}
	at := strconv.FormatInt(time.Now().Unix(), 10)
	_, err = postContent(ctx, s.Address, m.Key, content, map[string]string{TimeHeader: at, SignatureHeader: Signature(s.Secret, at, content)})
	return err
}
