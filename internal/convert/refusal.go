package convert

import (
	"time"

	"luoshi/fault"
)

// Refusals of files that another program was to read. Each says what to do.
var (
	ErrBusy       = fault.New(fault.Busy, "正在转换别的文件，请过一会儿再传")
	ErrHeavy      = fault.New(fault.TooLarge, "转换这个文件要用太多内存，或者结果太大，已经停下。请用 Word 或 WPS 打开，删去图片和不要的部分，另存为 DOCX 或 XLSX 再上传，或者把正文复制后粘贴进来")
	ErrUnreadable = fault.New(fault.Invalid, "LibreOffice 打不开这个文件：它可能损坏了，或者设了密码。请用 Word 或 WPS 打开，另存为 DOCX 或 XLSX 再上传，或者把正文复制后粘贴进来")
	ErrNoReader   = fault.New(fault.Invalid, "这台机器没有装 pdftotext（poppler-utils），不能直接读 PDF。请装上它；或者用 Word 或 WPS 打开 PDF，另存为 DOCX 再上传；也可以把正文复制后粘贴进来")
	ErrBadPDF     = fault.New(fault.Invalid, "这个 PDF 打不开，可能损坏了。请重新导出一份，或者用阅读器打开，把正文复制后粘贴进来")
	ErrScan       = fault.New(fault.Invalid, "这个 PDF 是扫描件，里面没有文字。请先做文字识别（OCR），再上传；或者换 Word 文件，也可以把正文粘贴进来")
	ErrFonts      = fault.New(fault.Invalid, "这个 PDF 里的字取出来是乱码，它的字体没有带编码。请先做文字识别（OCR），再上传；或者换 Word 文件，也可以把正文粘贴进来")
)

// errNoOffice is the refusal of a format where LibreOffice is not installed.
func errNoOffice(name, to string) *fault.Fault {
	return fault.New(fault.Invalid, "这台机器没有装 LibreOffice，不能直接读 %s 文件。请装上它；或者用 Word 或 WPS 打开，另存为 %s 再上传；也可以把正文复制后粘贴进来", name, to)
}

// errSlow is the refusal of a file that took too long.
func errSlow(within time.Duration) *fault.Fault {
	return fault.New(fault.TooLarge, "转换这个文件用了 %d 秒还没有完，已经停下。请用 Word 或 WPS 打开，删去图片和不要的部分，另存为 DOCX 或 XLSX 再上传，或者把正文复制后粘贴进来", int(within.Seconds()))
}
