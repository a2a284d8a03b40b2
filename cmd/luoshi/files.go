package main

import (
	"errors"
	"io/fs"
	"syscall"

	"luoshi/internal/text"
)

// aboutFiles puts words to an error of the file system, with the place it befell;
// nothing where it is none.
func (t terminal) aboutFiles(err error) string {
	var at *fs.PathError
	if !errors.As(err, &at) {
		return ""
	}
	switch {
	case errors.Is(at, fs.ErrPermission):
		return text.Say(t.lang, "这个账号不能读写 %s。请检查它和上级文件夹的主人和权限，再来一次。", at.Path)
	case errors.Is(at, syscall.EROFS):
		return text.Say(t.lang, "%s 在只读的磁盘上，不能写。请让磁盘可以写，再来一次。", at.Path)
	case errors.Is(at, syscall.ENOSPC), errors.Is(at, syscall.EDQUOT):
		return text.Say(t.lang, "磁盘满了，%s 写不下。请腾出地方，再来一次。", at.Path)
	}
	return ""
}
