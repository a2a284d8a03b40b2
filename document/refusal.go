package document

import "luoshi/fault"

// Refusals of files. Each says what to do; refuse finds the one of a format.
var (
	ErrEmpty         = fault.New(fault.Invalid, "文件里没有文字，请换一个文件，或者把方案正文粘贴进来")
	ErrTooLarge      = fault.New(fault.TooLarge, "文件超过 %d MB，请只上传方案正文，附件分开上传", MaxBytes>>20)
	ErrUTF16         = fault.New(fault.Invalid, "文件是 UTF-16 编码，请在记事本里另存为 UTF-8，再上传")
	ErrBinary        = fault.New(fault.Invalid, "文件不是纯文本，请打开它，把正文复制后粘贴进来")
	ErrBroken        = fault.New(fault.Invalid, "文件的文字编码不完整，认不出来，请另存为 UTF-8 文本，再上传")
	ErrDamaged       = fault.New(fault.Invalid, "文件损坏了，或者不是正常的 Word、Excel 文件，请用 Word 或 WPS 打开，另存一份再上传")
	ErrUnpacked      = fault.New(fault.TooLarge, "文件解开以后太大，请删去空行、图片和别的工作表，另存一份再上传")
	ErrTableTooLarge = fault.New(fault.TooLarge, "表格太大，请只留下方案的任务表，另存一份再上传")
	ErrEncrypted     = fault.New(fault.Invalid, "文件设了密码，或者被加密软件加了密，请先取消密码、解密，另存一份再上传")
	ErrPictures      = fault.New(fault.Invalid, "这是图片或扫描件，里面没有文字，请换 Word 文件，或者识别出文字后粘贴进来")
	ErrOFD           = fault.New(fault.Invalid, "这是 OFD 版式文件，请用阅读器打开，另存为 Word 或文本再上传，或者把正文复制后粘贴进来")
	ErrArchive       = fault.New(fault.Invalid, "这是压缩包，请先解压，只上传里面的方案")
	ErrSlides        = fault.New(fault.Invalid, "这是演示文稿，请上传 Word 或文本的方案，或者把正文复制后粘贴进来")
)

// ErrFormat is the refusal of a file that another program turns into one we read.
func ErrFormat(name, to string) *fault.Fault {
	return fault.New(fault.Invalid, "这是 %s 文件，请用 Word 或 WPS 打开，另存为 %s 再上传，或者把正文复制后粘贴进来", name, to)
}

// ErrOffice is the refusal of an Office file where only a text can be taken.
func ErrOffice(name string) *fault.Fault {
	return fault.New(fault.Invalid, "这是 %s 文件，请打开它，把正文复制后粘贴进来", name)
}

// refuse gives the refusal of a file that is no text, by its Format.
func refuse(format string) error {
	switch format {
	case "docx", "xlsx", "pdf":
		return ErrOffice(formatNames[format])
	case "doc", "odt", "rtf", "html":
		return ErrFormat(formatNames[format], "DOCX")
	case "xls", "xlsb", "ods":
		return ErrFormat(formatNames[format], "XLSX")
	case "ppt", "pptx":
		return ErrSlides
	case "ofd":
		return ErrOFD
	case "encrypted":
		return ErrEncrypted
	case "image":
		return ErrPictures
	case "zip":
		return ErrArchive
	case "damaged":
		return ErrDamaged
	}
	return ErrBinary
}

// formatNames are the names that people know formats by.
var formatNames = map[string]string{
	"docx": "DOCX", "xlsx": "XLSX", "pdf": "PDF", "doc": "DOC/WPS", "odt": "ODT", "rtf": "RTF",
	"html": "HTML", "xls": "XLS/ET", "xlsb": "XLSB", "ods": "ODS",
}
