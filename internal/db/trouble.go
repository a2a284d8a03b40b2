package db

import (
	"errors"
	"io/fs"
	"os"
	"syscall"

	"luoshi/fault"
)

// What can befall a file or a database, as it is told to somebody who hands something in.
var (
	ErrDiskFull = fault.New(fault.Busy, "服务器的磁盘满了，没有收下。请管理员腾出地方，再交一次。")
	ErrReadOnly = fault.New(fault.Busy, "服务器的数据文件夹不能写，没有收下。请管理员检查磁盘和文件夹的权限，再交一次。")
	ErrDisk     = fault.New(fault.Busy, "服务器的磁盘出了错，没有收下。请管理员检查磁盘，再交一次。")
	ErrAway     = fault.New(fault.Busy, "数据库现在连不上，没有收下。请过一会儿再交一次；一直这样，请找管理员。")
)

// Of a COMMIT that broke it may not be known what became of it.
var (
	ErrUnknown     = fault.New(fault.Busy, "数据库刚才断了，不知道这一次存上了没有。请过一会儿把同一张表再交一次：已经存上的不会重复。")
	ErrDiskUnknown = fault.New(fault.Busy, "服务器的磁盘出了错，不知道这一次存上了没有。请管理员检查磁盘，再把同一张表交一次：已经存上的不会重复。")
)

// words says the same trouble on another occasion, where nothing was handed in.
type words map[*fault.Fault]*fault.Fault

var whenReading = words{
	ErrDiskFull: fault.New(fault.Busy, "服务器的磁盘满了，现在读不出来。请管理员腾出地方，过一会儿再试。"),
	ErrReadOnly: fault.New(fault.Busy, "服务器的数据文件夹出了问题，现在读不出来。请管理员检查磁盘和文件夹的权限，过一会儿再试。"),
	ErrDisk:     fault.New(fault.Busy, "服务器的磁盘出了错，现在读不出来。请管理员检查磁盘，过一会儿再试。"),
	ErrAway:     fault.New(fault.Busy, "数据库现在连不上。请过一会儿再试；一直这样，请找管理员。"),
}

var whenOpening = words{
	ErrDiskFull: fault.New(fault.Busy, "磁盘满了，数据打不开。请腾出地方，再来一次。"),
	ErrReadOnly: fault.New(fault.Busy, "数据文件不能写，打不开。请检查数据文件夹和里面文件的主人和权限，再来一次。"),
	ErrDisk:     fault.New(fault.Busy, "数据文件打不开，或者磁盘出了错。请检查磁盘和文件的权限，再来一次。"),
	ErrAway:     fault.New(fault.Busy, "数据库连不上。请检查它开着没有、地址对不对，再来一次。"),
}

// OfDisk puts words to an error of the file system that befell somebody who hands
// something in. An error that is none, or that has words, is left as it is.
func OfDisk(err error) error {
	if f := diskTrouble(err); f != nil && fault.Of(err) == nil {
		return errors.Join(f, err)
	}
	return err
}

func diskTrouble(err error) *fault.Fault {
	switch {
	case errors.Is(err, syscall.ENOSPC), errors.Is(err, syscall.EDQUOT):
		return ErrDiskFull
	case errors.Is(err, syscall.EROFS), errors.Is(err, fs.ErrPermission):
		return ErrReadOnly
	case errors.Is(err, syscall.EIO):
		return ErrDisk
	}
	return nil
}

// tried finds out what is wrong with a folder by writing into it: of many an
// error SQLite says only that there was one.
func tried(folder string) error {
	f, err := os.CreateTemp(folder, ".luoshi-try-")
	if err != nil {
		return err
	}
	_, err = f.Write(make([]byte, 4096))
	return errors.Join(err, f.Close(), os.Remove(f.Name()))
}
