package require

import (
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"sync"
	"sync/atomic"
	"testing"
)

// Postgres is the address of an empty PostgreSQL database, which is gone after
// the test. Its server is started once per test process, in a folder of its own
// behind a socket there, and ends with the process, however that ends. Without
// PostgreSQL the test is skipped as NOT RUN, or fails when QALA_REQUIRE names
// "postgres".
func Postgres(t testing.TB) string {
	t.Helper()
	programs := postgresPrograms()
	if programs == "" {
		notRun(t, "postgres")
	}
	server, err := startPostgres(programs)
	if err != nil {
		t.Fatalf("starting PostgreSQL: %v", err)
	}
	name := fmt.Sprint("test", databases.Add(1))
	run := func(program string, arguments ...string) error {
		command := exec.Command(filepath.Join(programs, program), append(arguments, "--host", server, "--username", "qala", name)...)
		if out, err := command.CombinedOutput(); err != nil {
			return fmt.Errorf("%s: %w: %s", program, err, out)
		}
		return nil
	}
	if err := run("createdb"); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := run("dropdb", "--force"); err != nil {
			t.Error(err)
		}
	})
	return "postgres://qala@/" + name + "?host=" + server
}

var (
	databases     atomic.Int64
	startPostgres = onceFor(launchPostgres)
)

// held is what a server waits for the end of: it goes with the process, not before.
var held struct{ input io.Closer }

// onceFor remembers what came of the first call.
func onceFor(do func(string) (string, error)) func(string) (string, error) {
	var once sync.Once
	var result string
	var err error
	return func(of string) (string, error) {
		once.Do(func() { result, err = do(of) })
		return result, err
	}
}

// postgresPrograms is the folder of PostgreSQL's programs: that of PATH, else the newest of Debian's.
func postgresPrograms() string {
	if path, err := exec.LookPath("initdb"); err == nil {
		if path, err = filepath.EvalSymlinks(path); err == nil {
			return filepath.Dir(path)
		}
	}
	found, _ := filepath.Glob("/usr/lib/postgresql/*/bin/initdb")
	newest, folder := -1, ""
	for _, path := range found {
		version, err := strconv.Atoi(filepath.Base(filepath.Dir(filepath.Dir(path))))
		if err == nil && version > newest {
			newest, folder = version, filepath.Dir(path)
		}
	}
	return folder
}

// watched runs a server until its input ends, which it does with the process that
// holds the other end of it; then nothing is left. Its databases sort texts as
// people do, where it can (from 15 on), so that who relies on bytes must say so.
const watched = `
programs=$1
initialize() { "$programs/initdb" --pgdata=data --auth=trust --username=qala --encoding=UTF8 --no-sync "$@" 3>&-; }
initialize --locale=C --locale-provider=icu --icu-locale=und || { rm -rf data; initialize --locale=C; } || exit 1
"$programs/postgres" -D data -k "$PWD" -c listen_addresses= -c fsync=off -c max_connections=200 3>&- &
server=$!
until [ -S .s.PGSQL.5432 ] && "$programs/pg_isready" -q -h "$PWD"; do
	kill -0 $server || exit 1
	sleep 0.1
done
echo ready >&3
exec 3>&-
read -r _
kill -INT $server
wait $server
rm -rf "$PWD"
`

// launchPostgres starts a server and gives the folder of its socket.
func launchPostgres(programs string) (folder string, err error) {
	if folder, err = os.MkdirTemp("", "qala-pg-"); err != nil {
		return "", err
	}
	command := exec.Command("sh", "-c", watched, "sh", programs)
	command.Dir = folder
	if err := unprivileged(command, folder); err != nil {
		return "", err
	}
	if held.input, err = command.StdinPipe(); err != nil {
		return "", err
	}
	log, err := os.Create(filepath.Join(folder, "log"))
	if err != nil {
		return "", err
	}
	ready, says, err := os.Pipe()
	if err != nil {
		return "", err
	}
	command.Stdout, command.Stderr, command.ExtraFiles = log, log, []*os.File{says}
	err = errors.Join(command.Start(), says.Close(), log.Close())
	if err != nil {
		return "", err
	}
	if word, err := io.ReadAll(ready); err != nil || string(word) != "ready\n" {
		text, _ := os.ReadFile(filepath.Join(folder, "log"))
		return "", fmt.Errorf("the server did not begin: %w\n%s", err, text)
	}
	return folder, ready.Close()
}
