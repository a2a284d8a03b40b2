package main

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"luoshi/internal/disk"
	"luoshi/internal/paper"
	"luoshi/internal/text"
	"luoshi/plan"
)

// planFile is a file that is made of a plan.
type planFile struct {
	path string
	make func() ([]byte, error)
}

// files are those asked for; changed is when the plan was last changed, which is
// the time that its calendar bears, so that one plan always gives the same files.
func (c parseCommand) files(lang text.Lang, table plan.TaskTable, changed time.Time) []planFile {
	var out []planFile
	for _, f := range []planFile{
		{c.XLSX, func() ([]byte, error) { return paper.TaskTableXLSX(lang, table) }},
		{c.Docx, func() ([]byte, error) { return paper.TaskTableDocx(lang, table) }},
		{c.ICS, func() ([]byte, error) { return paper.TaskCalendar(lang, table, changed), nil }},
	} {
		if f.path != "" {
			out = append(out, f)
		}
	}
	return out
}

// checkOutputs refuses what would write over the plan itself or one file twice. A
// file that is there already is one made before, and is written anew.
func (c parseCommand) checkOutputs(t terminal, input fs.FileInfo) error {
	seen := map[string]bool{}
	for _, path := range []string{c.XLSX, c.Docx, c.ICS} {
		if path == "" {
			continue
		}
		full, err := filepath.Abs(path)
		if err != nil {
			return err
		}
		there, err := os.Stat(path)
		switch {
		case seen[full]:
			return t.misused("%s 要写两样东西，请各写一个文件名。", path)
		case err == nil && os.SameFile(there, input):
			return t.misused("%s 是方案本身，不能写在上面。请换一个文件名。", path)
		case err == nil && !there.IsDir() && !there.Mode().IsRegular():
			return t.misused("%s 不是普通的文件，不能写在上面。请换一个文件名。", path)
		case err == nil && there.IsDir():
			return t.misused("%s 是文件夹，请写到文件名。", path)
		}
		if _, err := os.Stat(filepath.Dir(path)); errors.Is(err, fs.ErrNotExist) {
			return t.misused("没有文件夹 %s。请先建好，或者换一个。", filepath.Dir(path))
		}
		seen[full] = true
	}
	return nil
}

// writeFiles writes the files of a plan and says so on the error output, which
// leaves the other for JSON.
func writeFiles(t terminal, files []planFile, table plan.TaskTable) error {
	for _, f := range files {
		content, err := f.make()
		if err != nil {
			return err
		}
		path := f.path
		if to, err := filepath.EvalSymlinks(path); err == nil {
			path = to // what a link points to is written, not the link
		}
		if err := disk.Write(path, content, 0o644); err != nil {
			return err
		}
		t.sayAside("写好了 %s，任务 %d 条。", f.path, len(table.Tasks))
	}
	return nil
}
