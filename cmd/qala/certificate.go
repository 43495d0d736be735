package main

import (
	"crypto/tls"
	"fmt"
	"os"
	"sync"
	"time"
)

// certified is TLS with a certificate from files, nil without one.
func certified(cert, key string) (*tls.Config, error) {
	if cert == "" {
		return nil, nil
	}
	c := &certificate{cert: cert, key: key}
	if _, err := c.current(nil); err != nil {
		return nil, err
	}
	return &tls.Config{MinVersion: tls.VersionTLS12, GetCertificate: c.current}, nil
}

// certificate is read anew when its file is another one: it is renewed while the server goes on.
type certificate struct {
	cert, key string

	mu   sync.Mutex
	read time.Time // of the file's last change
	now  *tls.Certificate
}

func (c *certificate) current(*tls.ClientHelloInfo) (*tls.Certificate, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	info, err := os.Stat(c.cert)
	if err == nil && c.now != nil && info.ModTime().Equal(c.read) {
		return c.now, nil
	}
	if err == nil {
		var pair tls.Certificate
		if pair, err = tls.LoadX509KeyPair(c.cert, c.key); err == nil {
			c.now, c.read = &pair, info.ModTime()
			return c.now, nil
		}
	}
	if c.now != nil { // between two files that belong together the old ones go on
		return c.now, nil
	}
	return nil, &failure{exitFile, fmt.Errorf("reading the certificate: %w", err)}
}
