package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"github.com/spf13/cobra"

	"github.com/qala-city/qala/internal/store/backup"
	"github.com/qala-city/qala/internal/store/wholefile"
)

const backupHelp = `Write all that a server keeps below its data folder into one archive, while it goes on:
documents, files, results, accounts and the secret of the house. What was acknowledged
before the command began is in it; the archive is there whole, or not at all.

The queue is not in it: jobs stand among the documents, and go on after a restore. Whoever
has the archive has all secrets: keep it as you keep the server. A server on PostgreSQL is
backed up with PostgreSQL's own means, see docs/OPERATIONS.md.`

func (h *house) backupCommand() *cobra.Command {
	var out string
	cmd := &cobra.Command{
		Use:     "backup -o ARCHIVE.tar",
		Short:   "Write all that a server keeps into one archive, while it goes on",
		Long:    backupHelp,
		Example: "  qala backup --data /srv/qala -o /backup/qala-2026-11-26.tar",
		Args:    cobra.NoArgs,
		RunE:    func(cmd *cobra.Command, _ []string) error { return h.backup(cmd.Context(), out) },
	}
	cmd.Flags().StringVarP(&out, "output", "o", "", "the archive to write")
	cmd.Flags().StringVar(&h.data, "data", "", "the server's folder (default: QALA_HOME, else the user's own folder for data)")
	return cmd
}

func (h *house) backup(ctx context.Context, out string) error {
	if out == "" {
		return usage(errors.New("where to? add -o ARCHIVE.tar"))
	}
	folder, err := h.homeFolder()
	if err != nil {
		return err
	}
	at := h.now().UTC()
	var tally backup.Tally
	err = wholefile.Write(out, func(w io.Writer) (err error) {
		tally, err = backup.Write(ctx, filepath.Join(folder, "server"), w, backup.Manifest{Program: program, At: at})
		return err
	})
	if err != nil {
		return &failure{exitFile, fmt.Errorf("backing up %s: %w", folder, err)}
	}
	if err := os.Chmod(out, 0o600); err != nil {
		return unwritten(err)
	}
	h.answer.Summary = map[string]any{"at": at, "files": tally.Files, "bytes": tally.Bytes}
	h.say("%s", h.words.Say("cli.backup.written", map[string]any{"at": at.Format(time.RFC3339), "files": h.words.Number(tally.Files), "bytes": megabytes(tally.Bytes)}))
	h.wrote("backup", out)
	return nil
}

// megabytes is a size as people say it.
func megabytes(bytes int64) string {
	if bytes < 1e6 {
		return fmt.Sprintf("%d kB", (bytes+999)/1000)
	}
	return fmt.Sprintf("%.1f MB", float64(bytes)/1e6)
}

const restoreHelp = `Bring a backup back into a data folder that has no server in it yet. Every file is compared
with its sum, the database is looked through, and only then the folder gets its name.

To roll an upgrade back: stop the server, put DATA/server aside, restore the backup from before the upgrade,
and start the program from before.`

func (h *house) restoreCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:     "restore ARCHIVE.tar",
		Short:   "Bring a backup back",
		Long:    restoreHelp,
		Example: "  qala restore --data /srv/qala /backup/qala-2026-11-26.tar",
		Args:    cobra.ExactArgs(1),
		RunE:    func(cmd *cobra.Command, args []string) error { return h.restore(cmd.Context(), args[0]) },
	}
	cmd.Flags().StringVar(&h.data, "data", "", "the folder to restore into (default: QALA_HOME, else the user's own folder for data)")
	return cmd
}

func (h *house) restore(ctx context.Context, from string) error {
	folder, err := h.homeFolder()
	if err != nil {
		return err
	}
	archive, err := os.Open(from)
	if err != nil {
		return &failure{exitFile, err}
	}
	defer func() { _ = archive.Close() }() // it was only read
	folder = filepath.Join(folder, "server")
	m, tally, err := backup.Restore(ctx, archive, folder)
	switch {
	case errors.Is(err, backup.ErrForm), errors.Is(err, backup.ErrFormat), errors.Is(err, backup.ErrDamaged):
		return &failure{exitRejected, fmt.Errorf("%s: %w", from, err)}
	case err != nil:
		return &failure{exitFile, fmt.Errorf("restoring %s: %w", folder, err)}
	}
	h.answer.Summary = map[string]any{"at": m.At, "program": m.Program, "files": tally.Files, "bytes": tally.Bytes, "folder": folder}
	h.say("%s", h.words.Say("cli.backup.restored", map[string]any{
		"at": m.At.Format(time.RFC3339), "program": m.Program, "files": h.words.Number(tally.Files), "bytes": megabytes(tally.Bytes), "folder": folder,
	}))
	return nil
}
