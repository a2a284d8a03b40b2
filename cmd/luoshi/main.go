// Command luoshi runs a public body's plan until the public says that it is done.
package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"luoshi/fault"
	"luoshi/internal/text"

	"github.com/alecthomas/kong"
)

// Exit codes of every command.
const (
	exitGood        = 0
	exitWanting     = 1 // something was found wanting, or went wrong
	exitUsage       = 2
	exitNotAnchored = 3 // good, but nothing from outside vouches for it
)

// commands is the command line, one field a sub-command.
type commands struct {
	Init    initCommand    `cmd:"" help:"${init}"`
	Serve   serveCommand   `cmd:"" help:"${serve}"`
	Sample  sampleCommand  `cmd:"" help:"${sample}"`
	Export  exportCommand  `cmd:"" help:"${export}"`
	Verify  verifyCommand  `cmd:"" help:"${verify}"`
	Backup  backupCommand  `cmd:"" help:"${backup}"`
	Restore restoreCommand `cmd:"" help:"${restore}"`
	Migrate migrateCommand `cmd:"" help:"${migrate}"`
	Copy    copyCommand    `cmd:"" help:"${copy}"`
	Keys    struct {
		Backup  keysBackupCommand  `cmd:"" help:"${keys_backup}"`
		Restore keysRestoreCommand `cmd:"" help:"${keys_restore}"`
	} `cmd:"" help:"${keys}"`
	Plan struct {
		Parse parseCommand `cmd:"" help:"${parse}"`
		Lint  lintCommand  `cmd:"" help:"${lint}"`
		Diff  diffCommand  `cmd:"" help:"${diff}"`
	} `cmd:"" help:"${plan}"`
	Import struct {
		Units importUnitsCommand `cmd:"" help:"${import_units}"`
		Facts importFactsCommand `cmd:"" help:"${import_facts}"`
	} `cmd:"" help:"${import}"`
	Draw  drawCommand `cmd:"" help:"${draw}"`
	Bench struct {
		Server benchCommand     `cmd:"" default:"withargs" help:"${bench}"`
		Load   benchLoadCommand `cmd:"" help:"${bench_load}"`
	} `cmd:"" help:"${bench}"`
}

// terminal is what a command talks to.
type terminal struct {
	out, err io.Writer
	lang     text.Lang
}

func (t terminal) say(key string, args ...any) { fmt.Fprintln(t.out, text.Say(t.lang, key, args...)) }

// sayAside says what is no result.
func (t terminal) sayAside(key string, args ...any) {
	fmt.Fprintln(t.err, text.Say(t.lang, key, args...))
}

// misused says how a command is used rightly, and ends it.
func (t terminal) misused(key string, args ...any) error {
	t.sayAside(key, args...)
	return exitError(exitUsage)
}

// exitError ends a command with a code; its words were already said.
type exitError int

func (e exitError) Error() string { return fmt.Sprintf("exit %d", int(e)) }

func main() {
	keepToOneself()
	os.Exit(run(os.Args[1:], os.Stdout, os.Stderr))
}

func run(args []string, out, errOut io.Writer) int {
	t := terminal{out, errOut, language()}
	var c commands
	exited := -1
	parser, err := kong.New(&c, kong.Name("luoshi"), kong.UsageOnError(), kong.Writers(out, errOut),
		kong.Description(text.Say(t.lang, "把一份方案办到群众说办成了为止。")), help(t.lang),
		kong.Exit(func(code int) { exited = code }))
	if err != nil {
		fmt.Fprintln(errOut, err)
		return exitUsage
	}
	ctx, err := parser.Parse(args)
	if exited >= 0 {
		return exited
	}
	if err != nil {
		parser.Errorf("%s", err)
		return exitUsage
	}
	return t.ended(ctx.Run(t))
}

// ended says what went wrong and gives the exit code.
func (t terminal) ended(err error) int {
	var code exitError
	switch {
	case err == nil:
		return exitGood
	case errors.As(err, &code):
		return int(code)
	}
	fmt.Fprintln(t.err, t.words(err))
	return exitWanting
}

// words say what went wrong.
func (t terminal) words(err error) string {
	if f := fault.Of(err); f != nil {
		return text.Say(t.lang, f.Key, f.Args...)
	}
	if said := t.aboutFiles(err); said != "" {
		return said
	}
	return err.Error()
}

// language is that of LANG; Chinese where it does not say.
func language() text.Lang {
	for _, name := range []string{"LC_ALL", "LC_MESSAGES", "LANG"} {
		if v := os.Getenv(name); v != "" {
			if strings.HasPrefix(v, "en") || v == "C" || v == "POSIX" || strings.HasPrefix(v, "C.") {
				return text.English
			}
			return text.Chinese
		}
	}
	return text.Chinese
}
