// Package networkfile keeps a Network in a file. Package network says what its
// bytes mean, wholefile how they get to disk.
package networkfile

import (
	"errors"
	"fmt"
	"io/fs"
	"os"

	"github.com/qala-city/qala/internal/network"
	"github.com/qala-city/qala/internal/store/wholefile"
)

// Save writes a network whole or not at all and returns its content hash.
func Save(path string, n *network.Network) (hash string, err error) {
	data := network.Encode(n)
	if err := wholefile.WriteBytes(path, data); err != nil {
		return "", err
	}
	return network.EncodedHash(data), nil
}

// Open reads a network and its content hash. The error names the path and what
// to do; it wraps those of network.Decode.
func Open(path string) (n *network.Network, hash string, err error) {
	data, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, "", fmt.Errorf("there is no network file %s; make one with: qala import city.yaml -o %s: %w", path, path, err)
	}
	if err != nil {
		return nil, "", fmt.Errorf("reading network file: %w", err)
	}
	n, err = network.Decode(data)
	if errors.Is(err, network.ErrNotNetwork) {
		return nil, "", fmt.Errorf("%s: %w; make one with: qala import city.yaml -o FILE", path, err)
	}
	if err != nil {
		return nil, "", fmt.Errorf("%s: %w", path, err)
	}
	return n, network.EncodedHash(data), nil
}
