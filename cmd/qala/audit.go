package main

import (
	"context"
	"crypto/ed25519"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"github.com/qala-city/qala/internal/audit"
	"github.com/qala-city/qala/internal/ledger"
	"github.com/qala-city/qala/internal/store/postgres"
	"github.com/qala-city/qala/internal/store/sqlite"
	"github.com/qala-city/qala/internal/store/wholefile"
)

func (h *house) auditCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "audit",
		Short: "Export the log of who did what, and verify that nobody has changed it",
		Args:  cobra.NoArgs,
	}
	cmd.AddCommand(h.auditExportCommand(), h.auditVerifyCommand())
	return cmd
}

// exportOrder is what the command line of qala audit export says.
type exportOrder struct {
	out, checkpoint, key, database string
	private                        bool
}

const auditExportHelp = `Write the log of a server, one JSON document a line, to be verified anywhere with
qala audit verify. The server may go on meanwhile; that somebody exported is the last entry.

The log holds references to people and no names. What is personal, addresses for one, is
written with --private only, and only as far as it has not been erased or run out.

The end of the log is signed with a key that is made the first time (server/audit.key).
Keep what --checkpoint writes somewhere else: it shows that a log was not cut off, or
written anew, before that moment.`

func (h *house) auditExportCommand() *cobra.Command {
	var order exportOrder
	cmd := &cobra.Command{
		Use:     "export -o LOG.jsonl",
		Short:   "Write the log of a server to a file",
		Long:    auditExportHelp,
		Example: "  qala audit export -o log.jsonl --checkpoint /media/stick/2026-11-26.json",
		Args:    cobra.NoArgs,
		RunE:    func(cmd *cobra.Command, _ []string) error { return h.exportAudit(cmd.Context(), order) },
	}
	cmd.Flags().StringVarP(&order.out, "output", "o", "", "the file to write")
	cmd.Flags().StringVar(&order.checkpoint, "checkpoint", "", "also write the end of the log alone to this file")
	cmd.Flags().StringVar(&order.key, "key", "", "the file with the key that signs (default: server/audit.key in the data folder)")
	cmd.Flags().StringVar(&order.database, "database", "", "the server's PostgreSQL, where it has one: postgres://user@host/name")
	cmd.Flags().BoolVar(&order.private, "private", false, "also write what is personal")
	cmd.Flags().StringVar(&h.data, "data", "", "the server's folder (default: QALA_HOME, else the user's own folder for data)")
	return cmd
}

func (h *house) exportAudit(ctx context.Context, order exportOrder) error {
	if order.out == "" {
		return usage(errors.New("where to? add -o LOG.jsonl"))
	}
	folder, err := h.homeFolder()
	if err != nil {
		return err
	}
	folder = filepath.Join(folder, "server")
	store, closeStore, err := openLog(ctx, folder, order.database)
	if err != nil {
		return err
	}
	defer closeStore()
	if order.key == "" {
		order.key = filepath.Join(folder, "audit.key")
	}
	key, err := signingKey(order.key)
	if err != nil {
		return err
	}
	desk := &audit.Desk{Store: store, Now: h.now, Random: rand.Reader, Signer: key}
	var end ledger.Checkpoint
	var failed error // of the store, not of the file
	err = wholefile.Write(order.out, func(w io.Writer) error {
		end, failed = desk.Export(ctx, ledger.Origin{Who: "console"}, w, order.private)
		return failed
	})
	if err != nil {
		return errors.Join(failed, unwritten(err))
	}
	h.wrote("log", order.out)
	return h.tellEnd(end, order.checkpoint)
}

func (h *house) tellEnd(end ledger.Checkpoint, checkpoint string) error {
	if checkpoint != "" {
		line, err := end.Line()
		if err != nil {
			return err
		}
		if err := wholefile.WriteBytes(checkpoint, append(line, '\n')); err != nil {
			return unwritten(err)
		}
		h.wrote("checkpoint", checkpoint)
	}
	h.answer.Summary = map[string]any{"entries": end.Number, "head": end.Hash, "key": end.Key}
	h.say("%s", h.words.Say("cli.audit.exported", map[string]any{"entries": h.words.Number(int(end.Number)), "key": end.Key}))
	return nil
}

// openLog opens the store of a server. It makes none.
func openLog(ctx context.Context, folder, database string) (audit.Store, func(), error) {
	if database != "" {
		store, err := postgres.Open(ctx, database)
		if err != nil {
			return nil, nil, unwritten(err)
		}
		return store, func() { _ = store.Close() }, nil
	}
	path := filepath.Join(folder, "qala.db")
	if _, err := os.Stat(path); err != nil {
		return nil, nil, unwritten(err)
	}
	store, err := sqlite.Open(ctx, path)
	if err != nil {
		return nil, nil, unwritten(err)
	}
	return store, func() { _ = store.Close() }, nil
}

var errSigningKey = errors.New("a file with a signing key has 64 hexadecimal digits")

// signingKey is the key in a file; it is made where there is none, for nobody else to read.
func signingKey(path string) (ed25519.PrivateKey, error) {
	text, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return newSigningKey(path)
	}
	if err != nil {
		return nil, unwritten(err)
	}
	seed, err := hex.DecodeString(strings.TrimSpace(string(text)))
	if err != nil || len(seed) != ed25519.SeedSize {
		return nil, rejected(fmt.Errorf("%s: %w", path, errSigningKey)) // what stands there is not told
	}
	return ed25519.NewKeyFromSeed(seed), nil
}

func newSigningKey(path string) (ed25519.PrivateKey, error) {
	seed := make([]byte, ed25519.SeedSize)
	if _, err := rand.Read(seed); err != nil {
		return nil, err
	}
	if err := keepSecret(path, seed); err != nil {
		return nil, err
	}
	return ed25519.NewKeyFromSeed(seed), nil
}
