// Package wholefile writes a file whole or not at all: whoever opens the path
// finds the old content or the new one, never a part. Package networkfile says
// what is in it.
package wholefile

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"syscall"
)

// Write puts what fill writes at path, on disk when it returns nil. When fill
// fails or panics, or the disk does, the path is untouched and nothing is left
// beside it.
func Write(path string, fill func(io.Writer) error) error {
	return onDisk.write(path, fill)
}

// WriteBytes is Write for content that is at hand.
func WriteBytes(path string, content []byte) error {
	return Write(path, func(w io.Writer) error {
		_, err := w.Write(content)
		return err
	})
}

// disk is what the operating system does; tests put failures in its place.
type disk struct {
	sync    func(*os.File) error
	rename  func(from, to string) error
	syncDir func(dir string) error
}

var onDisk = disk{sync: (*os.File).Sync, rename: os.Rename, syncDir: SyncFolder}

func (d disk) write(path string, fill func(io.Writer) error) (err error) {
	target, mode, err := replaced(path)
	if err != nil {
		return fmt.Errorf("writing %s: %w", path, err)
	}
	temp, err := os.CreateTemp(filepath.Dir(target), filepath.Base(target)+".tmp*")
	if err != nil {
		return fmt.Errorf("writing %s: %w", path, err)
	}
	renamed := false
	defer func() { // on a panic too
		_ = temp.Close()
		if !renamed {
			_ = os.Remove(temp.Name())
		}
	}()
	if err := d.fill(temp, mode, fill); err != nil {
		return fmt.Errorf("writing %s: %w", path, err)
	}
	if err := d.rename(temp.Name(), target); err != nil {
		return fmt.Errorf("writing %s: %w", path, err)
	}
	renamed = true
	if err := d.syncDir(filepath.Dir(target)); err != nil {
		return fmt.Errorf("writing %s: %w", path, err)
	}
	return nil
}

// fill writes the temporary file and sees it safely on disk.
func (d disk) fill(temp *os.File, mode fs.FileMode, fill func(io.Writer) error) error {
	buffered := bufio.NewWriterSize(temp, 1<<16)
	if err := fill(buffered); err != nil {
		return err
	}
	return errors.Join(buffered.Flush(), temp.Chmod(mode), d.sync(temp), temp.Close())
}

// replaced is the file that a path names, through links, and the permissions
// that it has or is to get.
func replaced(path string) (target string, mode fs.FileMode, err error) {
	target, err = filepath.EvalSymlinks(path)
	if errors.Is(err, fs.ErrNotExist) {
		return path, 0o644, nil
	}
	if err != nil {
		return "", 0, err
	}
	info, err := os.Stat(target)
	if err != nil {
		return "", 0, err
	}
	if !info.Mode().IsRegular() {
		return "", 0, errors.New("not a regular file")
	}
	return target, info.Mode().Perm(), nil
}

// SyncFolder sees the names in a folder on disk. Some systems cannot sync a
// folder; there a name lasts when the system chooses.
func SyncFolder(folder string) error {
	opened, err := os.Open(folder)
	if err != nil {
		return err
	}
	err = opened.Sync()
	if runtime.GOOS == "windows" || errors.Is(err, syscall.EINVAL) || errors.Is(err, errors.ErrUnsupported) {
		err = nil
	}
	return errors.Join(err, opened.Close())
}

// Move gives a whole file its place, on the same disk, and replaces what stood
// there. The content is on disk before the name is.
func Move(from, to string) error {
	if err := onDisk.move(from, to); err != nil {
		return fmt.Errorf("writing %s: %w", to, err)
	}
	return nil
}

func (d disk) move(from, to string) error {
	file, err := os.OpenFile(from, os.O_RDWR, 0) // some systems sync only what may be written
	if err != nil {
		return err
	}
	if err := errors.Join(d.sync(file), file.Close()); err != nil {
		return err
	}
	return errors.Join(d.rename(from, to), d.syncDir(filepath.Dir(to)))
}
